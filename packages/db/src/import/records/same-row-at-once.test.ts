import { expect, it, vi } from 'vitest';
import type { Database } from '../../client.js';
import { receiveCsv } from '../../test-support/receive-csv.js';
import { setUpMerchant } from '../../test-support/set-up-merchant.js';
import { claimChunk } from '../chunks/claim-chunk.js';
import { completeChunk } from '../chunks/complete-chunk.js';
import { mapChunk } from '../chunks/map-chunk.js';

let db: Database;
let merchantId: string;
setUpMerchant(6, (setUp) => {
  ({ db, merchantId } = setUp);
});

const csvOf = (name: string) =>
  [
    'Backer Number,Backer UID,Backer Name,Email,Pledge Amount,Pledged Status',
    ...Array.from({ length: 20 }, (_, n) => `${n},${1_000 + n},${name},a${n}@example.com,$25.00,collected`),
    '',
  ].join('\n');

async function claimOf(campaign: string, name: string) {
  const { id } = await receiveCsv(db, { merchantId, campaign, csv: csvOf(name), chunkRows: 100 });
  const { id: chunkId } = await db.prisma.csvUploadChunk.findFirstOrThrow({ where: { uploadId: id } });
  const chunk = await claimChunk(db, chunkId, { leaseMs: 60_000 });
  if (chunk === null) throw new Error('Nobody else claims chunks here');
  return chunk;
}

/** How many connections to this database wait for a lock. */
async function countWaiting(): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows[0]?.count ?? 0;
}

it.each([
  ['older', 0],
  ['newer', 1],
] as const)(
  'Of two transactions that insert the same rows, the second one waits and merges: the newer upload wins, when the %s one is first',
  async (what, firstAt) => {
    const campaign = `Race ${what}`;
    const claimed = [await claimOf(campaign, 'Older'), await claimOf(campaign, 'Newer')] as const;
    const first = claimed[firstAt];
    const second = claimed[firstAt === 0 ? 1 : 0];
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    // The rows of the first one are inserted, and not committed.
    const reached = vi.fn();
    const pausing: Database = {
      ...db,
      faultPoint: async (point) => {
        if (point !== 'chunk.written') return;
        reached();
        await held;
      },
    };
    const writing = completeChunk(pausing, first, await mapChunk(first, []));
    await vi.waitFor(() => expect(reached).toHaveBeenCalled(), { timeout: 20_000, interval: 10 });
    const waiting = completeChunk(db, second, await mapChunk(second, []));
    await vi.waitFor(async () => expect(await countWaiting()).toBe(1), { timeout: 20_000, interval: 10 });
    goOn();
    await Promise.all([writing, waiting]);
    const backers = await db.prisma.backer.findMany({ where: { campaign: { name: campaign } } });
    expect(backers).toHaveLength(20);
    expect(new Set(backers.map(({ name }) => name))).toEqual(new Set(['Newer']));
    expect(await db.prisma.pledge.count({ where: { campaignId: first.campaignId } })).toBe(20);
  },
);
