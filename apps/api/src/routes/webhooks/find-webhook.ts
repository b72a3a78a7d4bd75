import { type Database, readEndpoint, type WebhookEndpointReport } from '@pledgeline/db';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Problem } from '../../problem.js';
import { idParameter } from '../../read-query.js';

const path = z.object({ id: idParameter });

/**
 * The merchant's webhook that the path names. Someone else's is as little there as one that never was.
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

/** @throws Problem `webhook_not_found` when there is none, such as one that was deleted a moment ago */
export function requireWebhook<Found>(found: Found | null): Found {
  if (found !== null) return found;
  throw new Problem('webhook_not_found', 'There is no such webhook; GET /v1/webhooks lists those there are.');
}
