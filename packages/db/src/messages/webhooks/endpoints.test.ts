import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../client.js';
import {
  addDelivery,
  addEndpoint,
  addMerchant,
  attemptRecords,
  claimForSure,
  makeFailing,
} from '../../test-support/deliveries.js';
import { openTestDatabase } from '../../test-support/open-test-database.js';
import { recordAttempt } from '../deliveries/record-attempt.js';
import { listNotifications } from '../notifications/list-notifications.js';
import {
  changeEndpoint,
  createEndpoint,
  deleteEndpoint,
  listEndpoints,
  maxEndpoints,
  type NewWebhookEndpoint,
  readEndpoint,
  rotateSecret,
} from './endpoints.js';

let db: Database;
let close: () => Promise<void>;
let merchantId: string;

beforeAll(async () => {
  ({ db, close } = await openTestDatabase(inject('testPostgres'), 12));
});

beforeEach(async () => {
  merchantId = await addMerchant(db);
});

afterAll(() => close());

const wanted: NewWebhookEndpoint = {
  url: 'https://shop.example.com/hooks',
  description: 'The shop',
  events: ['upload.failed'],
  secret: 'whsec_first',
};
const read = (id: string) => readEndpoint(db, merchantId, id);
const endpointsOf = async (of: string) => (await listEndpoints(db, of, { limit: 50 })).endpoints;
const secretsOf = (id: string) =>
  db.prisma.webhookEndpoint.findUniqueOrThrow({
    where: { id },
    select: { secret: true, previousSecret: true, previousSecretUntil: true },
  });

describe('an endpoint', () => {
  it('is read as it was made, without its secret', async () => {
    const created = await createEndpoint(db, merchantId, wanted);
    expect(created).toEqual({
      id: expect.any(String),
      url: wanted.url,
      description: wanted.description,
      events: wanted.events,
      disabled: null,
      failingSince: null,
      previousSecretUntil: null,
      createdAt: expect.any(Date),
    });
    const second = await createEndpoint(db, merchantId, { ...wanted, description: '' });
    expect(await read(created?.id ?? '')).toEqual(created);
    expect(await endpointsOf(merchantId)).toEqual([created, second]);
  });

  it('is one of at most twenty, also when many are made at the same time', async () => {
    const made = await Promise.all(
      Array.from({ length: maxEndpoints + 10 }, () => createEndpoint(db, merchantId, wanted)),
    );
    expect(made.filter((each) => each !== null)).toHaveLength(maxEndpoints);
    expect(await endpointsOf(merchantId)).toHaveLength(maxEndpoints);
    const [first] = await endpointsOf(merchantId);
    await deleteEndpoint(db, merchantId, first?.id ?? '');
    expect(await createEndpoint(db, merchantId, wanted)).not.toBeNull();
    expect(await createEndpoint(db, merchantId, wanted)).toBeNull();
    expect(await createEndpoint(db, await addMerchant(db), wanted)).not.toBeNull();
  });

  it('changes only in the properties that are given', async () => {
    const created = await createEndpoint(db, merchantId, wanted);
    const id = created?.id ?? '';
    expect(await changeEndpoint(db, merchantId, id, {})).toEqual(created);
    const changed = { ...created, url: 'https://new.example.com/' };
    expect(await changeEndpoint(db, merchantId, id, { url: changed.url })).toEqual(changed);
    expect(await changeEndpoint(db, merchantId, id, { description: '', events: [] })).toEqual({
      ...changed,
      description: '',
      events: [],
    });
    expect(await secretsOf(id)).toMatchObject({ secret: wanted.secret, previousSecret: null });
  });

  it('is switched off by hand and on again; off twice keeps the time and the reason', async () => {
    const id = await addEndpoint(db, merchantId);
    const off = await changeEndpoint(db, merchantId, id, { enabled: false });
    expect(off?.disabled).toEqual({ since: expect.any(Date), reason: 'by_hand' });
    expect(await changeEndpoint(db, merchantId, id, { enabled: false })).toEqual(off);
    expect(await changeEndpoint(db, merchantId, id, { description: 'still off' })).toMatchObject({
      disabled: off?.disabled,
    });
    expect(await changeEndpoint(db, merchantId, id, { enabled: true })).toMatchObject({ disabled: null });
  });

  it('that was switched off because it failed has no failures when it is switched on again', async () => {
    const id = await addEndpoint(db, merchantId);
    const first = await claimForSure(db, await addDelivery(db, merchantId));
    await makeFailing(db, id, 75);
    await recordAttempt(db, first, attemptRecords.failed, null);
    expect(await read(id)).toMatchObject({ disabled: { reason: 'failing' }, failingSince: expect.any(Date) });
    expect(await changeEndpoint(db, merchantId, id, { enabled: false })).toMatchObject({
      disabled: { reason: 'failing' },
    });
    expect(await changeEndpoint(db, merchantId, id, { enabled: true })).toMatchObject({
      disabled: null,
      failingSince: null,
    });
  });

  it('is deleted with its deliveries and their log, and the messages stay', async () => {
    const id = await addEndpoint(db, merchantId);
    const other = await addEndpoint(db, merchantId);
    const claimed = await claimForSure(db, await addDelivery(db, merchantId));
    expect(await deleteEndpoint(db, merchantId, id)).toBe(true);
    expect(await deleteEndpoint(db, merchantId, id)).toBe(false);
    expect(await read(id)).toBeNull();
    expect(await db.prisma.delivery.findMany({ where: { merchantId } })).toMatchObject([
      { endpointId: other },
    ]);
    expect(await db.prisma.deliveryAttempt.count({ where: { deliveryId: claimed.id } })).toBe(0);
    expect((await listNotifications(db, merchantId, { limit: 10 })).notifications).toHaveLength(1);
    expect(await recordAttempt(db, claimed, attemptRecords.failed, null)).toMatchObject({ outcome: 'lost' });
  });

  it('is visible to its merchant alone', async () => {
    const id = await addEndpoint(db, merchantId);
    const before = [await read(id), await secretsOf(id)];
    for (const [who, which] of [
      [await addMerchant(db), id],
      [merchantId, randomUUID()],
    ] as const) {
      expect(await readEndpoint(db, who, which)).toBeNull();
      expect(await changeEndpoint(db, who, which, { enabled: false })).toBeNull();
      expect(await rotateSecret(db, who, which, { secret: 'whsec_x', overlapMs: 0 })).toBeNull();
      expect(await deleteEndpoint(db, who, which)).toBe(false);
    }
    expect(await endpointsOf(await addMerchant(db))).toEqual([]);
    expect([await read(id), await secretsOf(id)]).toEqual(before);
  });
});

describe('a new secret', () => {
  it('keeps the previous one valid for a while, but none before that', async () => {
    const id = await addEndpoint(db, merchantId);
    const first = await rotateSecret(db, merchantId, id, { secret: 'whsec_second', overlapMs: 3_600_000 });
    expect(Math.abs((first?.previousSecretUntil?.getTime() ?? 0) - Date.now() - 3_600_000)).toBeLessThan(
      60_000,
    );
    expect(await secretsOf(id)).toMatchObject({ secret: 'whsec_second', previousSecret: 'whsec_first' });
    await rotateSecret(db, merchantId, id, { secret: 'whsec_third', overlapMs: 3_600_000 });
    expect(await secretsOf(id)).toMatchObject({ secret: 'whsec_third', previousSecret: 'whsec_second' });
  });

  it('replaces the previous one at once without an overlap', async () => {
    const id = await addEndpoint(db, merchantId);
    const rotated = await rotateSecret(db, merchantId, id, { secret: 'whsec_second', overlapMs: 0 });
    expect(rotated?.previousSecretUntil).toBeNull();
    expect(await secretsOf(id)).toEqual({
      secret: 'whsec_second',
      previousSecret: null,
      previousSecretUntil: null,
    });
  });

  it('may have an overlap of more milliseconds than an int4 can hold', async () => {
    const id = await addEndpoint(db, merchantId);
    const days = 30 * 24 * 3_600_000;
    const rotated = await rotateSecret(db, merchantId, id, { secret: 'whsec_second', overlapMs: days + 0.5 });
    expect(rotated?.previousSecretUntil?.getTime()).toBeGreaterThan(Date.now() + days - 60_000);
  });

  it('is shown with the end of the overlap only while the previous one signs', async () => {
    const id = await addEndpoint(db, merchantId);
    await rotateSecret(db, merchantId, id, { secret: 'whsec_second', overlapMs: 60_000 });
    await db.pool.query(
      `UPDATE webhook_endpoint SET previous_secret_until = now() - interval '1 second' WHERE id = $1`,
      [id],
    );
    expect((await read(id))?.previousSecretUntil).toBeNull();
  });
});
