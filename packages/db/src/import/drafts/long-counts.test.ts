import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createDatabase, type Database } from '../../client.js';
import { createApiKey } from '../../keys/api-keys.js';
import { claimChunkForSure, finishChunk, processUpload } from '../../test-support/process-upload.js';
import { receiveCsv } from '../../test-support/receive-csv.js';
import { cloneDatabase } from '../../test-support/template-database.js';
import { readUpload } from '../reports/read-upload.js';
import { claimDraft } from './claim-draft.js';
import { readDraft, requestHistory } from './read-draft.js';
import { startRemap } from './remap.js';
import { startUndo } from './start-undo.js';
import { workOnDraft } from './work-on-draft.js';

const STATEMENT_TIMEOUT_MS = 500;
const LEASE_MS = 600;
/** Longer than a statement may take otherwise, and than a lease. */
const COUNT_MS = 1_500;

let db: Database;
let drop: () => Promise<void>;
let merchantId: string;
let campaigns = 0;

beforeAll(async () => {
  const clone = await cloneDatabase(inject('testPostgres'));
  db = createDatabase({
    connectionString: clone.url,
    maxConnections: 6,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    idleTransactionTimeoutMs: 10_000,
  });
  drop = clone.drop;
  ({ merchantId } = await createApiKey(db, 'Ada Games', 'test'));
});

afterAll(async () => {
  await db.close();
  await drop();
});

const csv = 'Order ID,Email,Name,Product,Total\n1,ada@example.com,Ada,Lamp,$5\n';

function receive(review = false) {
  const campaign = `counted ${++campaigns}`;
  return receiveCsv(db, { merchantId, campaign, csv, chunkRows: 10, review });
}

async function importOne(): Promise<string> {
  const { id } = await receive();
  await processUpload(db, id);
  return id;
}

/** Makes whoever reads this table wait, as one does who counts very many rows. */
async function whileSlow<T>(table: string, work: () => Promise<T>): Promise<T> {
  const client = await db.pool.connect();
  try {
    await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    const working = work();
    await new Promise((resolve) => setTimeout(resolve, COUNT_MS));
    await client.query('COMMIT');
    return await working;
  } finally {
    client.release();
  }
}

/** One piece of work on a draft: at most one step. */
function work(draftId: string) {
  const { signal } = new AbortController();
  return workOnDraft(db, draftId, { leaseMs: LEASE_MS, budgetMs: 0, maxAttempts: 1, signal });
}

/** Works on a draft until only its last step is left. */
async function workUntilLast(draftId: string, uploadId: string): Promise<void> {
  for (;;) {
    const draft = await readDraft(db, uploadId);
    const isLast = draft !== null && draft.total > 0 && draft.position === draft.total;
    if (isLast && (draft.kind !== 'UNDO' || draft.status === 'APPLYING')) return;
    expect((await work(draftId)).outcome).toBe('goes on');
  }
}

async function endSlowly(draftId: string, uploadId: string, table: string) {
  await workUntilLast(draftId, uploadId);
  const taken: unknown[] = [];
  const { outcome } = await whileSlow(table, async () => {
    const working = work(draftId);
    // Another worker looks whether the lease has run out, until the count is over.
    for (let waited = 0; waited < COUNT_MS - 200; waited += 100) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      taken.push(await claimDraft(db, draftId, LEASE_MS));
    }
    return working;
  });
  return { outcome, taken: taken.filter((claim) => claim !== null) };
}

describe('a draft whose count takes longer than a statement and a lease', () => {
  it('ends when it was an undo, and no other worker takes it meanwhile', async () => {
    const id = await importOne();
    const { draftId } = await startUndo(db, id);
    expect(await endSlowly(draftId, id, 'inventory')).toEqual({ outcome: 'done', taken: [] });
    expect((await readUpload(db, merchantId, id))?.status).toBe('UNDONE');
  });

  it('is ready when other columns are to be looked at, and no other worker takes it meanwhile', async () => {
    const id = await importOne();
    const { rows } = await db.pool.query<{ platform: string }>(
      'SELECT platform FROM csv_upload_file WHERE upload_id = $1',
      [id],
    );
    const mapping = { fileIndex: 0, platform: rows[0]?.platform ?? '', columns: null, orders: null };
    const files = [{ ...mapping, decimalMark: null, assumptions: [] }];
    const { draftId } = await startRemap(db, id, files, { review: true });
    expect(await endSlowly(draftId, id, 'backer')).toEqual({ outcome: 'done', taken: [] });
    expect(await readDraft(db, id)).toMatchObject({ status: 'READY', totals: { campaign: { people: {} } } });
  });

  it('is ready when it is the history of an upload, and no other worker takes it meanwhile', async () => {
    const id = await importOne();
    const { draft } = await requestHistory(db, id);
    expect(await endSlowly(draft.id, id, 'draft_record')).toEqual({ outcome: 'done', taken: [] });
    expect((await readDraft(db, id))?.status).toBe('READY');
  });

  it('lets an upload wait for its review', async () => {
    const { id, chunkIds } = await receive(true);
    const chunk = await claimChunkForSure(db, chunkIds[0]);
    await db.pool.query(`
      CREATE FUNCTION be_slow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_sleep(${COUNT_MS / 1_000}); RETURN NULL; END $$;
      CREATE TRIGGER be_slow AFTER UPDATE OF counts ON draft FOR EACH STATEMENT EXECUTE FUNCTION be_slow()`);
    try {
      await finishChunk(db, chunk);
    } finally {
      await db.pool.query('DROP FUNCTION be_slow() CASCADE');
    }
    expect((await readUpload(db, merchantId, id))?.status).toBe('NEEDS_REVIEW');
  });
});
