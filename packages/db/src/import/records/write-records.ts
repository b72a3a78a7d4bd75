import type { FaultPoints } from '@pledgeline/fault-points';
import type pg from 'pg';
import { columnInput } from './column-input.js';
import type { Incoming } from './incoming.js';
import type { ItemRow, ItemSets, PreparedRecords } from './prepare-records.js';
import type { RecordTable } from './record-table.js';
import { backerTable, pledgeTable, productTable, surveyTable } from './tables.js';
import { countUnchanged, type WriteOptions, type WrittenRow, writeRows } from './write-rows.js';

/**
 * Writes the products that records name. In a short transaction of its own, before the records: all chunks name
 * the same products, and a chunk must not hold their rows while it writes thousands of others.
 */
export async function writeProducts(
  client: pg.ClientBase,
  { products }: PreparedRecords,
  options: WriteOptions,
): Promise<void> {
  await writeRows(client, productTable, products, options);
}

/**
 * Writes backers, pledges with their items, and surveys; of a list of people the backers alone. Their products must be
 * there already.
 */
export async function writeRecords(
  client: pg.ClientBase,
  { backers, pledges, items, surveys }: PreparedRecords,
  options: WriteOptions,
  faultPoint: FaultPoints,
): Promise<void> {
  await writeItems(client, await writeRows(client, pledgeTable, pledges, options), items);
  await faultPoint('chunk.half-written');
  await writeRows(client, surveyTable, surveys, options);
  // Last, though pledges refer to them (the foreign key is checked at commit): two chunks often share a backer, and the second
  // one waits from here until the first one commits.
  await writeRows(client, backerTable, backers, options);
}

/** How many records are checked to guess whether most are unchanged. */
const SAMPLE = 16;

/** Whether most records are stored already with the same values, judged by a sample of pledges (or of backers, where there are none). */
export async function areMostlyUnchanged(
  client: Pick<pg.ClientBase, 'query'>,
  { pledges, backers }: PreparedRecords,
): Promise<boolean> {
  const [table, rows]: [RecordTable, readonly Incoming[]] =
    pledges.length > 0 ? [pledgeTable, pledges] : [backerTable, backers];
  const step = Math.ceil(rows.length / SAMPLE);
  const sample = rows.filter((_, index) => index % step === 0);
  return (await countUnchanged(client, table, sample)) * 2 > sample.length;
}

const itemsFingerprintCell = pledgeTable.columnNames.indexOf('items_digest');

/** The winning row's items replace a pledge's items as a set. */
async function writeItems(
  client: pg.ClientBase,
  pledges: readonly WrittenRow[],
  sets: ItemSets,
): Promise<void> {
  const changed = pledges.filter(
    ({ before, cells }) =>
      cells[itemsFingerprintCell] !== (before === null ? null : before[itemsFingerprintCell]),
  );
  const replaced = changed.filter(({ before }) => before !== null).map(({ id }) => id);
  if (replaced.length > 0) {
    await client.query('DELETE FROM pledge_item WHERE pledge_id = ANY ($1::uuid[])', [replaced]);
  }
  const pledgeIds: string[] = [];
  const rows: ItemRow[] = [];
  for (const { id, cells } of changed) {
    const fingerprint = cells[itemsFingerprintCell];
    if (typeof fingerprint !== 'string') continue;
    for (const item of sets.get(id, fingerprint)) {
      pledgeIds.push(id);
      rows.push(item);
    }
  }
  if (rows.length === 0) return;
  const input = columnInput([
    { name: 'pledge_id', type: 'uuid', values: pledgeIds },
    { name: 'product_id', type: 'uuid', values: rows.map((row) => row.productId) },
    { name: 'quantity', type: 'int', values: rows.map((row) => row.quantity) },
    { name: 'unit_price', type: 'numeric', values: rows.map((row) => row.unitPrice) },
  ]);
  await client.query(`INSERT INTO pledge_item (pledge_id, product_id, quantity, unit_price) ${input.sql}`, [
    ...input.parameters,
  ]);
}
