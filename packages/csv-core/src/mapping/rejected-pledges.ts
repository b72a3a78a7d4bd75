import type { Field } from '../fields/fields.js';
import type { Mapping } from './compile-mapping.js';
import { orderEnd } from './group-orders.js';
import { pledgeKeyOf } from './pledge-key.js';
import { type RowReader, readRow } from './read-row.js';
import { refundAsSale } from './refund-as-sale.js';
import { createRowIssues, maxRowIssues, type RowIssues } from './row-issues.js';
import type { Reject } from './row-results.js';

/** Which pledges the rejected rows of a file are about. */
export interface RejectedPledges {
  /** Natural keys inside the campaign, each once. */
  readonly named: readonly { readonly platform: string; readonly externalId: string }[];
  /** How many rejected rows do not say for sure which pledge they are about. */
  readonly unnamedRows: number;
}

/**
 * Reads the numbers of rejected rows: a row that is refused still says that its pledge is there. In steps: stops after each order.
 *
 * @param reader of the file; what it repairs is not part of the result
 */
export function* nameRejectedPledges(
  rejects: readonly Reject[],
  reader: RowReader,
): Generator<void, RejectedPledges> {
  const { platform, orders } = reader.mapping;
  const named = new Map<string, RejectedPledges['named'][number]>();
  let unnamedRows = 0;
  const rows = rejects.map(({ cells }) => cells);
  for (let start = 0; start < rejects.length; ) {
    const end = orderEnd(rows, start, orders);
    const order = rejects.slice(start, end);
    start = end;
    yield;
    if (!platform.holdsPledges) continue;
    const keys = order.some(isMisaligned) ? [] : keysOf(order, reader);
    if (keys.length === 0 && !order.every(isNoPledge)) unnamedRows += order.length;
    for (const key of keys) named.set(`${key.platform} ${key.externalId}`, key);
  }
  return { named: [...named.values()], unnamedRows };
}

/** In a row with too few or too many cells, the number may be one of another column. */
function isMisaligned({ issues }: Reject): boolean {
  return issues.some(({ code }) => code === 'too_few_cells' || code === 'too_many_cells');
}

/** A row that is no pledge by a rule of its platform, such as a fee. */
function isNoPledge({ issues }: Reject): boolean {
  return issues.some(({ code }) => code === 'no_pledge');
}

/** The keys of the rows of an order; none when one of its numbers is in doubt. */
function keysOf(order: readonly Reject[], reader: RowReader): RejectedPledges['named'] {
  const { mapping } = reader;
  const keys: RejectedPledges['named'][number][] = [];
  for (const { row, line, cells } of order) {
    const issues = createRowIssues(row, line, null);
    const { fields } = readRow(refundAsSale(cells, mapping), reader, issues);
    if (isInDoubt(issues, mapping)) return [];
    const key = pledgeKeyOf(fields, mapping.platform);
    if (key !== null) keys.push({ platform: key.platform, externalId: key.externalId });
  }
  return keys;
}

const keyFields: ReadonlySet<Field> = new Set(['externalId', 'originExternalId', 'originPlatform']);

/** Whether a cell of the number has an error, such as a number that a spreadsheet has rounded. */
function isInDoubt({ issues }: RowIssues, { fields }: Mapping): boolean {
  // Not all issues of such a row are listed.
  if (issues.length >= maxRowIssues) return true;
  const headers = new Set(fields.flatMap(({ field, header }) => (keyFields.has(field) ? [header] : [])));
  return issues.some(
    ({ severity, column }) => severity === 'error' && column !== null && headers.has(column),
  );
}
