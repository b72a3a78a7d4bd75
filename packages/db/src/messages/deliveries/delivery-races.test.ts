import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../client.js';
import {
  addDelivery,
  addEndpoint,
  addMerchant,
  addNotification,
  attemptRecords,
  claimForSure,
  makeDue,
  makeFailing,
} from '../../test-support/deliveries.js';
import { openTestDatabase } from '../../test-support/open-test-database.js';
import { markAllRead } from '../notifications/list-notifications.js';
import { changeEndpoint, deleteEndpoint, readEndpoint } from '../webhooks/endpoints.js';
import { type ClaimedDelivery, claimDelivery } from './claim-delivery.js';
import { createTestDelivery } from './create-test-delivery.js';
import { listDeliveries } from './list-deliveries.js';
import { type AttemptRecord, recordAttempt } from './record-attempt.js';
import { replayDelivery, replayFailed } from './replay-delivery.js';
import { routeNotifications } from './route-notifications.js';

const ROUNDS = 15;

let db: Database;
let close: () => Promise<void>;
let merchantId: string;

beforeAll(async () => {
  ({ db, close } = await openTestDatabase(inject('testPostgres'), 16));
  // Opens all connections now, so that no participant of a race has to wait for one.
  await Promise.all(Array.from({ length: 16 }, () => db.pool.query('SELECT pg_sleep(0.05)')));
});

beforeEach(async () => {
  merchantId = await addMerchant(db);
});

afterAll(() => close());

const { delivered, failed, gone, refused } = attemptRecords;
const claimOptions = { leaseMs: 60_000, perEndpoint: 100, perMerchant: 100 };

/** Runs the participants at once. In each round another one starts later (by round trips, not by time). None may fail. */
async function race<T>(round: number, ...runners: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  return Promise.all(
    runners.map(async (run, index) => {
      for (let trip = (round * (index + 1)) % 5; trip > 0; trip -= 1) await db.pool.query('SELECT 1');
      return run();
    }),
  );
}

const rounds = Array.from({ length: ROUNDS }, (_, round) => round);

async function deliver(count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  while (ids.length < count) ids.push(await addDelivery(db, merchantId));
  return ids;
}

/** Checks that the deliveries of the merchant are in a legal state. */
async function expectLegal(): Promise<void> {
  const { rows } = await db.pool.query(
    `SELECT d.id, d.status, d.attempts, d.attempt_token, d.lease_until, d.finished_at FROM delivery d
     WHERE d.merchant_id = $1 AND (
       (d.attempt_token IS NULL) <> (d.lease_until IS NULL)
       OR (d.status <> 'PENDING' AND d.attempt_token IS NOT NULL)
       OR (d.status = 'PENDING') <> (d.finished_at IS NULL)
       OR d.attempts <> (SELECT count(*) FROM delivery_attempt WHERE delivery_id = d.id)
       OR d.attempts_before > d.attempts)`,
    [merchantId],
  );
  expect(rows).toEqual([]);
}

const warnings = () => db.prisma.notification.count({ where: { merchantId, event: 'webhook.disabled' } });

describe('attempts at one endpoint that end at the same time', () => {
  it.each([
    ['are all answered with 410', [gone, gone, gone, gone, gone, gone]],
    ['all use up their deliveries', [failed, failed, failed, failed, failed, failed]],
    ['have different results', [gone, delivered, failed, refused, delivered, gone]],
  ])('and %s switch it off at most once, with one message', async (_what, records) => {
    for (const round of rounds) {
      const endpointId = await addEndpoint(db, merchantId);
      await makeFailing(db, endpointId, 75);
      const before = await warnings();
      const ids = await deliver(records.length);
      const claimed: ClaimedDelivery[] = [];
      for (const id of ids) claimed.push(await claimForSure(db, id));
      const recorded = await race(
        round,
        ...records.map((record: AttemptRecord, index) => async () => {
          const delivery = claimed[index];
          if (!delivery) throw new Error('There is a claim for each record');
          return recordAttempt(db, delivery, record, null);
        }),
      );
      const disabling = recorded.filter(({ disabled }) => disabled).length;
      const isOff = (await readEndpoint(db, merchantId, endpointId))?.disabled !== null;
      expect(disabling).toBe(isOff ? 1 : 0);
      expect(isOff).toBe(true);
      expect((await warnings()) - before).toBe(1);
      const { deliveries } = await listDeliveries(db, merchantId, endpointId, { limit: 50 });
      expect(deliveries.map(({ status }) => status)).not.toContain('PENDING');
      const done = recorded.filter(({ outcome }) => outcome === 'delivered').length;
      expect(deliveries.filter(({ status }) => status === 'DELIVERED')).toHaveLength(done);
      await expectLegal();
      await deleteEndpoint(db, merchantId, endpointId);
    }
  });
});

describe('deleting an endpoint', () => {
  it('races with everything that its deliveries do: nothing fails, and nothing of the endpoint is left', async () => {
    for (const round of rounds) {
      const endpointId = await addEndpoint(db, merchantId);
      const ids = await deliver(8);
      const [first = '', second = '', third = '', fourth = '', fifth = '', sixth = '', ...others] = ids;
      const [one, two, three] = [
        await claimForSure(db, first),
        await claimForSure(db, second),
        await claimForSure(db, third),
      ];
      for (const id of others) await recordAttempt(db, await claimForSure(db, id), refused, null);
      await addNotification(db, merchantId);
      await race<unknown>(
        round,
        () => deleteEndpoint(db, merchantId, endpointId),
        () => recordAttempt(db, one, delivered, null),
        () => recordAttempt(db, two, failed, 1_000),
        () => recordAttempt(db, three, gone, null),
        () => claimDelivery(db, fourth, claimOptions),
        () => claimDelivery(db, fifth, claimOptions),
        () => replayDelivery(db, merchantId, endpointId, sixth),
        () => replayFailed(db, merchantId, endpointId, new Date(0)),
        () => createTestDelivery(db, merchantId, endpointId),
        () => routeNotifications(db, { limit: 100, email: false }),
        () => changeEndpoint(db, merchantId, endpointId, { enabled: true }),
      );
      await expectLegal();
      expect(await readEndpoint(db, merchantId, endpointId)).toBeNull();
      expect(await db.prisma.delivery.count({ where: { endpointId } })).toBe(0);
      expect(await createTestDelivery(db, merchantId, endpointId)).toBeNull();
    }
  });
});

describe('the row of the merchant is locked first, before any other,', () => {
  /** Runs a change while another transaction locks the merchant's row. Returns whether the change waited for that, without a lock on a delivery. */
  async function waitsForMerchant(run: () => Promise<unknown>): Promise<boolean> {
    const holder = await db.pool.connect();
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM merchant WHERE id = $1 FOR NO KEY UPDATE', [merchantId]);
      let hasEnded = false;
      const running = run().finally(() => {
        hasEnded = true;
      });
      let isWaiting = false;
      while (!hasEnded && !isWaiting) {
        const { rows } = await holder.query<{ waiting: boolean }>(
          'SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))) AS waiting',
        );
        isWaiting = rows[0]?.waiting ?? false;
      }
      if (isWaiting) {
        const sql = 'SELECT 1 FROM delivery WHERE merchant_id = $1 FOR UPDATE NOWAIT';
        await holder.query(sql, [merchantId]);
      }
      await holder.query('COMMIT');
      await running;
      return isWaiting;
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
  }

  const changes: Readonly<
    Record<string, (endpointId: string, id: string) => Promise<() => Promise<unknown>>>
  > = {
    'by a claim': async (_, id) => () => claimDelivery(db, id, claimOptions),
    'by a record': async (_, id) => {
      const delivery = await claimForSure(db, id);
      return () => recordAttempt(db, delivery, gone, null);
    },
    'by a replay': async (endpointId, id) => () => replayDelivery(db, merchantId, endpointId, id),
    'by a replay of all that failed': async (endpointId, id) => {
      await recordAttempt(db, await claimForSure(db, id), refused, null);
      return () => replayFailed(db, merchantId, endpointId, new Date(0));
    },
    'by a deletion': async (endpointId) => () => deleteEndpoint(db, merchantId, endpointId),
  };
  it.each(Object.entries(changes))('%s', async (_what, prepare) => {
    const endpointId = await addEndpoint(db, merchantId);
    const [id = ''] = await deliver(2);
    expect(await waitsForMerchant(await prepare(endpointId, id))).toBe(true);
  });
});

describe('replays', () => {
  it('race with claims and each other: a delivery that is under way is not replayed, and none is made twice', async () => {
    const endpointId = await addEndpoint(db, merchantId);
    for (const round of rounds) {
      const [id = ''] = await deliver(1);
      await makeDue(db, id);
      await race<unknown>(
        round,
        () => claimDelivery(db, id, claimOptions),
        () => replayDelivery(db, merchantId, endpointId, id),
        () => replayDelivery(db, merchantId, endpointId, id),
        () => claimDelivery(db, id, claimOptions),
      );
      await expectLegal();
      expect(await db.prisma.deliveryAttempt.count({ where: { deliveryId: id } })).toBeLessThanOrEqual(1);
    }
  });

  it('of all failed deliveries race with each other and with the deletion of the endpoint: nothing fails', async () => {
    for (const round of rounds) {
      const endpointId = await addEndpoint(db, merchantId);
      const [last = '', ...ids] = await deliver(10);
      for (const id of ids) await recordAttempt(db, await claimForSure(db, id), refused, null);
      const inHand = await claimForSure(db, last);
      await race<unknown>(
        round,
        () => replayFailed(db, merchantId, endpointId, new Date(0)),
        () => recordAttempt(db, inHand, gone, null),
        () => replayFailed(db, merchantId, endpointId, new Date(0)),
      );
      await expectLegal();
      await deleteEndpoint(db, merchantId, endpointId);
    }
  });
});

it('messages can be marked as read while they are routed, by several processes at once', async () => {
  await addEndpoint(db, merchantId);
  for (const round of rounds) {
    for (let index = 0; index < 5; index += 1) await addNotification(db, merchantId);
    await race<unknown>(
      round,
      () => markAllRead(db, merchantId),
      () => routeNotifications(db, { limit: 3, email: false }),
      () => markAllRead(db, merchantId),
      () => routeNotifications(db, { limit: 3, email: false }),
    );
    expect(await markAllRead(db, merchantId)).toBe(0);
  }
});
