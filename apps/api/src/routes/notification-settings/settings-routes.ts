import {
  channels,
  type NotificationSettings,
  notificationEvents,
  readSettings,
  saveSettings,
} from '@pledgeline/db';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { AppContext } from '../../context.js';
import { readJson } from '../../read-json.js';
import { settingsBody } from './settings-body.js';

/** Where and how the merchant is told. */
export async function settingsRoutes(app: FastifyInstance, { database }: AppContext): Promise<void> {
  app.get('/', async ({ merchantId }) => present(await readSettings(database, merchantId)));

  app.put('/', async (request) => {
    const change = await readJson(request, settingsBody);
    const settings = applyChange(await readSettings(database, request.merchantId), change);
    await saveSettings(database, request.merchantId, settings);
    return present(settings);
  });
}

function applyChange(
  settings: NotificationSettings,
  { email, locale, timeZone, channels: chosen }: z.output<typeof settingsBody>,
): NotificationSettings {
  return {
    email: email === undefined ? settings.email : email,
    locale: locale ?? settings.locale,
    timeZone: timeZone ?? settings.timeZone,
    channels: { ...settings.channels, ...chosen },
  };
}

/** With all that can be chosen, so that a page can be drawn from it. */
function present(settings: NotificationSettings) {
  return { ...settings, events: notificationEvents, availableChannels: channels };
}
