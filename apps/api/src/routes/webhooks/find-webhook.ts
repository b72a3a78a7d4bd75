import { type Database, readEndpoint, type WebhookEndpointReport } from '@pledgeline/db';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../problem.js';

/** A request with the id of a webhook in its path; null when the text there is no id. */
type Request = Pick<FastifyRequest, 'merchantId'> & { readonly params: { readonly id: string | null } };

/**
 * Finds the webhook in the path. A webhook of another merchant is treated as one that does not exist.
 *
 * @throws Problem `webhook_not_found`
 */
export async function findWebhook(
  database: Database,
  { merchantId, params }: Request,
): Promise<WebhookEndpointReport> {
  return requireWebhook(params.id === null ? null : await readEndpoint(database, merchantId, params.id));
}

/** @throws Problem `webhook_not_found` when there is none, perhaps because it was just deleted */
export function requireWebhook<Found>(found: Found | null): Found {
  if (found !== null) return found;
  throw new Problem('webhook_not_found', 'There is no such webhook; GET /v1/webhooks lists those there are.');
}
