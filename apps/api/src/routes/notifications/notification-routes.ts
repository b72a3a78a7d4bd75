import { type Database, listNotifications, markAllRead, markRead, readUpload } from '@pledgeline/db';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AppContext } from '../../context.js';
import { withQuery } from '../../plugins/refuse-parameters.js';
import { Problem } from '../../problem.js';
import { jsonObject, readOptionalJson } from '../../read-json.js';
import { idParameter, limitParameter, readQuery } from '../../read-query.js';
import { presentNotification } from './present-notification.js';

const listQuery = z.strictObject({
  unread: z
    .enum(['true', 'false'], 'must be "true" or "false"')
    .transform((text) => text === 'true')
    .optional(),
  upload: idParameter.optional(),
  before: idParameter.optional(),
  limit: limitParameter(200),
});

const readBody = jsonObject({ upTo: idParameter.optional() });

const path = z.object({ id: idParameter });

/** `/v1/notifications`: the merchant's notifications, newest first, and which of them were read. */
export async function notificationRoutes(
  app: FastifyInstance,
  { database, config }: AppContext,
): Promise<void> {
  app.get('/', withQuery, async ({ merchantId, query }) => {
    const { unread, upload, before, limit } = readQuery(listQuery, query);
    if (upload !== undefined) await requireUpload(database, merchantId, upload);
    const page = await listNotifications(database, merchantId, { unread, uploadId: upload, before, limit });
    return {
      notifications: page.notifications.map((report) => presentNotification(report, config.PUBLIC_URL)),
      next: page.next,
      unreadCount: page.unreadCount,
    };
  });

  app.post('/read', async (request) => {
    const { upTo } = await readOptionalJson(request, config, readBody);
    if (upTo !== undefined) await requireNotification(database, request.merchantId, upTo);
    return { read: await markAllRead(database, request.merchantId, upTo) };
  });

  app.post('/:id/read', async ({ merchantId, params }) => {
    const { data } = path.safeParse(params);
    const report = data && (await markRead(database, merchantId, data.id));
    if (!report) throw noSuchNotification();
    return presentNotification(report, config.PUBLIC_URL);
  });
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
