import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../client.js';
import { addFailedUpload } from '../../test-support/add-failed-upload.js';
import {
  addDeliveries,
  addDelivery,
  addEndpoint,
  addMerchant,
  attemptRecords,
  claimForSure,
  endLease,
  makeDue,
  tryToClaim,
} from '../../test-support/deliveries.js';
import { setUpMerchant } from '../../test-support/set-up-merchant.js';
import { changeSettings, defaultSettings } from '../settings.js';
import { changeEndpoint, rotateSecret } from '../webhooks/endpoints.js';
import { createTestDelivery } from './create-test-delivery.js';
import { readDelivery } from './list-deliveries.js';
import { recordAttempt } from './record-attempt.js';
import { routeNotifications } from './route-notifications.js';

let db: Database;
let merchantId: string;

setUpMerchant(20, (setUp) => {
  ({ db, merchantId } = setUp);
});

const nothing = { outcome: 'nothing' };
const rowOf = (id: string) => db.prisma.delivery.findUniqueOrThrow({ where: { id }, include: { log: true } });

describe('a claim', () => {
  it('returns a delivery with its message and its receiver', async () => {
    const endpointId = await addEndpoint(db, merchantId);
    const uploadId = await addFailedUpload(db, merchantId, 'a.csv');
    await routeNotifications(db, { limit: 100, email: true });
    const notification = await db.prisma.notification.findFirstOrThrow({ where: { uploadId } });
    const { id } = await db.prisma.delivery.findFirstOrThrow({ where: { endpointId } });
    const delivery = await claimForSure(db, id);
    expect(delivery).toEqual({
      id,
      token: expect.any(String),
      attempt: 1,
      attemptOfRound: 1,
      startedAt: expect.any(Date),
      message: {
        event: 'upload.failed',
        createdAt: notification.createdAt,
        notificationId: notification.id,
        uploadId,
        message: notification.message,
        facts: notification.facts,
      },
      receiver: {
        channel: 'webhook',
        endpointId,
        url: 'https://hooks.example.com/secret-path',
        secrets: ['whsec_first'],
      },
    });
    const row = await rowOf(id);
    expect(row).toMatchObject({ status: 'PENDING', attempts: 1, attemptToken: delivery.token });
    expect(row.log).toMatchObject([{ number: 1, latencyMs: null, responseStatus: null, error: null }]);
    expect((row.leaseUntil?.getTime() ?? 0) - Date.now()).toBeGreaterThan(50_000);
  });

  it('returns a message without facts, as an older release wrote it', async () => {
    await addEndpoint(db, merchantId);
    const { message } = await claimForSure(db, await addDelivery(db, merchantId));
    expect(message).toMatchObject({ message: 'It is done.', facts: null, uploadId: null });
  });

  it('returns a mail with the current settings, also when the address was corrected', async () => {
    await changeSettings(db, merchantId, { email: 'aad@example.com' });
    const id = await addDelivery(db, merchantId);
    const corrected = { email: 'ada@example.com', locale: 'de-AT', timeZone: 'Europe/Vienna' };
    await changeSettings(db, merchantId, corrected);
    expect((await claimForSure(db, id)).receiver).toEqual({
      channel: 'email',
      address: 'ada@example.com',
      locale: 'de-AT',
      timeZone: 'Europe/Vienna',
    });
  });

  it.each([
    ['mail', { email: null }],
    ['this event by mail', { channels: { 'upload.completed': ['webhook' as const] } }],
  ])('fails the delivery of a mail when the merchant does not want %s any more', async (_what, change) => {
    await changeSettings(db, merchantId, { email: 'ada@example.com' });
    const id = await addDelivery(db, merchantId);
    await changeSettings(db, merchantId, change);
    expect(await tryToClaim(db, id)).toEqual(nothing);
    expect(await rowOf(id)).toMatchObject({
      status: 'FAILED',
      attempts: 0,
      lastError: expect.stringContaining('not want'),
    });
  });

  it('leaves the first attempt at an endpoint that fails to the sweep, and no other attempt', async () => {
    const endpointId = await addEndpoint(db, merchantId);
    const [failed, waiting] = [await addDelivery(db, merchantId), await addDelivery(db, merchantId)];
    await recordAttempt(db, await claimForSure(db, failed), attemptRecords.failed, 1);
    const restMs = 20_000;
    expect(await tryToClaim(db, waiting, { restMs })).toEqual(nothing);
    await makeDue(db, failed);
    expect(await tryToClaim(db, failed, { restMs })).toMatchObject({ outcome: 'claimed' });
    const test = await createTestDelivery(db, merchantId, endpointId);
    expect(await tryToClaim(db, test?.deliveryId ?? '', { restMs })).toMatchObject({ outcome: 'claimed' });
    await endLease(db, failed);
    await makeDue(db, waiting, 21);
    expect(await tryToClaim(db, waiting, { restMs })).toMatchObject({ outcome: 'claimed' });
  });

  it('succeeds once when two workers claim the same delivery', async () => {
    await addEndpoint(db, merchantId);
    for (let round = 0; round < 10; round += 1) {
      const id = await addDelivery(db, merchantId);
      const claims = await Promise.all([tryToClaim(db, id), tryToClaim(db, id)]);
      expect(claims.map(({ outcome }) => outcome).toSorted()).toEqual(['claimed', 'nothing']);
      expect(await rowOf(id)).toMatchObject({ attempts: 1, log: [{ number: 1 }] });
    }
  });

  it('finds nothing when the delivery does not exist or is not due', async () => {
    expect(await tryToClaim(db, randomUUID())).toEqual(nothing);
    await addEndpoint(db, merchantId);
    const id = await addDelivery(db, merchantId);
    await makeDue(db, id, -60);
    expect(await tryToClaim(db, id)).toEqual(nothing);
    expect(await rowOf(id)).toMatchObject({ attempts: 0, log: [] });
  });

  it.each(['delivered', 'refused'] as const)('finds nothing in a delivery that is %s', async (outcome) => {
    await addEndpoint(db, merchantId);
    const id = await addDelivery(db, merchantId);
    await recordAttempt(db, await claimForSure(db, id), attemptRecords[outcome], null);
    await makeDue(db, id);
    expect(await tryToClaim(db, id)).toEqual(nothing);
  });

  it('finds nothing while a lease runs, and counts on when the lease has run out', async () => {
    const endpointId = await addEndpoint(db, merchantId);
    const id = await addDelivery(db, merchantId);
    const lost = await claimForSure(db, id);
    expect(await tryToClaim(db, id)).toEqual(nothing);
    await endLease(db, id);
    const next = await claimForSure(db, id);
    expect(next).toMatchObject({ attempt: 2, attemptOfRound: 2, message: lost.message });
    expect(next.token).not.toBe(lost.token);
    const before = await rowOf(id);
    for (const record of Object.values(attemptRecords)) {
      expect(await recordAttempt(db, lost, record, 1_000)).toEqual({
        outcome: 'lost',
        next: null,
        disabled: false,
      });
    }
    expect(await rowOf(id)).toEqual(before);
    expect(await db.prisma.webhookEndpoint.findUniqueOrThrow({ where: { id: endpointId } })).toMatchObject({
      failingSince: null,
      disabledAt: null,
    });
    expect(await recordAttempt(db, next, attemptRecords.delivered, null)).toMatchObject({
      outcome: 'delivered',
    });
    expect((await readDelivery(db, merchantId, endpointId, id))?.attempts).toMatchObject([
      { number: 1, latencyMs: null },
      { number: 2, latencyMs: 1, responseStatus: 204 },
    ]);
  });
});

describe('the number of attempts at the same time', () => {
  /** Claims all of them at once. Returns how many were claimed; the others were `busy`. */
  async function claimAll(ids: readonly string[], perEndpoint: number, perMerchant: number): Promise<number> {
    const claims = await Promise.all(ids.map((id) => tryToClaim(db, id, { perEndpoint, perMerchant })));
    const outcomes = claims.map(({ outcome }) => outcome);
    expect(outcomes).not.toContain('nothing');
    return outcomes.filter((outcome) => outcome === 'claimed').length;
  }

  it('has a limit per endpoint that holds for twenty claims at once', async () => {
    const endpoints = [await addEndpoint(db, merchantId), await addEndpoint(db, merchantId)];
    const ids: string[] = [];
    for (let index = 0; index < 10; index += 1) ids.push(...(await addDeliveries(db, merchantId)));
    expect(ids).toHaveLength(20);
    expect(await claimAll(ids, 2, 100)).toBe(4);
    for (const endpointId of endpoints) {
      expect(await db.prisma.delivery.count({ where: { endpointId, leaseUntil: { not: null } } })).toBe(2);
    }
  });

  it('has a limit per merchant, mails included, that holds for twenty claims at once and does not affect other merchants', async () => {
    await addEndpoint(db, merchantId);
    await changeSettings(db, merchantId, { ...defaultSettings, email: 'ada@example.com' });
    const ids: string[] = [];
    for (let index = 0; index < 10; index += 1) ids.push(...(await addDeliveries(db, merchantId)));
    const other = await addMerchant(db);
    await addEndpoint(db, other);
    const theirs = await addDelivery(db, other);
    const [claimed, claimOfOther] = await Promise.all([
      claimAll(ids, 100, 5),
      tryToClaim(db, theirs, { perEndpoint: 1, perMerchant: 1 }),
    ]);
    expect(claimed).toBe(5);
    expect(claimOfOther.outcome).toBe('claimed');
  });

  it('allows another one when an attempt has ended, or its lease has run out', async () => {
    await addEndpoint(db, merchantId);
    const [first = '', second = '', third = ''] = [
      await addDelivery(db, merchantId),
      await addDelivery(db, merchantId),
      await addDelivery(db, merchantId),
    ];
    const one = { perEndpoint: 1, perMerchant: 10 };
    const delivery = await claimForSure(db, first);
    expect(await tryToClaim(db, second, one)).toEqual({ outcome: 'busy' });
    expect(await rowOf(second)).toMatchObject({ attempts: 0, attemptToken: null, log: [] });
    await recordAttempt(db, delivery, attemptRecords.failed, 60_000);
    expect(await tryToClaim(db, second, one)).toMatchObject({ outcome: 'claimed' });
    expect(await tryToClaim(db, third, one)).toEqual({ outcome: 'busy' });
    await endLease(db, second);
    expect(await tryToClaim(db, third, one)).toMatchObject({ outcome: 'claimed' });
    expect(await tryToClaim(db, second, one)).toEqual({ outcome: 'busy' });
  });
});

describe('an endpoint that is switched off', () => {
  it('gets nothing: its delivery fails without an attempt', async () => {
    const endpointId = await addEndpoint(db, merchantId);
    const id = await addDelivery(db, merchantId);
    await changeEndpoint(db, merchantId, endpointId, { enabled: false });
    expect(await tryToClaim(db, id, { perMerchant: 0, perEndpoint: 0 })).toEqual(nothing);
    expect(await readDelivery(db, merchantId, endpointId, id)).toMatchObject({
      status: 'FAILED',
      lastError: 'The endpoint is switched off.',
      finishedAt: expect.any(Date),
      dueAt: null,
      attempts: [],
    });
  });

  it('still gets test events', async () => {
    const endpointId = await addEndpoint(db, merchantId);
    await changeEndpoint(db, merchantId, endpointId, { enabled: false });
    const test = await createTestDelivery(db, merchantId, endpointId);
    expect(await claimForSure(db, test?.deliveryId ?? '')).toMatchObject({
      message: {
        event: 'webhook.test',
        notificationId: null,
        uploadId: null,
        facts: null,
        message: 'This is a test.',
      },
      receiver: { endpointId },
    });
  });

  it('gets its waiting deliveries when it is switched on again', async () => {
    const endpointId = await addEndpoint(db, merchantId);
    const id = await addDelivery(db, merchantId);
    await changeEndpoint(db, merchantId, endpointId, { enabled: false });
    await changeEndpoint(db, merchantId, endpointId, { enabled: true, url: 'https://new.example.com/' });
    expect((await claimForSure(db, id)).receiver).toMatchObject({ url: 'https://new.example.com/' });
  });
});

it('a delivery is signed with the newest secret first, and with the one before it during the overlap', async () => {
  const endpointId = await addEndpoint(db, merchantId);
  const secretsNow = async () => {
    const { receiver } = await claimForSure(db, await addDelivery(db, merchantId));
    return receiver.channel === 'webhook' && receiver.secrets;
  };
  expect(await secretsNow()).toEqual(['whsec_first']);
  await rotateSecret(db, merchantId, endpointId, { secret: 'whsec_second', overlapMs: 60_000 });
  expect(await secretsNow()).toEqual(['whsec_second', 'whsec_first']);
  await rotateSecret(db, merchantId, endpointId, { secret: 'whsec_third', overlapMs: 60_000 });
  expect(await secretsNow()).toEqual(['whsec_third', 'whsec_second']);
  await db.pool.query(
    `UPDATE webhook_endpoint SET previous_secret_until = now() - interval '1 second' WHERE id = $1`,
    [endpointId],
  );
  expect(await secretsNow()).toEqual(['whsec_third']);
  await rotateSecret(db, merchantId, endpointId, { secret: 'whsec_fourth', overlapMs: 0 });
  expect(await secretsNow()).toEqual(['whsec_fourth']);
});
