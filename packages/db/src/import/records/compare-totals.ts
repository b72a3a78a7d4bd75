import type pg from 'pg';
import { columnInput } from './column-input.js';
import type { PreparedRecords } from './prepare-records.js';
import { cellReader } from './record-table.js';
import { pledgeTable } from './tables.js';

/** What a chunk's rows pledge in one currency, and what the tables hold for the same pledges. */
export interface CurrencyTotal {
  /** ISO 4217; null where the file names none. */
  readonly currency: string | null;
  readonly pledges: number;
  /** By the rows. Decimal text. */
  readonly pledged: string;
  /** By the tables. Decimal text. */
  readonly stored: string;
}

const amountOf = cellReader(pledgeTable, 'amount');
const currencyOf = cellReader(pledgeTable, 'currency');

/**
 * Reads back what has just been written. Pledges to which a newer row has given other values are left out. Any other
 * difference is a fault of ours; a missing pledge counts as nothing stored.
 */
export async function compareTotals(
  client: pg.ClientBase,
  { pledges }: Pick<PreparedRecords, 'pledges'>,
): Promise<readonly CurrencyTotal[]> {
  const withAmount = pledges.filter(({ cells }) => amountOf(cells) !== null);
  if (withAmount.length === 0) return [];
  const input = columnInput([
    { name: 'id', type: 'uuid', values: withAmount.map(({ id }) => id) },
    { name: 'amount', type: 'numeric', values: withAmount.map(({ cells }) => amountOf(cells)) },
    { name: 'currency', type: 'text', values: withAmount.map(({ cells }) => currencyOf(cells)) },
    { name: 'fingerprint', type: 'uuid', values: withAmount.map(({ rowFingerprint }) => rowFingerprint) },
    { name: 'sequence', type: 'int', values: withAmount.map(({ sequence }) => sequence) },
    { name: 'row', type: 'int', values: withAmount.map(({ row }) => row) },
  ]);
  const { rows } = await client.query<CurrencyTotal>(
    `SELECT input.currency, count(*) AS pledges, sum(input.amount) AS pledged,
       coalesce(sum(stored.amount) FILTER (WHERE stored.currency IS NOT DISTINCT FROM coalesce(input.currency, stored.currency)), 0) AS stored
     FROM (${input.sql}) AS input
     LEFT JOIN LATERAL (
       SELECT amount, currency, told_digest = input.fingerprint AS same, (upload_sequence, row_number) > (input.sequence, input.row) AS newer
       FROM pledge WHERE id = input.id OFFSET 0) stored ON true
     WHERE NOT (stored.newer IS TRUE AND stored.same IS NOT TRUE)
     GROUP BY 1`,
    [...input.parameters],
  );
  return rows;
}
