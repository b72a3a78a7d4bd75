import type { FaultPoints } from '@pledgeline/fault-points';
import type pg from 'pg';
import type { Incoming } from './incoming.js';
import type { PreparedRecords } from './prepare-records.js';
import type { RecordTable } from './record-table.js';
import { backerTable, pledgeTable, productTable, surveyTable } from './tables.js';
import { countUnchanged, type WriteOptions, writeRows } from './write-rows.js';

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
 * Writes backers, pledges and surveys; of a list of people the backers alone. Products that pledges name must be there
 * already.
 */
export async function writeRecords(
  client: pg.ClientBase,
  { backers, pledges, surveys }: PreparedRecords,
  options: WriteOptions,
  faultPoint: FaultPoints,
): Promise<void> {
  const movePledges = options.moveVersions || options.movePledges === true;
  await writeRows(client, pledgeTable, pledges, { ...options, moveVersions: movePledges });
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
