import { webhookEvents } from '@pledgeline/db';
import { checkWebhookUrl } from '@pledgeline/delivery';
import { z } from 'zod';
import type { AppConfig } from '../../context.js';
import { Problem } from '../../problem.js';
import { jsonObject } from '../../read-json.js';
import { withoutControls } from '../../read-query.js';

const MAX_DESCRIPTION_LENGTH = 200;
const MAX_OVERLAP_HOURS = 168;

const known = webhookEvents.join(', ');

const members = {
  url: z
    .string('must be the URL that the messages are sent to')
    .meta({ format: 'uri', examples: ['https://example.com/hook'] }),
  description: z
    .string('must be text')
    .max(MAX_DESCRIPTION_LENGTH, `must not be longer than ${MAX_DESCRIPTION_LENGTH} characters`)
    .overwrite((text) => text.replace(/\p{Bidi_Control}/gu, ''))
    .regex(withoutControls, 'must not hold line breaks or other control characters'),
  types: z
    .array(z.enum(webhookEvents, `there is no such type; there are ${known}`), `must be a list of ${known}`)
    .min(1, 'must name at least one type; to send nothing, switch the webhook off')
    .transform((types) => [...new Set(types)]),
};

/** The body of `POST /v1/webhooks`. */
export const newWebhookBody = jsonObject({
  url: members.url,
  description: members.description.default(''),
  types: members.types.default([...webhookEvents]),
}).meta({ examples: [{ url: 'https://example.com/hook', types: ['upload.completed', 'upload.failed'] }] });

/** The body of `PATCH /v1/webhooks/:id`. Members that are left out stay as they are. */
export const changedWebhookBody = jsonObject({
  url: members.url.optional(),
  description: members.description.optional(),
  types: members.types.optional(),
  enabled: z.boolean('must be true or false').optional(),
}).meta({ examples: [{ enabled: true }] });

const overlap = `must be a whole number of hours from 0 to ${MAX_OVERLAP_HOURS}`;

/** The optional body of `POST /v1/webhooks/:id/rotate-secret`. */
export const rotationBody = jsonObject({
  overlapHours: z.int(overlap).min(0, overlap).max(MAX_OVERLAP_HOURS, overlap).default(24),
})
  .prefault({})
  .meta({ examples: [{ overlapHours: 24 }] });

/** The body of `POST /v1/webhooks/:id/replay`. */
export const replayBody = jsonObject({
  since: z.iso
    .datetime({ offset: true, error: 'must be a time such as 2026-11-23T12:00:00Z' })
    .transform((text) => new Date(text)),
}).meta({ examples: [{ since: '2026-11-23T12:00:00Z' }] });

/** Checks a URL and returns it in the form that is stored. @throws Problem `invalid_webhook_url` */
export function requireUsableUrl(text: string, { ALLOW_PRIVATE_WEBHOOKS, WEBHOOK_PORTS }: AppConfig): string {
  const checked = checkWebhookUrl(text, { allowPrivate: ALLOW_PRIVATE_WEBHOOKS, ports: WEBHOOK_PORTS });
  if ('url' in checked) return checked.url;
  throw new Problem('invalid_webhook_url', checked.problem, {
    members: { parameters: [{ name: 'url', message: checked.problem }] },
  });
}
