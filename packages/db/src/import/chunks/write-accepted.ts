import {
  type MappedRecord,
  type MappedRows,
  type Reject,
  type RowIssue,
  storableText,
} from '@pledgeline/csv-core';
import type pg from 'pg';
import type { Database } from '../../client.js';
import { type PreparedRecords, prepareRecords } from '../records/prepare-records.js';
import { writeProducts, writeRecords } from '../records/write-records.js';
import type { WriteOptions } from '../records/write-rows.js';
import type { ClaimedChunk } from './claim-chunk.js';

/** How the two kinds of rows take part in the order of writers. */
export interface ChunkWriteOptions {
  readonly products: WriteOptions;
  readonly records: WriteOptions;
}

/** More records than that are not refused one by one: then the fault is hardly the file's. */
const MAX_REFUSED = 100;

const REFUSALS = /^(?:22...|23502|23514|54...)$/;

/**
 * Whether Postgres refused a value, and not the work as a whole: data exceptions, a missing or forbidden value, a text
 * that no index can hold (manual, appendix A).
 */
export function isRefusal(error: unknown): error is pg.DatabaseError {
  return error instanceof Error && 'code' in error && REFUSALS.test(String(error.code));
}

/**
 * Writes a chunk in halves, and halves of those in which Postgres refuses something, until the records that it refuses
 * stand alone. Those become rejects; all others are written. For chunks that were refused as a whole: it holds
 * products for longer than others like.
 *
 * @throws what Postgres said first, when it refuses more than {@link MAX_REFUSED} records
 */
export async function writeAccepted(
  db: Database,
  client: pg.PoolClient,
  chunk: ClaimedChunk,
  mapped: MappedRows,
  options: ChunkWriteOptions,
): Promise<MappedRows> {
  const refused = new Map<MappedRecord, Error>();
  const write = async (records: readonly MappedRecord[]): Promise<void> => {
    const refusal = await attempt(client, async () => {
      const prepared: PreparedRecords = prepareRecords(chunk, records);
      await writeProducts(client, prepared, options.products);
      await writeRecords(client, prepared, options.records, db.faultPoint);
    });
    if (refusal === null) return;
    const [only] = records;
    if (records.length === 1 && only !== undefined) {
      refused.set(only, refusal);
      if (refused.size > MAX_REFUSED) throw refusal;
      return;
    }
    const middle = Math.ceil(records.length / 2);
    await write(records.slice(0, middle));
    await write(records.slice(middle));
  };
  await write(mapped.records);
  return withoutRefused(mapped, refused, chunk);
}

/** What Postgres refused, with all that was written since undone; null when it refused nothing. */
async function attempt(client: pg.PoolClient, work: () => Promise<void>): Promise<Error | null> {
  await client.query('SAVEPOINT attempt');
  let refusal: Error | null = null;
  try {
    await work();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    refusal = error;
    await client.query('ROLLBACK TO SAVEPOINT attempt');
  }
  await client.query('RELEASE SAVEPOINT attempt');
  return refusal;
}

function withoutRefused(
  mapped: MappedRows,
  refused: ReadonlyMap<MappedRecord, Error>,
  chunk: ClaimedChunk,
): MappedRows {
  if (refused.size === 0) return mapped;
  const rejects: Reject[] = [];
  const issues: RowIssue[] = [];
  for (const [record, error] of refused) {
    for (let row = record.row; row < record.row + record.rowCount; row += 1) {
      const issue = refusalIssue(row, record, error, chunk);
      issues.push(issue);
      rejects.push({ row, line: issue.line, cells: [], issues: [issue] });
    }
  }
  const byRow = (a: { readonly row: number }, b: { readonly row: number }) => a.row - b.row;
  return {
    ...mapped,
    records: mapped.records.filter((record) => !refused.has(record)),
    importedRows: mapped.importedRows - rejects.length,
    rejects: [...mapped.rejects, ...rejects].sort(byRow),
    issues: [...mapped.issues, ...issues].sort(byRow),
  };
}

/** Of one row of a record that was refused. An order of several rows is refused as a whole, so each of them says so. */
function refusalIssue(row: number, record: MappedRecord, error: Error, chunk: ClaimedChunk): RowIssue {
  const { rowCount } = record;
  const order =
    row === record.row ? 'the order that begins here' : `the order that begins in line ${record.line}`;
  const what = rowCount === 1 ? 'this row' : `${order} (${rowCount} rows)`;
  const message = `The database refused ${what}: ${error.message}. Correct the value, or tell us if it looks right.`;
  return {
    file: chunk.file,
    row,
    line: chunk.lines[row - chunk.firstRow] ?? record.line,
    column: null,
    code: 'refused_by_database',
    message: storableText(message),
    value: null,
    severity: 'error',
  };
}
