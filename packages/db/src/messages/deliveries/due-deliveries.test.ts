import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../client.js';
import {
  addDeliveries,
  addDelivery,
  addEndpoint,
  addMerchant,
  attemptRecords,
  claimForSure,
  endLease,
  makeDue,
  makeFailing,
} from '../../test-support/deliveries.js';
import { setUpMerchant } from '../../test-support/set-up-merchant.js';
import { changeSettings, defaultSettings } from '../settings.js';
import { deleteEndpoint } from '../webhooks/endpoints.js';
import { type DueOptions, findDueDeliveries, findNextDeliveries } from './due-deliveries.js';
import { recordAttempt } from './record-attempt.js';

let db: Database;
let merchantId: string;

setUpMerchant(4, async (setUp) => {
  ({ db, merchantId } = setUp);
  // Deliveries of an earlier test would be found as well.
  await db.pool.query('DELETE FROM delivery');
});

async function due(options: Partial<DueOptions> = {}): Promise<readonly string[]> {
  const found = await findDueDeliveries(db, { overdueMs: 30_000, limit: 100, perReceiver: 100, ...options });
  return found.map(({ deliveryId }) => deliveryId);
}

/** A delivery to the merchant's first endpoint that is overdue by this many seconds. */
async function overdue(seconds: number, of = merchantId): Promise<string> {
  const id = await addDelivery(db, of);
  await makeDue(db, id, seconds);
  return id;
}

describe('overdue deliveries', () => {
  it('are found when they are overdue for long enough, the oldest of a receiver first', async () => {
    await addEndpoint(db, merchantId);
    const [short, long, longer] = [await overdue(20), await overdue(60), await overdue(90)];
    await overdue(-60);
    const done = await overdue(60);
    await recordAttempt(db, await claimForSure(db, done), attemptRecords.delivered, null);
    expect(await due()).toEqual([longer, long]);
    expect(await due({ overdueMs: 10_000 })).toEqual([longer, long, short]);
    expect(await due({ limit: 1 })).toEqual([longer]);
  });

  it('have the turn of their next attempt', async () => {
    await addEndpoint(db, merchantId);
    const id = await overdue(60);
    const { dueAt } = await db.prisma.delivery.findUniqueOrThrow({ where: { id } });
    const options = { overdueMs: 0, limit: 10, perReceiver: 10 };
    expect(await findDueDeliveries(db, options)).toEqual([{ deliveryId: id, turn: dueAt.getTime() }]);
  });

  it('are not found while a worker has a lease on them', async () => {
    await addEndpoint(db, merchantId);
    const id = await overdue(60);
    await claimForSure(db, id);
    expect(await due()).toEqual([]);
    await endLease(db, id);
    expect(await due()).toEqual([id]);
  });

  it('are limited per receiver, so that none delays the others', async () => {
    const other = await addMerchant(db);
    await addEndpoint(db, merchantId);
    await addEndpoint(db, other);
    const many = [await overdue(100), await overdue(99), await overdue(98), await overdue(97)];
    const [one, two] = [await overdue(50, other), await overdue(40, other)];
    expect(await due({ perReceiver: 2 })).toEqual([many[0], one, many[1], two]);
    expect(await due({ perReceiver: 1, limit: 2 })).toEqual([many[0], one]);
  });

  it('are the oldest only of an endpoint that fails', async () => {
    const endpointId = await addEndpoint(db, merchantId);
    const [, oldest] = [await overdue(60), await overdue(90)];
    await makeFailing(db, endpointId, 1);
    expect(await due()).toEqual([oldest]);
  });

  it('count two endpoints and the mailbox of a merchant as three receivers', async () => {
    await addEndpoint(db, merchantId);
    await addEndpoint(db, merchantId);
    await changeSettings(db, merchantId, { ...defaultSettings, email: 'ada@example.com' });
    for (let index = 0; index < 3; index += 1) {
      for (const id of await addDeliveries(db, merchantId)) await makeDue(db, id, 60);
    }
    expect(await due()).toHaveLength(9);
    expect(await due({ perReceiver: 1 })).toHaveLength(3);
  });
});

describe('the next deliveries after an attempt', () => {
  it('are the first few of each receiver of the same merchant that are due, as many as have room', async () => {
    const other = await addMerchant(db);
    await addEndpoint(db, merchantId);
    await addEndpoint(db, merchantId);
    await addEndpoint(db, other);
    await changeSettings(db, merchantId, { ...defaultSettings, email: 'ada@example.com' });
    const [done = '', second = '', mail = ''] = await addDeliveries(db, merchantId);
    const [later = '', secondLater = '', mailLater = ''] = await addDeliveries(db, merchantId);
    await overdue(60, other);
    for (const id of [second, secondLater, mail]) await makeDue(db, id, 10);
    for (const id of [second, later]) await makeDue(db, id, 20);
    await makeDue(db, mailLater, -60);
    await recordAttempt(db, await claimForSure(db, done), attemptRecords.delivered, null);
    const next = await findNextDeliveries(db, done, { perEndpoint: 1, perMerchant: 5 });
    expect(new Set(next.map(({ deliveryId }) => deliveryId))).toEqual(new Set([later, second, mail]));
    const more = await findNextDeliveries(db, done, { perEndpoint: 2, perMerchant: 5 });
    expect(more.map(({ deliveryId }) => deliveryId).slice(3)).toEqual([secondLater]);
    expect(await findNextDeliveries(db, done, { perEndpoint: 2, perMerchant: 2 })).toHaveLength(2);
    await claimForSure(db, mail);
    expect(await findNextDeliveries(db, done, { perEndpoint: 2, perMerchant: 2 })).toHaveLength(1);
  });

  it('do not include one that another worker has claimed', async () => {
    await addEndpoint(db, merchantId);
    const [done, taken, free] = [await overdue(30), await overdue(20), await overdue(10)];
    await claimForSure(db, taken);
    await recordAttempt(db, await claimForSure(db, done), attemptRecords.delivered, null);
    const atOnce = { perEndpoint: 2, perMerchant: 5 };
    expect(await findNextDeliveries(db, done, atOnce)).toMatchObject([{ deliveryId: free }]);
    expect(await findNextDeliveries(db, done, { ...atOnce, perEndpoint: 1 })).toEqual([]);
    await claimForSure(db, free);
    expect(await findNextDeliveries(db, done, atOnce)).toEqual([]);
    await endLease(db, taken);
    expect(await findNextDeliveries(db, done, atOnce)).toMatchObject([{ deliveryId: taken }]);
  });

  it('are none to an endpoint that fails, until it takes a delivery again', async () => {
    const endpointId = await addEndpoint(db, merchantId);
    const [done, waiting] = [await overdue(30), await overdue(20)];
    await makeFailing(db, endpointId, 1);
    const atOnce = { perEndpoint: 2, perMerchant: 5 };
    expect(await findNextDeliveries(db, done, atOnce)).toEqual([]);
    await recordAttempt(db, await claimForSure(db, done), attemptRecords.delivered, null);
    expect(await findNextDeliveries(db, done, atOnce)).toMatchObject([{ deliveryId: waiting }]);
  });

  it('are none after a delivery that was deleted', async () => {
    const endpointId = await addEndpoint(db, merchantId);
    const id = await overdue(10);
    await deleteEndpoint(db, merchantId, endpointId);
    expect(await findNextDeliveries(db, id, { perEndpoint: 1, perMerchant: 1 })).toEqual([]);
    expect(await findNextDeliveries(db, randomUUID(), { perEndpoint: 1, perMerchant: 1 })).toEqual([]);
  });
});
