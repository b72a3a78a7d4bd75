import {
  type Database,
  listNotifications,
  markAllRead,
  markRead,
  notificationEvents,
  readUpload,
} from '@pledgeline/db';
import { z } from 'zod';
import { cursorMembers } from '../../answers/cursor.js';
import { writeCursors } from '../../answers/list-page.js';
import type { AppContext } from '../../context.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { count } from '../../contract/values.js';
import { Problem } from '../../problem.js';
import { jsonObject } from '../../read-json.js';
import {
  idCursorParameter,
  idInPath,
  idParameter,
  limitParameter,
  severalParameter,
} from '../../read-query.js';
import { notificationAnswer } from './notification-answer.js';
import { presentNotification } from './present-notification.js';

const list = {
  operationId: 'listNotifications',
  summary: 'Lists notifications, newest first',
  tags: [tags.notifications],
  querystring: z.strictObject({
    unread: z
      .enum(['true', 'false'], 'must be "true" or "false"')
      .transform((text) => text === 'true')
      .optional(),
    upload: idParameter.optional(),
    type: severalParameter(notificationEvents, 'a type of notifications')
      .optional()
      .meta({ description: 'One or several, with commas.', examples: ['upload.failed,upload.canceled'] }),
    cursor: idCursorParameter,
    limit: limitParameter(200),
  }),
  response: {
    200: z.strictObject({
      notifications: z.array(notificationAnswer),
      ...cursorMembers,
      unreadCount: count.meta({ description: 'Of the whole feed.' }),
    }),
  },
};

const readMany = {
  operationId: 'markNotificationsRead',
  summary: 'Marks all notifications as read, or all up to one',
  tags: [tags.notifications],
  body: jsonObject({ upTo: idParameter.optional() })
    .prefault({})
    .meta({ examples: [{ upTo: '019ab3f0-5c1e-7d2a-9f3b-2a1c4e5d6f70' }] }),
  response: { 200: z.strictObject({ read: count.meta({ description: 'How many were unread.' }) }) },
};

const readOne = {
  operationId: 'markNotificationRead',
  summary: 'Marks a notification as read',
  description: '`readAt` keeps the first time.',
  tags: [tags.notifications],
  params: z.object({ id: idInPath }),
  response: { 200: notificationAnswer },
};

/** `/v1/notifications`: the merchant's notifications, newest first, and which of them were read. */
export async function notificationRoutes(app: Api, { database, config }: AppContext): Promise<void> {
  const ofUploads = { problems: ['upload_not_found'] as const };
  app.get('/', { schema: list, config: ofUploads }, async ({ merchantId, query }) => {
    const { unread, upload, type, cursor: start, limit } = query;
    if (upload !== undefined) await requireUpload(database, merchantId, upload);
    const asked = { unread, uploadId: upload, events: type, start, limit };
    const { notifications, unreadCount, ...beside } = await listNotifications(database, merchantId, asked);
    return {
      notifications: notifications.map((report) => presentNotification(report, config.PUBLIC_URL)),
      ...writeCursors(beside),
      unreadCount,
    };
  });

  const ofNotifications = { problems: ['notification_not_found'] as const };
  app.post('/read', { schema: readMany, config: ofNotifications }, async ({ merchantId, body: { upTo } }) => {
    if (upTo !== undefined) await requireNotification(database, merchantId, upTo);
    return { read: await markAllRead(database, merchantId, upTo) };
  });

  app.post(
    '/:id/read',
    { schema: readOne, config: ofNotifications },
    async ({ merchantId, params: { id } }) => {
      const report = id === null ? null : await markRead(database, merchantId, id);
      if (!report) throw noSuchNotification();
      return presentNotification(report, config.PUBLIC_URL);
    },
  );
}

async function requireUpload(database: Database, merchantId: string, id: string): Promise<void> {
  if ((await readUpload(database, merchantId, id)) !== null) return;
  throw new Problem('upload_not_found', 'There is no such upload; GET /v1/uploads lists those there are.');
}

async function requireNotification({ prisma }: Database, merchantId: string, id: string): Promise<void> {
  if ((await prisma.notification.count({ where: { id, merchantId } })) === 0) throw noSuchNotification();
}

function noSuchNotification(): Problem {
  return new Problem(
    'notification_not_found',
    'There is no such notification; GET /v1/notifications lists those there are.',
  );
}
