import {
  type MappedRecord,
  type MappedRows,
  type Reject,
  type RowIssue,
  storableText,
} from '@pledgeline/csv-core';
import pg from 'pg';
import type { Database } from '../../client.js';
import { PostgresFault } from '../../postgres-fault.js';
import { type PreparedRecords, prepareRecords } from '../records/prepare-records.js';
import { writeProducts, writeRecords } from '../records/write-records.js';
import type { WriteOptions } from '../records/write-rows.js';
import type { ClaimedChunk } from './claim-chunk.js';

/** How to write the records of a chunk, and the products that they name: their rows win by different rules. */
export interface ChunkWriteOptions {
  readonly products: WriteOptions;
  readonly records: WriteOptions;
}

/** An order that Postgres has refused: where it is, and why. Without values, so that it may be logged. */
export interface RefusedOrder {
  /** Path of the file in its archive, or name of the sheet; null for a plain file. */
  readonly file: string | null;
  /** Number of its first row in the upload, from 1. */
  readonly row: number;
  /** The line on which that row starts. */
  readonly line: number;
  readonly rowCount: number;
  readonly fault: PostgresFault;
}

/** What was written, and what was not. */
export interface AcceptedRows {
  /** With the refused records as rejects. */
  readonly mapped: MappedRows;
  readonly refused: readonly RefusedOrder[];
}

/** If Postgres refuses more records than this, the fault is hardly the file's, and the attempt fails. */
const MAX_REFUSED = 100;

const REFUSALS = /^(?:22...|23502|23514|54...)$/;

/**
 * Whether Postgres refused a value rather than the statement or the connection: data exceptions, a missing or forbidden
 * value, a text that is too long for an index (manual, appendix A).
 */
export function isRefusal(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && REFUSALS.test(String(error.code));
}

/**
 * Halves a chunk, and halves again each half in which Postgres refuses something, until each refused record is found.
 * Those become rejects; all others are written. Only for chunks that were refused as a whole, because it locks products
 * for long, and other chunks wait for them.
 *
 * @throws the first error of Postgres, when it refuses more than {@link MAX_REFUSED} records
 */
export async function writeAccepted(
  db: Database,
  client: pg.PoolClient,
  chunk: ClaimedChunk,
  mapped: MappedRows,
  options: ChunkWriteOptions,
): Promise<AcceptedRows> {
  const refused = new Map<MappedRecord, pg.DatabaseError>();
  const write = async (records: readonly MappedRecord[]): Promise<void> => {
    const refusal = await attempt(client, async () => {
      const prepared: PreparedRecords = await prepareRecords(chunk, records);
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
  return {
    mapped: withoutRefused(mapped, refused, chunk),
    refused: [...refused].map(([{ row, line, rowCount }, error]) => ({
      file: chunk.file,
      row,
      line,
      rowCount,
      fault: new PostgresFault(error),
    })),
  };
}

/** Runs `work`. If Postgres refuses a value, returns the error and undoes what `work` has written; else null. */
async function attempt(client: pg.PoolClient, work: () => Promise<void>): Promise<pg.DatabaseError | null> {
  await client.query('SAVEPOINT attempt');
  let refusal: pg.DatabaseError | null = null;
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
  const leftOut = new Set(mapped.leftOut.map(({ row }) => row));
  const rejects: Reject[] = [];
  const issues: RowIssue[] = [];
  for (const [record, error] of refused) {
    for (const row of rowsOf(record, leftOut)) {
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

/** The numbers of the rows of a record. Rows that are left out may lie between them. */
function rowsOf({ row: first, rowCount }: MappedRecord, leftOut: ReadonlySet<number>): readonly number[] {
  const rows: number[] = [];
  for (let row = first; rows.length < rowCount; row += 1) if (!leftOut.has(row)) rows.push(row);
  return rows;
}

/** What Postgres means, by its code. Its own words name tables and constraints, and may quote other people's values. */
function refusalInWords(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  if (code.startsWith('54')) return 'a text is too long for an index';
  if (code === '23502') return 'a value is missing that every record needs';
  if (code === '23514') return 'a value is not allowed in its field';
  return 'a value does not fit its field, such as a date or a number that is too large';
}

/** The issue of one row of a refused record. An order of several rows is refused as a whole, so each row gets one. */
function refusalIssue(row: number, record: MappedRecord, error: Error, chunk: ClaimedChunk): RowIssue {
  const { rowCount } = record;
  const order =
    row === record.row ? 'the order that begins here' : `the order that begins in line ${record.line}`;
  const what = rowCount === 1 ? 'this row' : `${order} (${rowCount} rows)`;
  const message = `The database refused ${what}: ${refusalInWords(error)}. Correct the value, or tell us if it looks right.`;
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
