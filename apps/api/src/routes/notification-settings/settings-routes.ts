import {
  changeSettings,
  channels,
  type NotificationSettings,
  notificationEvents,
  readSettings,
} from '@pledgeline/db';
import type { FastifyInstance } from 'fastify';
import type { AppContext } from '../../context.js';
import { readJson } from '../../read-json.js';
import { settingsBody } from './settings-body.js';

/** Where and how the merchant is told. */
export async function settingsRoutes(app: FastifyInstance, { database }: AppContext): Promise<void> {
  app.get('/', async ({ merchantId }) => present(await readSettings(database, merchantId)));

  app.put('/', async (request) => {
    const change = await readJson(request, settingsBody);
    return present(await changeSettings(database, request.merchantId, change));
  });
}

/** With all that can be chosen, so that a page can be drawn from it. */
function present(settings: NotificationSettings) {
  return { ...settings, events: notificationEvents, availableChannels: channels };
}
