import { type Database, type DeliveryReport, readDelivery, type WebhookEndpointReport } from '@pledgeline/db';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../problem.js';

/** A request with the id of a delivery in its path; null when the text there is no id. */
type Request = Pick<FastifyRequest, 'merchantId'> & { readonly params: { readonly delivery: string | null } };

/**
 * Finds the delivery in the path, which must belong to this webhook.
 *
 * @throws Problem `delivery_not_found`
 */
export async function findDelivery(
  database: Database,
  { merchantId, params }: Request,
  webhook: WebhookEndpointReport,
): Promise<DeliveryReport> {
  const id = params.delivery;
  const delivery = id === null ? null : await readDelivery(database, merchantId, webhook.id, id);
  if (delivery) return delivery;
  throw new Problem(
    'delivery_not_found',
    'This webhook has no such delivery; GET /v1/webhooks/:id/deliveries lists those there are.',
  );
}
