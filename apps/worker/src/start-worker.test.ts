import { createApiKey, createDatabase, type Database, readUpload, type UploadReport } from '@pledgeline/db';
import { cloneDatabase, dumpCampaign, type ReceivedUpload, receiveCsv } from '@pledgeline/db/testing';
import { redisForTests } from '@pledgeline/local-services';
import { createProducer, type Producer } from '@pledgeline/queue';
import { pino } from 'pino';
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type Env, envSchema } from './env.js';
import { startWorker, type Worker } from './start-worker.js';
import { until } from './test-support/until.js';

// A server of our own, never the one of REDIS_URL: these tests empty it.
const redis = await redisForTests({});
afterAll(() => redis?.stop());

const logger = pino({ level: 'silent' });
const header =
  'Backer Number,Backer UID,Backer Name,Email,Reward Title,Backing Minimum,Reward ID,Pledge Amount,Pledged At,Pledged Status,Notes';

/** A Kickstarter report; the last row has no readable e-mail. */
function csvFile(rows: number): string {
  const lines = Array.from(
    { length: rows },
    (_, n) =>
      `${n + 1},${9001 + n},Backer ${n + 1},${n + 1 === rows ? 'no address' : `b${n % 7}@example.com`},Deluxe,$50.00 USD,501,$60.00 USD,"2024/03/01, 12:00",collected,`,
  );
  return [header, ...lines, ''].join('\n');
}

describe.each([{ kind: 'postgres' }, { kind: 'redis' }])('a worker with its queue on $kind', ({ kind }) => {
  let env: Env;
  let db: Database;
  let producer: Producer;
  let merchantId: string;
  let dropDatabase: () => Promise<void>;
  const workers: Worker[] = [];

  beforeEach(async (context) => {
    if (kind === 'redis') {
      if (!redis?.local) return context.skip('no Redis of our own to restart');
      await redis.local.restart();
    }
    const clone = await cloneDatabase(inject('testPostgres'));
    dropDatabase = clone.drop;
    env = envSchema.parse({
      DATABASE_URL: clone.url,
      ...(kind === 'redis' && { REDIS_URL: redis?.url }),
      SWEEP_EVERY_MS: 600_000,
    });
    db = createDatabase({ connectionString: clone.url, maxConnections: 4 });
    ({ merchantId } = await createApiKey(db, 'Ada Games', 'test'));
    producer = createProducer(
      env.REDIS_URL === undefined
        ? { kind: 'postgres', connectionString: clone.url }
        : { kind: 'redis', url: env.REDIS_URL },
      { logger },
    );
    return async () => {
      await Promise.all(workers.splice(0).map((worker) => worker.stop()));
      await producer.close();
      await db.close();
      await dropDatabase();
    };
  });

  async function work(changes: Partial<Env> = {}): Promise<Worker> {
    const worker = startWorker({ ...env, ...changes }, logger);
    workers.push(worker);
    await worker.ready;
    return worker;
  }

  const receive = (campaign: string, rows = 10, chunkRows = 3): Promise<ReceivedUpload> =>
    receiveCsv(db, { merchantId, campaign, csv: csvFile(rows), chunkRows });

  const enqueue = ({ id, chunkIds }: ReceivedUpload, attempt = 0): Promise<void> =>
    until(() => producer.enqueueChunks(chunkIds.map((chunkId) => ({ uploadId: id, chunkId, attempt }))));

  async function report({ id }: ReceivedUpload): Promise<UploadReport> {
    const found = await readUpload(db, merchantId, id);
    if (!found) throw new Error(`No upload ${id}`);
    return found;
  }

  const untilReport = (upload: ReceivedUpload, expected: object) =>
    until(async () => expect(await report(upload)).toMatchObject(expected));

  /** The result of an upload in the database, without times and ids. */
  async function outcome(upload: ReceivedUpload) {
    const { status, rows, chunks, statistics } = await report(upload);
    return { status, rows, chunks, statistics, tables: await dumpCampaign(db.pool, upload.campaignId) };
  }

  it('imports an upload that was received', async () => {
    const upload = await receive('one');
    await enqueue(upload);
    await work();
    await untilReport(upload, {
      status: 'COMPLETED',
      rows: { total: 10, imported: 9, rejected: 1, leftOut: 0, open: 0 },
      chunks: { completed: 4 },
    });
    expect((await dumpCampaign(db.pool, upload.campaignId)).pledges).toHaveLength(9);
  });

  it('changes nothing when every job is delivered again after the end', async () => {
    const [upload, last] = [await receive('one'), await receive('other', 1)];
    await enqueue(upload);
    // One chunk at a time: when the second upload is done, all jobs enqueued before it are done too.
    await work({ CONCURRENCY: 1 });
    await untilReport(upload, { status: 'COMPLETED' });
    const before = await outcome(upload);
    await enqueue(upload, 1);
    await enqueue(last);
    await untilReport(last, { status: 'COMPLETED' });
    expect(await outcome(upload)).toEqual(before);
  });

  it('changes nothing when every job is delivered many times at once', async () => {
    const [undisturbed, upload] = [await receive('one'), await receive('two')];
    await enqueue(undisturbed);
    for (const attempt of [0, 1, 2, 3]) await enqueue(upload, attempt);
    await Promise.all([work({ CONCURRENCY: 4 }), work({ CONCURRENCY: 4 })]);
    await untilReport(undisturbed, { status: 'COMPLETED' });
    await untilReport(upload, { status: 'COMPLETED' });
    expect(await outcome(upload)).toEqual(await outcome(undisturbed));
    expect(await db.prisma.notification.count({ where: { uploadId: upload.id } })).toBe(1);
  });

  it('enqueues chunks again whose jobs the queue has lost', async () => {
    await work({ SWEEP_EVERY_MS: 500, PENDING_AFTER_MS: 500 });
    await untilReport(await receive('one'), { status: 'COMPLETED' });
  });

  it('fails an upload with the reason when a chunk has used up its attempts', async () => {
    const upload = await receive('one', 3);
    await db.pool.query(`UPDATE csv_upload_file SET platform = 'nowhere' WHERE upload_id = $1`, [upload.id]);
    await enqueue(upload);
    await work({ MAX_ATTEMPTS: 3 });
    await untilReport(upload, { status: 'FAILED' });
    const { failure, chunkErrors, rows } = await report(upload);
    expect(failure).toMatchObject({ code: 'chunks_failed', message: expect.stringContaining('nowhere') });
    expect(chunkErrors).toEqual([expect.stringContaining('nowhere')]);
    expect(rows).toEqual({ total: 3, imported: 0, rejected: 0, leftOut: 0, open: 3 });
    const { rows: chunks } = await db.pool.query(
      'SELECT status, attempts FROM csv_upload_chunk WHERE upload_id = $1',
      [upload.id],
    );
    expect(chunks).toEqual([{ status: 'FAILED', attempts: 3 }]);
  });

  it('finishes its running chunk when it is stopped, and takes no other', async () => {
    const upload = await receive('one', 6);
    const blocker = await db.pool.connect();
    try {
      // No pledge can be written, so the worker keeps its chunk and waits.
      await blocker.query('BEGIN');
      await blocker.query('LOCK TABLE pledge IN SHARE MODE');
      await enqueue(upload);
      const worker = await work({ CONCURRENCY: 1 });
      await untilReport(upload, { chunks: { processing: 1, pending: 1 } });
      const stopped = worker.stop();
      await blocker.query('ROLLBACK');
      await stopped;
    } finally {
      blocker.release(true);
    }
    expect(await report(upload)).toMatchObject({
      status: 'PROCESSING',
      rows: { imported: 3 },
      chunks: { completed: 1, processing: 0, pending: 1 },
    });
    await work();
    await untilReport(upload, { status: 'COMPLETED' });
  });
});
