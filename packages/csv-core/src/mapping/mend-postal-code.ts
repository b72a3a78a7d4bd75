import { findCutPostalCode } from '../values/us-postal-code.js';
import type { Mapping } from './compile-mapping.js';
import type { MendOptions } from './mend-row.js';
import type { RowFields } from './row-fields.js';
import { addIssue, type RowIssues } from './row-issues.js';

/** Gives the postal code of a row its leading zeros back, where its country or state proves them. */
export type PostalCodeMender = (fields: RowFields, issues: RowIssues) => void;

const MENDED =
  'A spreadsheet took this postal code for a number, so that its leading zeros were lost. They are put back.';
const DOUBTFUL =
  'The postal code is too short for its country: a spreadsheet probably cut its leading zeros. It is kept as it is; correct the cell.';

/** Creates the mender for the rows of one header row. */
export function createPostalCodeMender(
  mapping: Mapping,
  { repair, log }: Omit<MendOptions, 'damage'>,
): PostalCodeMender {
  const header = mapping.headerOf.get('shippingPostalCode');
  if (header === undefined) return () => {};
  return (fields, issues) => {
    const { shippingPostalCode: code, shippingCountry, shippingState: state } = fields;
    if (code === null || (shippingCountry !== null && shippingCountry.code === null)) return;
    const found = findCutPostalCode(code, { country: shippingCountry?.code ?? null, state });
    if (found === null) return;
    if (found === 'doubtful' || !repair) {
      addIssue(issues, 'warning', 'damaged_value', DOUBTFUL, header, code);
      return;
    }
    fields.shippingPostalCode = found.mended;
    if (log.add('cut_postal_code', header, { line: issues.line, before: code, after: found.mended }))
      addIssue(issues, 'warning', 'repaired_value', MENDED, header, code);
  };
}
