import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../client.js';
import { addFailedUpload } from '../../test-support/add-failed-upload.js';
import { addMerchant, addNotification } from '../../test-support/deliveries.js';
import { openTestDatabase } from '../../test-support/open-test-database.js';
import { changeSettings, defaultSettings } from '../settings.js';
import {
  listNewNotifications,
  listNotifications,
  markAllRead,
  markRead,
  type NotificationsQuery,
} from './list-notifications.js';

let db: Database;
let close: () => Promise<void>;
let merchantId: string;

beforeAll(async () => {
  ({ db, close } = await openTestDatabase(inject('testPostgres'), 6));
});

beforeEach(async () => {
  merchantId = await addMerchant(db);
});

afterAll(() => close());

async function addMany(count: number, of = merchantId): Promise<readonly string[]> {
  const ids: string[] = [];
  while (ids.length < count) ids.push(await addNotification(db, of));
  return ids;
}

async function feed(query: Partial<NotificationsQuery> = {}) {
  const { notifications, ...page } = await listNotifications(db, merchantId, { limit: 50, ...query });
  return { ids: notifications.map(({ id }) => id), ...page };
}

describe('the feed of notifications', () => {
  it('is empty at first', async () => {
    expect(await feed()).toEqual({ ids: [], next: null, previous: null, unreadCount: 0 });
  });

  it('comes newest first, in pages without gaps, and counts what is unread in all of them', async () => {
    const newestFirst = (await addMany(5)).toReversed();
    const [, second = '', third = '', fourth = '', fifth = ''] = newestFirst;
    const after = (key: string) => ({ side: 'after', key }) as const;
    const before = (key: string) => ({ side: 'before', key }) as const;
    const first = { ids: newestFirst.slice(0, 2), next: after(second), previous: null, unreadCount: 5 };
    const middle = {
      ids: newestFirst.slice(2, 4),
      next: after(fourth),
      previous: before(third),
      unreadCount: 5,
    };
    expect(await feed({ limit: 2 })).toEqual(first);
    expect(await feed({ limit: 2, start: after(second) })).toEqual(middle);
    expect(await feed({ limit: 2, start: after(fourth) })).toEqual({
      ids: newestFirst.slice(4),
      next: null,
      previous: before(fifth),
      unreadCount: 5,
    });
    expect(await feed({ limit: 2, start: before(fifth) })).toEqual(middle);
    expect(await feed({ limit: 2, start: before(third) })).toEqual(first);
    expect((await feed({ limit: 5 })).next).toBeNull();
  });

  it('shows a message with its facts, and one of an older release without them', async () => {
    const old = await addNotification(db, merchantId);
    const uploadId = await addFailedUpload(db, merchantId);
    const { notifications } = await listNotifications(db, merchantId, { limit: 10 });
    expect(notifications).toEqual([
      {
        id: expect.any(String),
        event: 'upload.failed',
        message: expect.stringContaining('The file is empty.'),
        facts: expect.objectContaining({ kind: 'upload', campaign: 'Lamp', filename: null }),
        uploadId,
        createdAt: expect.any(Date),
        readAt: null,
      },
      {
        id: old,
        event: 'upload.completed',
        message: 'It is done.',
        facts: null,
        uploadId: null,
        createdAt: expect.any(Date),
        readAt: null,
      },
    ]);
    expect((await feed({ uploadId })).ids).toEqual([notifications[0]?.id]);
    expect(await feed({ uploadId: randomUUID() })).toEqual({
      ids: [],
      next: null,
      previous: null,
      unreadCount: 2,
    });
  });

  it('shows the text of a message whose facts only a newer release understands', async () => {
    const id = await addNotification(db, merchantId);
    await db.pool.query(`UPDATE notification SET facts = '{ "kind": "moon" }' WHERE id = $1`, [id]);
    const { notifications } = await listNotifications(db, merchantId, { limit: 10 });
    expect(notifications).toMatchObject([{ id, message: 'It is done.', facts: null }]);
  });

  it('can leave out messages that were read', async () => {
    const [first = '', second = '', third = ''] = await addMany(3);
    await markRead(db, merchantId, second);
    expect(await feed({ unread: true })).toEqual({
      ids: [third, first],
      next: null,
      previous: null,
      unreadCount: 2,
    });
    expect((await feed()).ids).toEqual([third, second, first]);
  });

  it('hides events that the merchant does not want to see here, and does not count them', async () => {
    const shown = await addNotification(db, merchantId, 'upload.failed');
    const hidden = await addNotification(db, merchantId, 'upload.completed');
    const channels = { ...defaultSettings.channels, 'upload.completed': ['email', 'webhook'] as const };
    await changeSettings(db, merchantId, { ...defaultSettings, channels });
    expect(await feed()).toEqual({ ids: [shown], next: null, previous: null, unreadCount: 1 });
    await changeSettings(db, merchantId, defaultSettings);
    expect(await feed()).toEqual({ ids: [hidden, shown], next: null, previous: null, unreadCount: 2 });
  });

  it('shows only the messages of its merchant', async () => {
    await addMany(2, await addMerchant(db));
    const mine = await addNotification(db, merchantId);
    expect(await feed()).toEqual({ ids: [mine], next: null, previous: null, unreadCount: 1 });
  });
});

describe('marking as read', () => {
  it('keeps the time of the first reading', async () => {
    const [id = ''] = await addMany(2);
    const first = await markRead(db, merchantId, id);
    expect(first?.readAt).toEqual(expect.any(Date));
    expect(await markRead(db, merchantId, id)).toEqual(first);
    expect((await feed()).unreadCount).toBe(1);
  });

  it('does not change a message of another merchant, or one that does not exist', async () => {
    const [id = ''] = await addMany(1);
    const other = await addMerchant(db);
    expect(await markRead(db, other, id)).toBeNull();
    expect(await markAllRead(db, other)).toBe(0);
    expect(await markRead(db, merchantId, randomUUID())).toBeNull();
    expect((await feed()).unreadCount).toBe(1);
  });

  it('marks all messages up to a given one, and returns how many', async () => {
    const [first = '', second = '', third = ''] = await addMany(3);
    const read = await markRead(db, merchantId, first);
    expect(await markAllRead(db, merchantId, second)).toBe(1);
    expect(await feed({ unread: true })).toEqual({
      ids: [third],
      next: null,
      previous: null,
      unreadCount: 1,
    });
    expect(await markRead(db, merchantId, first)).toEqual(read);
    expect(await markAllRead(db, merchantId)).toBe(1);
    expect(await markAllRead(db, merchantId)).toBe(0);
  });
});

it('marking all messages as read leaves out those that the feed does not show', async () => {
  const shown = await addNotification(db, merchantId, 'upload.failed');
  const hidden = await addNotification(db, merchantId, 'upload.completed');
  await changeSettings(db, merchantId, { channels: { 'upload.completed': [] } });
  expect(await markAllRead(db, merchantId)).toBe(1);
  await changeSettings(db, merchantId, { channels: { 'upload.completed': ['in_app'] } });
  expect(await feed({ unread: true })).toMatchObject({ ids: [hidden] });
  expect((await feed()).ids).toEqual([hidden, shown]);
});

describe('the event streams', () => {
  it('get the messages of their merchants from an id on, oldest first', async () => {
    const [other, stranger] = [await addMerchant(db), await addMerchant(db)];
    const [, second = '', third = ''] = await addMany(3);
    await addMany(1, stranger);
    const [theirs = ''] = await addMany(1, other);
    const watch = async (merchants: readonly string[], limit = 10) => {
      const messages = await listNewNotifications(db, merchants, { from: second, limit });
      return messages.map((message) => [message.merchantId, message.id]);
    };
    expect(await watch([merchantId, other])).toEqual([
      [merchantId, second],
      [merchantId, third],
      [other, theirs],
    ]);
    expect(await watch([merchantId, other], 1)).toEqual([[merchantId, second]]);
    expect(await watch([other])).toEqual([[other, theirs]]);
    expect(await watch([])).toEqual([]);
  });
});
