import {
  changeSettings,
  channels,
  type NotificationEvent,
  type NotificationSettings,
  notificationEvents,
  readSettings,
} from '@pledgeline/db';
import { z } from 'zod';
import type { AppContext } from '../../context.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { ifMatchHeader, matchCheck } from '../../plugins/preconditions.js';
import { settingsBody } from './settings-body.js';

const chosen = z.array(z.enum(channels));
const ofEachType = {
  'upload.completed': chosen,
  'upload.failed': chosen,
  'upload.canceled': chosen,
  'upload.needs_mapping': chosen,
  'upload.needs_review': chosen,
  'upload.undone': chosen,
  'webhook.disabled': chosen,
} satisfies Readonly<Record<NotificationEvent, z.ZodType>>;

const settingsAnswer = z
  .strictObject({
    email: z.string().nullable(),
    locale: z.string().meta({ examples: ['en'] }),
    timeZone: z.string().meta({ examples: ['Europe/Berlin'] }),
    channels: z.strictObject(ofEachType),
    types: z.array(z.enum(notificationEvents)).meta({ description: 'All there are.' }),
    availableChannels: z.array(z.enum(channels)),
  })
  .meta({ id: 'NotificationSettings' });

const getSettings = {
  operationId: 'getNotificationSettings',
  summary: 'Shows through which channels the merchant is notified',
  tags: [tags.notifications],
  response: { 200: settingsAnswer },
};

const putSettings = {
  operationId: 'changeNotificationSettings',
  summary: 'Changes the settings',
  description: 'Members that are left out stay as they are.',
  tags: [tags.notifications],
  body: settingsBody,
  response: { 200: settingsAnswer },
};

/** `/v1/notification-settings`: through which channels and in which form the merchant is notified. */
export async function settingsRoutes(app: Api, { database }: AppContext): Promise<void> {
  app.get('/', { schema: getSettings, config: { hasEntityTag: true } }, async ({ merchantId }) =>
    present(await readSettings(database, merchantId)),
  );

  const ofChange = {
    problems: ['changed_meanwhile'],
    requestHeaders: ifMatchHeader.optional,
    hasEntityTag: true,
  } as const;
  app.put('/', { schema: putSettings, config: ofChange }, async (request) => {
    const { merchantId, body } = request;
    return present(await changeSettings(database, merchantId, body, matchCheck(request, present)));
  });
}

/** Adds all types and channels, so that a settings page can be built from the answer. */
function present(settings: NotificationSettings) {
  return { ...settings, types: notificationEvents, availableChannels: channels };
}
