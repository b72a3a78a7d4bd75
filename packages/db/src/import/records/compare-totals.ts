import type pg from 'pg';
import { columnInput } from './column-input.js';
import type { PreparedRecords } from './prepare-records.js';
import { pledgeTable } from './tables.js';

/** What a chunk's rows pledge in one currency, and what the tables say of the same pledges. Decimal texts. */
export interface CurrencyTotal {
  /** ISO 4217; null where the file names none. */
  readonly currency: string | null;
  readonly pledges: number;
  readonly told: string;
  readonly stored: string;
}

const amountCell = pledgeTable.columnNames.indexOf('amount');
const currencyCell = pledgeTable.columnNames.indexOf('currency');

/**
 * Reads back what has just been written. Left out are pledges of which another row, a newer one, has told otherwise.
 * Any other difference is a fault of ours: a pledge that is missing counts as nothing stored.
 */
export async function compareTotals(
  client: pg.ClientBase,
  { pledges }: Pick<PreparedRecords, 'pledges'>,
): Promise<readonly CurrencyTotal[]> {
  const told = pledges.filter(({ cells }) => typeof cells[amountCell] === 'string');
  if (told.length === 0) return [];
  const text = (cell: unknown) => (typeof cell === 'string' ? cell : null);
  const input = columnInput([
    { name: 'id', type: 'uuid', values: told.map(({ id }) => id) },
    { name: 'amount', type: 'numeric', values: told.map(({ cells }) => text(cells[amountCell])) },
    { name: 'currency', type: 'text', values: told.map(({ cells }) => text(cells[currencyCell])) },
    { name: 'told', type: 'uuid', values: told.map((row) => row.told) },
    { name: 'sequence', type: 'int', values: told.map(({ sequence }) => sequence) },
    { name: 'row', type: 'int', values: told.map(({ row }) => row) },
  ]);
  const { rows } = await client.query<CurrencyTotal>(
    `SELECT input.currency, count(*) AS pledges, sum(input.amount) AS told,
       coalesce(sum(stored.amount) FILTER (WHERE stored.currency IS NOT DISTINCT FROM coalesce(input.currency, stored.currency)), 0) AS stored
     FROM (${input.sql}) AS input
     LEFT JOIN LATERAL (
       SELECT amount, currency, told_digest = input.told AS same, (upload_sequence, row_number) > (input.sequence, input.row) AS newer
       FROM pledge WHERE id = input.id OFFSET 0) stored ON true
     WHERE NOT (stored.newer IS TRUE AND stored.same IS NOT TRUE)
     GROUP BY 1`,
    [...input.parameters],
  );
  return rows;
}
