import { once } from 'node:events';
import { request } from 'node:http';
import { createApiKey, createDatabase, type Database, readUpload, type UploadReport } from '@pledgeline/db';
import { cloneDatabase, dumpCampaign } from '@pledgeline/db/testing';
import { type RunningProgram, redisForTests, startProgram } from '@pledgeline/local-services';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { programs } from './programs.js';
import { sampleFile } from './sample-file.js';
import { until } from './until.js';

const redis = await redisForTests(process.env);
afterAll(() => redis?.stop());

const queues = [
  { name: 'Postgres', variables: {} },
  ...(redis ? [{ name: 'Redis', variables: { REDIS_URL: redis.url } }] : []),
];

const acceptedSchema = z.object({
  id: z.string(),
  status: z.string(),
  links: z.object({ self: z.string() }),
});

/** Short leases and sweeps, so that a chunk of a dead worker is claimed again within a second or two. */
const impatience = { LEASE_MS: '2000', SWEEP_EVERY_MS: '250', PENDING_AFTER_MS: '500' };

describe.each(queues)('An import through the real processes with the queue on $name', ({ variables }) => {
  let db: Database;
  let drop: () => Promise<void>;
  let environment: Record<string, string>;
  let key: string;
  let merchantId: string;
  let api: RunningProgram;
  let url: string;
  let workers: RunningProgram[];

  const startWorker = (more: Readonly<Record<string, string>> = {}) => {
    const worker = startProgram(programs.worker, { ...environment, ...impatience, ...more });
    workers.push(worker);
    return worker;
  };

  async function startApi() {
    const variables = { ...environment, PORT: '0', HOST: '127.0.0.1', CHUNK_ROWS: '1000' };
    const started = startProgram(programs.api, variables);
    const line = await started.waitForLog(/"listening"/);
    const { port } = z.object({ port: z.number() }).parse(JSON.parse(line));
    return { api: started, url: `http://127.0.0.1:${port}` };
  }

  async function send(campaign: string, csv: string): Promise<string> {
    const target = new URL(
      `/v1/uploads?campaign=${encodeURIComponent(campaign)}&filename=backers.csv&force=true`,
      url,
    );
    const answer = await fetch(target, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
      body: csv,
    });
    expect(answer.status).toBe(202);
    return acceptedSchema.parse(await answer.json()).id;
  }

  async function report(id: string): Promise<UploadReport> {
    const found = await readUpload(db, merchantId, id);
    if (!found) throw new Error(`No upload ${id}`);
    return found;
  }

  const completed = (id: string) =>
    until(async () => {
      const current = await report(id);
      expect(current.status).toBe('COMPLETED');
      return current;
    });

  beforeAll(async () => {
    const clone = await cloneDatabase(inject('testPostgres'));
    drop = clone.drop;
    environment = { DATABASE_URL: clone.url, ...variables, LOG_LEVEL: 'info' };
    db = createDatabase({ connectionString: clone.url, maxConnections: 4 });
    ({ key, merchantId } = await createApiKey(db, 'Ada Games', 'e2e'));
    ({ api, url } = await startApi());
  });

  afterAll(async () => {
    await api.end('SIGTERM');
    await db.close();
    await drop();
  });

  beforeEach(() => {
    workers = [];
  });

  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.end('SIGTERM')));
  });

  it('turns a file into records and accounts for every row', async () => {
    startWorker();
    const file = sampleFile(3_000);
    const done = await completed(await send('Plain', file.csv));
    expect(done).toMatchObject({
      platform: 'kickstarter',
      rows: { total: 3_000, imported: 3_000 - file.broken, rejected: file.broken, leftOut: 0, open: 0 },
      chunks: { total: 3, completed: 3 },
    });
    expect(done.statistics?.records.pledges.created).toBe(3_000 - file.broken);
    const again = await completed(await send('Plain', file.csv));
    for (const outcomes of Object.values(again.statistics?.records ?? {})) {
      expect(outcomes).toMatchObject({ created: 0, updated: 0 });
    }
  });

  it('survives a SIGKILL of the worker, with the tables of an undisturbed run', async () => {
    const { csv } = sampleFile(12_000, { sums: true });
    const steady = startWorker();
    const undisturbed = await completed(await send('Undisturbed', csv));
    await steady.end('SIGTERM');

    const doomed = startWorker({ CONCURRENCY: '1' });
    const id = await send('Killed', csv);
    await until(async () => {
      const { chunks } = await report(id);
      expect(chunks.completed).toBeGreaterThanOrEqual(1);
      expect(chunks.processing).toBe(1);
    });
    await doomed.end('SIGKILL');
    const broken = await report(id);
    expect(broken.status).toBe('PROCESSING');
    expect(broken.rows.open).toBeGreaterThan(0);

    startWorker();
    const survived = await completed(id);
    expect(survived.rows).toEqual(undisturbed.rows);
    expect(survived.rows).toMatchObject({ total: 12_012, leftOut: 12, open: 0 });
    expect(survived.statistics).toEqual(undisturbed.statistics);
    expect(await dumpCampaign(db.pool, survived.campaignId)).toEqual(
      await dumpCampaign(db.pool, undisturbed.campaignId),
    );
  });

  it('becomes a failed upload with a reason when the API is killed in the middle of the file', async () => {
    const dying = await startApi();
    const post = request(new URL('/v1/uploads?campaign=Cut%20off', dying.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
    });
    const ended = once(post, 'error');
    post.write(sampleFile(2_500).csv);
    const received = () => db.prisma.csvUpload.findFirstOrThrow({ where: { campaign: { name: 'Cut off' } } });
    await until(async () => {
      const { id } = await received();
      expect((await report(id)).chunks.total).toBeGreaterThanOrEqual(1);
    });
    await dying.api.end('SIGKILL');
    await ended;
    // Not before: on a busy machine the living API may fall silent for so long.
    startWorker({ SILENT_AFTER_MS: '500' });
    const { id } = await received();
    const failed = await until(async () => {
      const current = await report(id);
      expect(current.status).toBe('FAILED');
      return current;
    });
    expect(failed).toMatchObject({ sealed: false, failure: expect.anything(), chunks: { total: 0 } });
    expect(await db.prisma.pledge.count({ where: { backer: { campaign: { name: 'Cut off' } } } })).toBe(0);

    const again = await completed(await send('Cut off', sampleFile(2_500).csv));
    expect(again.rows.total).toBe(2_500);
  });

  it('is shared by two workers, and one of them finishes its chunk after SIGTERM', async () => {
    const first = startWorker();
    startWorker();
    const id = await send('Shared', sampleFile(8_000).csv);
    await until(async () => expect((await report(id)).chunks.completed).toBeGreaterThanOrEqual(1));
    expect(await first.end('SIGTERM')).toBe(0);
    const done = await completed(id);
    expect(done.rows.imported + done.rows.rejected).toBe(8_000);
  });
});
