import { type Database, readEndpoint, type WebhookEndpointReport } from '@pledgeline/db';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Problem } from '../../problem.js';
import { idParameter } from '../../read-query.js';

const path = z.object({ id: idParameter });

/**
 * Finds the webhook in the path. A webhook of another merchant is treated as one that does not exist.
 *
 * @throws Problem `webhook_not_found`
 */
export async function findWebhook(
  database: Database,
  { merchantId, params }: FastifyRequest,
): Promise<WebhookEndpointReport> {
  const { data } = path.safeParse(params);
  return requireWebhook(data ? await readEndpoint(database, merchantId, data.id) : null);
}

/** @throws Problem `webhook_not_found` when there is none, perhaps because it was just deleted */
export function requireWebhook<Found>(found: Found | null): Found {
  if (found !== null) return found;
  throw new Problem('webhook_not_found', 'There is no such webhook; GET /v1/webhooks lists those there are.');
}
