import { beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { z } from 'zod';
import { createDatabase, type Database } from '../../client.js';
import { createApiKey } from '../../keys/api-keys.js';
import { brokenChecks } from '../../test-support/broken-checks.js';
import { processUpload } from '../../test-support/process-upload.js';
import { receiveCsv } from '../../test-support/receive-csv.js';
import { cloneDatabase } from '../../test-support/template-database.js';
import { inTransaction } from '../../transaction.js';
import { claimChunk } from '../chunks/claim-chunk.js';
import { createUpload } from '../uploads/create-upload.js';
import { type SweepResult, sweep } from './sweep.js';

let db: Database;
let drop: () => Promise<void>;
let merchantId: string;

beforeEach(async () => {
  const clone = await cloneDatabase(inject('testPostgres'));
  db = createDatabase({ connectionString: clone.url, maxConnections: 20 });
  ({ merchantId } = await createApiKey(db, 'Ada Games', 'test'));
  drop = async () => {
    await db.close();
    await clone.drop();
  };
  return () => drop();
});

const options = { pendingAfterMs: 0, silentAfterMs: 60_000, limit: 1_000 };
const csv =
  'Order ID,Email,Total,Currency,SKU\n1,ada@example.com,5.00,EUR,MUG\n2,bo@example.com,5.00,EUR,MUG\n';

const receive = (campaign: string) => receiveCsv(db, { merchantId, campaign, csv, chunkRows: 1 });

/** One of each state that a crash can leave, and what must not be touched. */
async function leaveBehind() {
  const [lost, unsettled, waiting, running] = await Promise.all(['a', 'b', 'c', 'd'].map(receive));
  if (!lost || !unsettled || !waiting || !running) throw new Error('not received');
  await claimChunk(db, lost.chunkIds[0] ?? '', { leaseMs: -1 });
  await claimChunk(db, running.chunkIds[0] ?? '', { leaseMs: 60_000 });
  await processUpload(db, unsettled.id);
  await inTransaction(db.pool, async (client) => {
    await client.query('SET LOCAL session_replication_role = replica');
    await client.query(
      `UPDATE csv_upload SET status = 'PROCESSING', statistics = NULL, finished_at = NULL WHERE id = $1`,
      [unsettled.id],
    );
    await client.query('DELETE FROM notification WHERE upload_id = $1', [unsettled.id]);
  });
  const silent = await createUpload(db, { merchantId, campaign: 'e' });
  await db.pool.query(`UPDATE csv_upload SET received_at = now() - interval '1 hour' WHERE id = $1`, [
    silent.id,
  ]);
  const alive = await createUpload(db, { merchantId, campaign: 'f' });
  const pending = [...lost.chunkIds, ...waiting.chunkIds, ...running.chunkIds.slice(1)];
  return { ids: [lost, unsettled, waiting, running, silent, alive].map(({ id }) => id), pending };
}

function repairs(sweeps: readonly SweepResult[]) {
  return {
    freed: sweeps.reduce((sum, { freedLeases }) => sum + freedLeases, 0),
    failed: sweeps.reduce((sum, { failedUploads }) => sum + failedUploads, 0),
    settled: sweeps.flatMap(({ settlements }) => settlements).length,
    failures: sweeps.flatMap(({ failures }) => failures),
  };
}

describe('the sweep', () => {
  it('repairs each upload once though eight sweeps run at once, and the next sweep finds nothing to repair', async () => {
    const { ids, pending } = await leaveBehind();
    const sweeps = await Promise.all(Array.from({ length: 8 }, () => sweep(db, options)));
    expect(repairs(sweeps)).toEqual({ freed: 1, failed: 1, settled: 1, failures: [] });
    for (const id of ids) expect(await brokenChecks(db, id)).toEqual([]);

    const before = await everything();
    const next = await sweep(db, options);
    expect(repairs([next])).toEqual({ freed: 0, failed: 0, settled: 0, failures: [] });
    const found = next.pendingChunks.map(({ chunkId }) => chunkId);
    expect(new Set(found)).toEqual(new Set(pending));
    expect(found).toHaveLength(pending.length);
    expect(await everything()).toEqual(before);
  });

  it('reads only unfinished uploads and chunks, however many are finished', async () => {
    await receive('kept open');
    await finishMany(2_000);
    const statements = await statementsOfSweep();
    expect(statements).toHaveLength(6);
    for (const { sql, parameters } of statements) {
      const { rows } = await db.pool.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`, [...parameters]);
      const [{ Plan: plan }] = explainSchema.parse(rows)[0]['QUERY PLAN'];
      for (const scan of scansOf(plan)) expect(allowedScans, JSON.stringify(plan)).toContain(scan);
      expect(plan['Shared Hit Blocks'] + plan['Shared Read Blocks']).toBeLessThan(40);
    }
  });
});

/** Every row of the tables that a sweep may touch, with the transaction that wrote it. */
async function everything(): Promise<readonly unknown[]> {
  const { rows } = await db.pool.query(
    `SELECT id, xmin::text FROM csv_upload UNION ALL SELECT id, xmin::text FROM csv_upload_chunk
     UNION ALL SELECT id, xmin::text FROM notification UNION ALL SELECT product_id, xmin::text FROM inventory ORDER BY 1`,
  );
  return rows;
}

async function finishMany(count: number): Promise<void> {
  const { campaignId } = await createUpload(db, { merchantId, campaign: 'busy' });
  await db.pool.query(
    `INSERT INTO csv_upload (id, merchant_id, campaign_id, sequence, status, row_count, chunk_count, sealed_at, finished_at)
     SELECT gen_random_uuid(), $1, $2, n + 1, 'COMPLETED', 3, 3, now(), now() FROM generate_series(1, $3::int) n`,
    [merchantId, campaignId, count],
  );
  await db.pool.query(
    `INSERT INTO csv_upload_chunk (id, upload_id, index, first_row, row_count, lines, data, status, imported_count)
     SELECT gen_random_uuid(), u.id, n, n + 1, 1, ARRAY[n + 2], '{"headers":["a"],"rows":[["1"]]}', 'COMPLETED', 1
     FROM csv_upload u, generate_series(0, 2) n WHERE u.status = 'COMPLETED'`,
  );
  await db.pool.query(
    `INSERT INTO campaign (id, merchant_id, name) SELECT gen_random_uuid(), $1, 'busy ' || n FROM generate_series(1, $2::int) n`,
    [merchantId, count],
  );
  await db.pool.query('VACUUM ANALYZE csv_upload, csv_upload_chunk, campaign');
}

/** The statements of a sweep, with their parameters. */
async function statementsOfSweep() {
  const asked = vi.spyOn(db.pool, 'query');
  try {
    await sweep(db, options);
    return asked.mock.calls.map((call: readonly unknown[]) => {
      const [sql, parameters] = statementSchema.parse(call);
      return { sql, parameters };
    });
  } finally {
    asked.mockRestore();
  }
}

const statementSchema = z.tuple([z.string(), z.array(z.unknown())]);

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string | undefined;
  readonly 'Index Name'?: string | undefined;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Plan[] | undefined;
}

const planSchema: z.ZodType<Plan> = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Shared Hit Blocks': z.number(),
  'Shared Read Blocks': z.number(),
  get Plans() {
    return z.array(planSchema).optional();
  },
});
const explainSchema = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: planSchema })]) })]);

/** The index of each scan in a plan, or the table if the scan uses no index. A bitmap heap scan is skipped: its bitmap comes from an index scan of its own. */
function scansOf(plan: Plan): readonly string[] {
  const type = plan['Node Type'];
  const isScan = type.endsWith('Scan') && type !== 'Bitmap Heap Scan';
  const own = isScan ? [plan['Index Name'] ?? `${type} of ${plan['Relation Name']}`] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(scansOf)];
}

/** The partial indexes, and the primary key, for the upload of a chunk that was found by one of them. */
const allowedScans = [
  'csv_upload_unfinished_idx',
  'csv_upload_chunk_unfinished_idx',
  'csv_upload_pkey',
  'campaign_deleted_idx',
  'campaign_draft_id_key',
  'campaign_pkey',
  'draft_open_idx',
];
