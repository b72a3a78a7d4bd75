import { type Database, type DeliveryReport, readDelivery, type WebhookEndpointReport } from '@pledgeline/db';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Problem } from '../../problem.js';
import { idParameter } from '../../read-query.js';

const path = z.object({ delivery: idParameter });

/**
 * Finds the delivery in the path, which must belong to this webhook.
 *
 * @throws Problem `delivery_not_found`
 */
export async function findDelivery(
  database: Database,
  { merchantId, params }: FastifyRequest,
  webhook: WebhookEndpointReport,
): Promise<DeliveryReport> {
  const { data } = path.safeParse(params);
  const delivery = data && (await readDelivery(database, merchantId, webhook.id, data.delivery));
  if (delivery) return delivery;
  throw new Problem(
    'delivery_not_found',
    'This webhook has no such delivery; GET /v1/webhooks/:id/deliveries lists those there are.',
  );
}
