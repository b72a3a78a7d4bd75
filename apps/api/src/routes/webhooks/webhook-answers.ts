import { type DeliveryReport, webhookEvents } from '@pledgeline/db';
import { z } from 'zod';
import { count, id, instant, link, ordinal, sentence } from '../../contract/values.js';

/** An endpoint for notifications, without its secret. */
export const webhookAnswer = z
  .strictObject({
    id,
    url: z.string().meta({ format: 'uri', examples: ['https://example.com/hook'] }),
    description: z.string(),
    types: z.array(z.enum(webhookEvents)).meta({ description: 'Of the notifications that it gets.' }),
    enabled: z.boolean(),
    disabled: z
      .strictObject({ since: instant, reason: z.enum(['gone', 'failing', 'by_hand']) })
      .nullable()
      .meta({ description: 'Null while it is on.' }),
    failingSince: instant.nullable(),
    previousSecretUntil: instant
      .nullable()
      .meta({ description: 'Until when the previous secret signs as well.' }),
    createdAt: instant,
    links: z.strictObject({ self: link, rotateSecret: link, test: link, deliveries: link, replay: link }),
  })
  .meta({ id: 'Webhook' });

/** An endpoint with its new secret, which is shown only once. */
export const webhookWithSecret = webhookAnswer
  .extend({ secret: z.string().meta({ examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'] }) })
  .meta({ id: 'WebhookWithSecret' });

/** The states of a delivery. */
export const deliveryStatuses = [
  'PENDING',
  'DELIVERED',
  'FAILED',
] as const satisfies readonly DeliveryReport['status'][];

/** A message to an endpoint, with all of its attempts. */
export const deliveryAnswer = z
  .strictObject({
    id: id.meta({ description: 'The `webhook-id`.' }),
    type: z.string().meta({ examples: ['upload.completed'] }),
    status: z.enum(deliveryStatuses),
    notificationId: id.nullable().meta({ description: 'Null for a test.' }),
    uploadId: id.nullable(),
    createdAt: instant,
    dueAt: instant.nullable().meta({ description: 'When the next attempt is due; null when there is none.' }),
    finishedAt: instant.nullable(),
    lastError: sentence.nullable(),
    attempts: z.array(
      z.strictObject({
        number: ordinal,
        startedAt: instant,
        latencyMs: count.nullable(),
        responseStatus: count.nullable(),
        responseHead: z.string().nullable(),
        error: sentence.nullable(),
      }),
    ),
    links: z.strictObject({ self: link, replay: link, webhook: link }),
  })
  .meta({ id: 'Delivery' });
