import type { ReadContext } from '../fields/field-kinds.js';
import { fields as allFields, type Field, isMoneyField } from '../fields/fields.js';
import type { IssueSeverity } from '../issue.js';
import { lostCharacter } from '../values/text.js';
import { recall } from './recall.js';
import type { RowFields } from './row-fields.js';
import { addIssue, type RowIssues } from './row-issues.js';

/** Reads a filled cell of one column into its field; `currency` is that of the row. */
export type CellReader<F extends Field = Field> = (
  fields: Pick<RowFields, F>,
  text: string,
  currency: string | null,
  issues: RowIssues,
) => void;

/**
 * Prepares reading the cells of one column; what it remembers of them changes nothing but speed.
 *
 * @param header the file's own, for issues
 */
export function createCellReader<F extends Field>(
  field: F,
  header: string,
  context: ReadContext,
): CellReader<F> {
  const readAlone = allFields[field].kind.read;
  const readRecalled = recall((text) => readAlone(text, context));
  const heedsCurrency = isMoneyField(field);
  return (fields, text, currency, issues) => {
    // Of several columns for one field the best filled one counts.
    if (fields[field] !== null) return;
    const isOwn = heedsCurrency && currency !== context.currency;
    const read = isOwn ? readAlone(text, { ...context, currency }) : readRecalled(text);
    if (!read.ok) {
      addProblem(issues, 'error', read.problem, header, text);
      return;
    }
    // Nothing but blanks in a spreadsheet guard: blank, and a blank cell never erases a value.
    if (read.value === '') return;
    fields[field] = read.value;
    if (read.warning) addProblem(issues, 'warning', read.warning, header, text);
  };
}

/** A lost character is why a cell cannot be read, whatever its parser makes of it. */
export function addProblem(
  issues: RowIssues,
  severity: IssueSeverity,
  problem: { readonly code: string; readonly message: string },
  header: string,
  text: string,
): void {
  const { code, message } = severity === 'error' ? (lostCharacter(text) ?? problem) : problem;
  addIssue(issues, severity, code, message, header, text);
}
