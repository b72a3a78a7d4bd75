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

/** `/v1/notification-settings`: through which channels and in which form the merchant is notified. */
export async function settingsRoutes(app: FastifyInstance, { database, config }: AppContext): Promise<void> {
  app.get('/', async ({ merchantId }) => present(await readSettings(database, merchantId)));

  app.put('/', async (request) => {
    const change = await readJson(request, config, settingsBody);
    return present(await changeSettings(database, request.merchantId, change));
  });
}

/** Adds all events and channels, so that a settings page can be built from the answer. */
function present(settings: NotificationSettings) {
  return { ...settings, events: notificationEvents, availableChannels: channels };
}
