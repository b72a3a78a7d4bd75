import { beforeEach, describe, expect, inject, it } from 'vitest';
import { createDatabase, type Database } from '../../client.js';
import { createApiKey } from '../../keys/api-keys.js';
import { receiveCsv } from '../../test-support/receive-csv.js';
import { cloneDatabase } from '../../test-support/template-database.js';
import { claimFairestChunk, createTurns } from './claim-fairest-chunk.js';
import { releaseChunk } from './release-chunk.js';

const patience = { leaseMs: 60_000, isRetry: false, suspects: false };

let db: Database;
beforeEach(async () => {
  const clone = await cloneDatabase(inject('testPostgres'));
  db = createDatabase({ connectionString: clone.url, maxConnections: 4 });
  return async () => {
    await db.close();
    await clone.drop();
  };
});

async function receive(merchantId: string, rows: number) {
  const lines = Array.from({ length: rows }, (_, n) => `A${n},Ada,ada${n}@example.com,5.00,USD`);
  const csv = ['Order ID,Name,Email,Amount,Currency', ...lines, ''].join('\n');
  return receiveCsv(db, { merchantId, campaign: 'Lamp', csv, chunkRows: 1 });
}

describe('a job', () => {
  it('claims chunks of the merchants in turn, whichever chunk it names', async () => {
    const { merchantId: large } = await createApiKey(db, 'Large', 'test');
    const { merchantId: small } = await createApiKey(db, 'Small', 'test');
    const first = await receive(large, 5);
    const second = await receive(small, 2);
    const turns = createTurns();
    const uploads: string[] = [];
    for (const chunkId of [...first.chunkIds, ...second.chunkIds]) {
      const chunk = await claimFairestChunk(db, chunkId, turns, patience);
      uploads.push(chunk?.uploadId ?? 'none');
    }
    const [a, b] = [first.id, second.id];
    expect(uploads).toEqual([a, b, a, b, a, a, a]);
    expect(await claimFairestChunk(db, first.chunkIds[0] ?? '', turns, patience)).toBeNull();
  });

  it('lets a chunk rest that has just failed, unless the job is its own or was tried before', async () => {
    const { merchantId } = await createApiKey(db, 'Ada', 'test');
    const { chunkIds } = await receive(merchantId, 2);
    const [one = '', two = ''] = chunkIds;
    const turns = createTurns();
    const failed = await claimFairestChunk(db, one, turns, patience);
    if (failed === null) throw new Error('Nothing was claimed');
    await releaseChunk(db, failed, { reason: 'x', maxAttempts: 5 });
    expect((await claimFairestChunk(db, two, turns, patience))?.id).toBe(two);
    expect(await claimFairestChunk(db, two, turns, patience)).toBeNull();
    const again = await claimFairestChunk(db, one, turns, patience);
    if (again === null) throw new Error('Nothing was claimed');
    await releaseChunk(db, again, { reason: 'x', maxAttempts: 5 });
    expect((await claimFairestChunk(db, two, turns, { ...patience, isRetry: true }))?.id).toBe(one);
  });
});
