import { afterEach, describe, expect, it } from 'vitest';
import type { Database } from '../../client.js';
import {
  addDelivery,
  addEndpoint,
  addMerchant,
  attemptNow,
  attemptRecords,
  claimForSure,
  endLease,
  makeDue,
  makeFailing,
  tryToClaim,
} from '../../test-support/deliveries.js';
import { setUpMerchant } from '../../test-support/set-up-merchant.js';
import { listNotifications } from '../notifications/list-notifications.js';
import { changeSettings, defaultSettings } from '../settings.js';
import { changeEndpoint, readEndpoint } from '../webhooks/endpoints.js';
import type { ClaimedDelivery } from './claim-delivery.js';
import { createTestDelivery } from './create-test-delivery.js';
import { readDelivery } from './list-deliveries.js';
import { type AttemptRecord, recordAttempt } from './record-attempt.js';

let db: Database;
let merchantId: string;
let endpointId: string;

setUpMerchant(6, async (setUp) => {
  ({ db, merchantId } = setUp);
  endpointId = await addEndpoint(db, merchantId);
});

const { delivered, failed, gone, refused } = attemptRecords;
const deliver = () => addDelivery(db, merchantId);
const rowOf = (id: string) =>
  db.prisma.delivery.findUniqueOrThrow({ where: { id }, include: { log: { orderBy: { number: 'asc' } } } });
const endpointNow = () => readEndpoint(db, merchantId, endpointId);

const attempt = (id: string, record: AttemptRecord, delayMs?: number | null) =>
  attemptNow(db, id, record, delayMs);

/** Makes this many failed attempts over three days; after the last one there is no other. */
async function useUp(id: string, attempts = 3) {
  for (let made = 1; made < attempts; made += 1) await attempt(id, failed);
  await makeFailing(db, endpointId, 75);
  return attempt(id, failed, null);
}

/** The messages to the merchant about endpoints. */
async function warnings() {
  const { notifications } = await listNotifications(db, merchantId, { limit: 50 });
  return notifications.filter(({ event }) => event === 'webhook.disabled');
}

describe('an attempt that', () => {
  it('succeeded ends the delivery', async () => {
    const id = await deliver();
    const recorded = await attempt(id, { ...delivered, responseHead: 'thanks', latencyMs: 42 });
    expect(recorded).toEqual({ outcome: 'delivered', next: null, disabled: false });
    expect(await rowOf(id)).toMatchObject({
      status: 'DELIVERED',
      attempts: 1,
      attemptToken: null,
      leaseUntil: null,
      lastError: null,
      finishedAt: expect.any(Date),
      log: [{ number: 1, latencyMs: 42, responseStatus: 204, responseHead: 'thanks', error: null }],
    });
  });

  it('failed is made again after the delay', async () => {
    const id = await deliver();
    const recorded = await attempt(id, failed, 300_000);
    const row = await rowOf(id);
    expect(recorded).toEqual({
      outcome: 'again',
      next: { deliveryId: id, turn: row.dueAt.getTime() },
      disabled: false,
    });
    const { rows } = await db.pool.query<{ seconds: number }>(
      'SELECT extract(epoch FROM due_at - now())::float8 AS seconds FROM delivery WHERE id = $1',
      [id],
    );
    expect(rows[0]?.seconds).toBeGreaterThan(240);
    expect(rows[0]?.seconds).toBeLessThanOrEqual(300.001);
    expect(row).toMatchObject({
      status: 'PENDING',
      attemptToken: null,
      leaseUntil: null,
      lastError: 'It answered 503.',
      finishedAt: null,
      log: [
        { number: 1, latencyMs: 1, responseStatus: 503, responseHead: 'busy', error: 'It answered 503.' },
      ],
    });
    expect(await tryToClaim(db, id)).toEqual({ outcome: 'nothing' });
    expect(await attempt(id, delivered)).toMatchObject({ outcome: 'delivered' });
    expect(await rowOf(id)).toMatchObject({
      status: 'DELIVERED',
      lastError: null,
      log: [{}, { error: null }],
    });
  });

  it.each([
    ['failed for the last time', failed, null],
    ['is refused', refused, 60_000],
    ['is answered with 410', gone, 60_000],
  ])('%s ends the delivery', async (_what, record, delayMs) => {
    const id = await deliver();
    const before = await rowOf(id);
    expect(await attempt(id, record, delayMs)).toMatchObject({ outcome: 'failed', next: null });
    const row = await rowOf(id);
    expect(row).toMatchObject({
      status: 'FAILED',
      attemptToken: null,
      leaseUntil: null,
      lastError: record.error,
      finishedAt: expect.any(Date),
      log: [{ responseStatus: record.responseStatus, error: record.error }],
    });
    expect(row.dueAt.getTime()).toBeLessThanOrEqual(before.dueAt.getTime());
    expect(await tryToClaim(db, id)).toEqual({ outcome: 'nothing' });
  });

  it('has been recorded cannot be recorded again', async () => {
    const id = await deliver();
    const claimed = await claimForSure(db, id);
    await recordAttempt(db, claimed, failed, 60_000);
    const before = await rowOf(id);
    expect(await recordAttempt(db, claimed, delivered, null)).toMatchObject({ outcome: 'lost' });
    expect(await rowOf(id)).toEqual(before);
  });
});

describe('an endpoint', () => {
  it('is failing from the start of its first failed attempt until an attempt succeeds', async () => {
    const [first, second, third] = [await deliver(), await deliver(), await deliver()];
    expect((await endpointNow())?.failingSince).toBeNull();
    await attempt(first, failed);
    const started = (await rowOf(first)).log[0]?.startedAt;
    expect((await endpointNow())?.failingSince).toEqual(started);
    await attempt(second, failed);
    await attempt(first, failed);
    expect((await endpointNow())?.failingSince).toEqual(started);
    await attempt(third, delivered);
    expect(await endpointNow()).toMatchObject({ failingSince: null, disabled: null });
    await attempt(first, failed);
    expect((await endpointNow())?.failingSince).toEqual((await rowOf(first)).log[2]?.startedAt);
  });

  it('is switched off when a message has used up its attempts and no attempt succeeded for two days', async () => {
    const [first, waiting, running] = [await deliver(), await deliver(), await deliver()];
    const test = await createTestDelivery(db, merchantId, endpointId);
    const other = await addEndpoint(db, merchantId);
    const spared = await deliver();
    const inHand = await claimForSure(db, running);
    expect(await useUp(first)).toEqual({ outcome: 'failed', next: null, disabled: true });
    expect((await endpointNow())?.disabled).toEqual({ since: expect.any(Date), reason: 'failing' });
    const [warning, ...others] = await warnings();
    expect(others).toEqual([]);
    expect(warning).toMatchObject({
      uploadId: null,
      facts: { kind: 'endpoint', endpointId, host: 'hooks.example.com', description: '', reason: 'failing' },
      message: expect.stringContaining('hooks.example.com is switched off. Every message to it has failed'),
    });
    expect(warning?.message).not.toContain('secret-path');
    for (const id of [waiting, running]) {
      expect(await rowOf(id)).toMatchObject({
        status: 'FAILED',
        lastError: 'The endpoint was switched off.',
        attemptToken: null,
        leaseUntil: null,
        finishedAt: expect.any(Date),
      });
    }
    expect(await recordAttempt(db, inHand, delivered, null)).toMatchObject({ outcome: 'lost' });
    expect(await rowOf(test?.deliveryId ?? '')).toMatchObject({ status: 'PENDING' });
    expect(await readEndpoint(db, merchantId, other)).toMatchObject({ disabled: null });
    // `spared` goes to one of the two endpoints; the other delivery of its message goes to the other one.
    const { notificationId } = await rowOf(spared);
    const deliveries = await db.prisma.delivery.findMany({ where: { notificationId } });
    expect(new Map(deliveries.map((each) => [each.endpointId, each.status]))).toEqual(
      new Map([
        [endpointId, 'FAILED'],
        [other, 'PENDING'],
      ]),
    );
  });

  it.each([
    [47, false],
    [49, true],
  ])(
    'that has failed for %i hours when a message has used up its attempts: switched off is %s',
    async (hours, disabled) => {
      const id = await deliver();
      await attempt(id, failed);
      await makeFailing(db, endpointId, hours);
      expect(await attempt(id, failed, null)).toEqual({ outcome: 'failed', next: null, disabled });
      expect(await warnings()).toHaveLength(disabled ? 1 : 0);
    },
  );

  it('stays on when an attempt succeeded in between', async () => {
    const [first, second] = [await deliver(), await deliver()];
    await attempt(first, failed);
    await makeFailing(db, endpointId, 75);
    await attempt(second, delivered);
    expect(await attempt(first, failed, null)).toEqual({ outcome: 'failed', next: null, disabled: false });
    expect(await endpointNow()).toMatchObject({ disabled: null, failingSince: expect.any(Date) });
    expect(await warnings()).toEqual([]);
  });

  it('stays on when attempts were used up by workers that were lost, because it never got them', async () => {
    const id = await deliver();
    for (let lost = 0; lost < 9; lost += 1) {
      await makeDue(db, id);
      await claimForSure(db, id);
      await endLease(db, id);
    }
    expect(await attempt(id, failed, null)).toMatchObject({ outcome: 'failed', disabled: false });
  });

  it('is not failing after an attempt that our own process broke off, which is made again at once', async () => {
    const id = await deliver();
    const interrupted = { ...failed, outcome: 'interrupted', error: 'The worker was stopped.' } as const;
    expect(await attempt(id, interrupted, null)).toEqual({
      outcome: 'again',
      next: { deliveryId: id, turn: expect.any(Number) },
      disabled: false,
    });
    expect(await endpointNow()).toMatchObject({ disabled: null, failingSince: null });
    expect((await claimForSure(db, id)).attempt).toBe(2);
  });

  it('is switched off at once when it answers 410', async () => {
    const [first, second] = [await deliver(), await deliver()];
    expect(await attempt(first, gone)).toEqual({ outcome: 'failed', next: null, disabled: true });
    expect((await endpointNow())?.disabled).toMatchObject({ reason: 'gone' });
    expect(await rowOf(second)).toMatchObject({ status: 'FAILED', log: [] });
    expect(await warnings()).toMatchObject([
      { facts: { reason: 'gone' }, message: expect.stringContaining('410 Gone') },
    ]);
  });

  it('is not switched off when its URL is refused, because no request was sent to it', async () => {
    expect(await attempt(await deliver(), refused, null)).toMatchObject({
      outcome: 'failed',
      disabled: false,
    });
    expect(await endpointNow()).toMatchObject({ disabled: null, failingSince: null });
    expect(await warnings()).toEqual([]);
  });

  it('that the merchant has switched off is not switched off again', async () => {
    const claimed = await claimForSure(db, await deliver());
    await changeEndpoint(db, merchantId, endpointId, { enabled: false });
    expect(await recordAttempt(db, claimed, gone, null)).toMatchObject({
      outcome: 'failed',
      disabled: false,
    });
    expect((await endpointNow())?.disabled).toMatchObject({ reason: 'by_hand' });
    expect(await warnings()).toEqual([]);
  });

  it.each([
    ['fails', failed],
    ['is gone', gone],
    ['does well', delivered],
  ])('with a new URL is not changed by an attempt at the old one that %s', async (_what, record) => {
    const [first, second, third] = [await deliver(), await deliver(), await deliver()];
    const [old, older] = [await claimForSure(db, first), await claimForSure(db, third)];
    const changed = await changeEndpoint(db, merchantId, endpointId, { url: 'https://new.example.com/' });
    expect(await recordAttempt(db, older, record, 60_000)).toMatchObject({ disabled: false });
    expect(await endpointNow()).toEqual(changed);
    await attempt(second, failed);
    const before = await endpointNow();
    expect(await recordAttempt(db, old, record, null)).toMatchObject({ disabled: false });
    expect(await endpointNow()).toEqual(before);
  });

  it('with a new URL starts without failures', async () => {
    const id = await deliver();
    await attempt(id, failed);
    await changeEndpoint(db, merchantId, endpointId, { description: 'the same' });
    await changeEndpoint(db, merchantId, endpointId, { url: 'https://hooks.example.com/secret-path' });
    expect((await endpointNow())?.failingSince).not.toBeNull();
    await changeEndpoint(db, merchantId, endpointId, { url: 'https://new.example.com/' });
    expect((await endpointNow())?.failingSince).toBeNull();
    expect(await attempt(id, failed, null)).toMatchObject({ disabled: false });
  });

  it.each(Object.values(attemptRecords))(
    'is not changed by a test event that is $outcome',
    async (record) => {
      await attempt(await deliver(), failed);
      const before = await endpointNow();
      const test = await createTestDelivery(db, merchantId, endpointId);
      expect(await attempt(test?.deliveryId ?? '', record, null)).toMatchObject({
        outcome: record === delivered ? 'delivered' : 'failed',
        disabled: false,
      });
      expect(await endpointNow()).toEqual(before);
      expect(await warnings()).toEqual([]);
    },
  );
});

it.each(Object.values(attemptRecords))('a mail that is $outcome switches nothing off', async (record) => {
  const withMail = await addMerchant(db);
  await changeSettings(db, withMail, { ...defaultSettings, email: 'ada@example.com' });
  const id = await addDelivery(db, withMail);
  expect(await attempt(id, record, null)).toMatchObject({ disabled: false });
  expect(await rowOf(id)).toMatchObject({ status: record === delivered ? 'DELIVERED' : 'FAILED', log: [{}] });
  expect((await listNotifications(db, withMail, { limit: 10 })).notifications).toHaveLength(1);
});

describe('what an attempt changes', () => {
  afterEach(() => db.pool.query('DROP FUNCTION IF EXISTS spoil CASCADE'));

  it.each([
    ['the answer is 410', gone, 1],
    ['its attempts are used up', failed, 3],
  ])('is written together or not at all when %s', async (_what, record, attempts) => {
    const [first, waiting] = [await deliver(), await deliver()];
    for (let made = 1; made < attempts; made += 1) await attempt(first, failed);
    await makeFailing(db, endpointId, 75);
    await makeDue(db, first);
    const claimed: ClaimedDelivery = await claimForSure(db, first);
    const before = [await rowOf(first), await rowOf(waiting), await endpointNow()];
    await db.pool.query(
      `CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room'; END $$`,
    );
    await db.pool.query(
      'CREATE TRIGGER spoil BEFORE INSERT ON notification FOR EACH ROW EXECUTE FUNCTION spoil()',
    );
    await expect(recordAttempt(db, claimed, record, null)).rejects.toThrow('no room');
    expect([await rowOf(first), await rowOf(waiting), await endpointNow()]).toEqual(before);
    await db.pool.query('DROP FUNCTION spoil CASCADE');
    expect(await recordAttempt(db, claimed, record, null)).toMatchObject({ disabled: true });
    expect(await warnings()).toHaveLength(1);
    expect((await readDelivery(db, merchantId, endpointId, waiting))?.status).toBe('FAILED');
  });
});
