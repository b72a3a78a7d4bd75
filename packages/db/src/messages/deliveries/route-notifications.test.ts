import { describe, expect, it } from 'vitest';
import type { Database } from '../../client.js';
import { addFailedUpload } from '../../test-support/add-failed-upload.js';
import {
  addEndpoint,
  addMerchant,
  addNotification,
  makeFailing,
  tryToClaim,
} from '../../test-support/deliveries.js';
import { setUpMerchant } from '../../test-support/set-up-merchant.js';
import { type NotificationEvent, notificationEvents } from '../notifications/facts.js';
import { changeSettings, defaultSettings, type NotificationSettings } from '../settings.js';
import { changeEndpoint, deleteEndpoint, webhookEvents } from '../webhooks/endpoints.js';
import { listDeliveries } from './list-deliveries.js';
import { replayFailed } from './replay-delivery.js';
import { routeNotifications } from './route-notifications.js';

let db: Database;
let merchantId: string;

setUpMerchant(16, async (setUp) => {
  ({ db, merchantId } = setUp);
  // What an earlier test has left over is not this one's.
  await db.pool.query('UPDATE notification SET routed_at = now() WHERE routed_at IS NULL');
});

const route = (email = true) => routeNotifications(db, { limit: 100, email });
const settle = (change: Partial<NotificationSettings>) =>
  changeSettings(db, merchantId, { ...defaultSettings, ...change });

/** The receivers of a message: endpoints in their order, mail last. */
async function receiversOf(notificationId: string): Promise<readonly (string | null)[]> {
  const { rows } = await db.pool.query<{ receiver: string | null }>(
    `SELECT coalesce(endpoint_id::text, recipient) AS receiver FROM delivery
     WHERE notification_id = $1 ORDER BY channel, endpoint_id`,
    [notificationId],
  );
  return rows.map(({ receiver }) => receiver);
}

async function isRouted(notificationId: string): Promise<boolean> {
  const { routedAt } = await db.prisma.notification.findUniqueOrThrow({ where: { id: notificationId } });
  return routedAt !== null;
}

describe('a message is routed', () => {
  it('once to each endpoint with its event, and once to the mail address', async () => {
    const first = await addEndpoint(db, merchantId);
    const second = await addEndpoint(db, merchantId, { events: ['upload.completed'] });
    await addEndpoint(db, merchantId, { events: ['upload.failed', 'upload.canceled'] });
    await settle({ email: 'ada@example.com' });
    const message = await addNotification(db, merchantId);
    const due = await route();
    expect(await receiversOf(message)).toEqual([first, second, 'ada@example.com']);
    expect(due).toHaveLength(3);
    expect(await isRouted(message)).toBe(true);
    expect(await route()).toEqual([]);
    expect(await receiversOf(message)).toHaveLength(3);
  });

  it('as deliveries that can be claimed at once, with the ids and turns that routing returns', async () => {
    await addEndpoint(db, merchantId);
    await addNotification(db, merchantId);
    const due = await route();
    const rows = await db.prisma.delivery.findMany({ where: { merchantId } });
    expect(due).toEqual(rows.map(({ id, dueAt }) => ({ deliveryId: id, turn: dueAt.getTime() })));
    expect(await tryToClaim(db, due[0]?.deliveryId ?? '')).toMatchObject({ outcome: 'claimed' });
  });

  it('to an endpoint that fails as well, though without a job: the sweep tries it', async () => {
    const failing = await addEndpoint(db, merchantId);
    const other = await addEndpoint(db, merchantId);
    await makeFailing(db, failing, 1);
    const message = await addNotification(db, merchantId);
    const due = await route();
    expect(await receiversOf(message)).toEqual([failing, other]);
    const { id } = await db.prisma.delivery.findFirstOrThrow({ where: { endpointId: other } });
    expect(due).toMatchObject([{ deliveryId: id }]);
  });

  it('to nobody when the merchant has no endpoint and no settings', async () => {
    const message = await addNotification(db, merchantId);
    expect(await route()).toEqual([]);
    expect(await receiversOf(message)).toEqual([]);
    expect(await isRouted(message)).toBe(true);
    await addEndpoint(db, merchantId);
    expect(await route()).toEqual([]);
  });

  it('to every endpoint of a merchant without settings, and not to a mail address', async () => {
    const endpoint = await addEndpoint(db, merchantId);
    const message = await addNotification(db, merchantId);
    await route();
    expect(await receiversOf(message)).toEqual([endpoint]);
  });

  it('to an endpoint that is switched off only when it is switched on and the message replayed', async () => {
    const off = await addEndpoint(db, merchantId);
    const on = await addEndpoint(db, merchantId);
    await changeEndpoint(db, merchantId, off, { enabled: false });
    const message = await addNotification(db, merchantId);
    const due = await route();
    expect(due).toHaveLength(1);
    expect(await receiversOf(message)).toEqual([off, on]);
    const { deliveries } = await listDeliveries(db, merchantId, off, { limit: 10 });
    expect(deliveries).toMatchObject([
      {
        status: 'FAILED',
        lastError: 'The endpoint is switched off.',
        finishedAt: expect.any(Date),
        attempts: [],
      },
    ]);
    await changeEndpoint(db, merchantId, off, { enabled: true });
    expect(await replayFailed(db, merchantId, off, new Date(0))).toMatchObject([
      { deliveryId: deliveries[0]?.id },
    ]);
  });

  it('not to a mail address when no mail can be sent', async () => {
    const endpoint = await addEndpoint(db, merchantId);
    await settle({ email: 'ada@example.com' });
    const message = await addNotification(db, merchantId);
    await route(false);
    expect(await receiversOf(message)).toEqual([endpoint]);
  });

  type Channels = NotificationSettings['channels'][NotificationEvent];
  const wanted: readonly (readonly [Channels, receivers: readonly string[]])[] = [
    [
      ['in_app', 'email', 'webhook'],
      ['hook', 'mail'],
    ],
    [['email'], ['mail']],
    [['webhook'], ['hook']],
    [['in_app'], []],
    [[], []],
  ];
  it.each(wanted)('by the settings of its event: %j', async (channels, receivers) => {
    const hook = await addEndpoint(db, merchantId);
    await settle({
      email: 'mail',
      channels: { ...defaultSettings.channels, 'upload.failed': channels },
    });
    const message = await addNotification(db, merchantId, 'upload.failed');
    const other = await addNotification(db, merchantId, 'upload.completed');
    await route();
    expect(await receiversOf(message)).toEqual(
      receivers.map((receiver) => (receiver === 'hook' ? hook : receiver)),
    );
    expect(await receiversOf(other)).toEqual([hook, 'mail']);
  });

  it.each(notificationEvents)(
    'by the defaults when its event is %s and there are no settings',
    async (event) => {
      const endpoint = await addEndpoint(db, merchantId);
      await settle({ email: 'ada@example.com' });
      const message = await addNotification(db, merchantId, event);
      await route();
      const isForEndpoints = webhookEvents.some((each) => each === event);
      expect(await receiversOf(message)).toEqual([...(isForEndpoints ? [endpoint] : []), 'ada@example.com']);
    },
  );

  it('to endpoints and addresses of its own merchant only', async () => {
    const other = await addMerchant(db);
    const mine = await addEndpoint(db, merchantId);
    const theirs = await addEndpoint(db, other, { events: ['upload.failed'] });
    await settle({ email: 'ada@example.com' });
    const messages = {
      mine: await addNotification(db, merchantId),
      theirs: await addNotification(db, other),
      theirFailure: await addNotification(db, other, 'upload.failed'),
    };
    expect(await route()).toHaveLength(3);
    expect(await receiversOf(messages.mine)).toEqual([mine, 'ada@example.com']);
    expect(await receiversOf(messages.theirs)).toEqual([]);
    expect(await receiversOf(messages.theirFailure)).toEqual([theirs]);
    const { rows } = await db.pool.query(
      'SELECT 1 FROM delivery d JOIN notification n ON n.id = d.notification_id WHERE d.merchant_id <> n.merchant_id',
    );
    expect(rows).toEqual([]);
  });
});

describe('routing', () => {
  it('makes each delivery once when it runs eight times at once', async () => {
    const endpoints = [await addEndpoint(db, merchantId), await addEndpoint(db, merchantId)];
    await settle({ email: 'ada@example.com' });
    const messages: string[] = [];
    for (let index = 0; index < 40; index += 1) messages.push(await addNotification(db, merchantId));
    const routed = await Promise.all(
      Array.from({ length: 8 }, () => routeNotifications(db, { limit: 10, email: true })),
    );
    const rest = await route();
    const ids = [...routed.flat(), ...rest].map(({ deliveryId }) => deliveryId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(messages.length * 3);
    for (const message of messages)
      expect(await receiversOf(message)).toEqual([...endpoints, 'ada@example.com']);
  });

  it('takes as many messages as it may, the oldest first', async () => {
    await addEndpoint(db, merchantId);
    const messages: string[] = [];
    for (let index = 0; index < 5; index += 1) messages.push(await addNotification(db, merchantId));
    expect(await routeNotifications(db, { limit: 2, email: true })).toHaveLength(2);
    expect(await Promise.all(messages.map(isRouted))).toEqual([true, true, false, false, false]);
    expect(await routeNotifications(db, { limit: 2, email: true })).toHaveLength(2);
    expect(await routeNotifications(db, { limit: 2, email: true })).toHaveLength(1);
    expect(await Promise.all(messages.map(isRouted))).toEqual(messages.map(() => true));
  });

  it('takes the messages about uploads', async () => {
    await addEndpoint(db, merchantId);
    const id = await addFailedUpload(db, merchantId);
    const [due] = await route();
    const claim = await tryToClaim(db, due?.deliveryId ?? '');
    expect(claim).toMatchObject({
      delivery: { message: { event: 'upload.failed', uploadId: id, facts: { status: 'FAILED' } } },
    });
  });

  it('leaves a message of an event that only a newer release knows, and routes the others', async () => {
    await addEndpoint(db, merchantId);
    const unheard = await addNotification(db, merchantId);
    await db.pool.query(`UPDATE notification SET event = 'upload.praised' WHERE id = $1`, [unheard]);
    const message = await addNotification(db, merchantId);
    expect(await routeNotifications(db, { limit: 1, email: true })).toHaveLength(1);
    expect(await isRouted(message)).toBe(true);
    expect(await isRouted(unheard)).toBe(false);
  });

  it('makes all deliveries of a message or none', async () => {
    await addEndpoint(db, merchantId);
    const message = await addNotification(db, merchantId);
    await db.pool.query(
      `CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room'; END $$`,
    );
    await db.pool.query(
      'CREATE TRIGGER spoil BEFORE UPDATE ON notification FOR EACH ROW EXECUTE FUNCTION spoil()',
    );
    await expect(route()).rejects.toThrow('no room');
    await db.pool.query('DROP FUNCTION spoil CASCADE');
    expect(await receiversOf(message)).toEqual([]);
    expect(await route()).toHaveLength(1);
  });

  it('goes on when endpoints are deleted at the same time', async () => {
    for (let round = 0; round < 20; round += 1) {
      const goes = await addEndpoint(db, merchantId);
      const stays = await addEndpoint(db, merchantId);
      const messages = [await addNotification(db, merchantId), await addNotification(db, merchantId)];
      const [, isDeleted] = await Promise.all([route(), deleteEndpoint(db, merchantId, goes), route()]);
      expect(isDeleted).toBe(true);
      await route();
      for (const message of messages) expect(await receiversOf(message)).toEqual([stays]);
      await deleteEndpoint(db, merchantId, stays);
    }
  });
});
