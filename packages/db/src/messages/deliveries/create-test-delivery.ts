import type { Database } from '../../client.js';
import { newId } from '../../ids.js';
import { type DueDelivery, dueColumns } from './due-deliveries.js';

/** Makes a test event for an endpoint, also for one that is switched off. Null when the merchant has no such endpoint. */
export async function createTestDelivery(
  db: Database,
  merchantId: string,
  endpointId: string,
): Promise<DueDelivery | null> {
  const { rows } = await db.pool.query<DueDelivery>(
    `INSERT INTO delivery (id, merchant_id, channel, endpoint_id, event)
     SELECT $3, merchant_id, 'WEBHOOK', id, 'webhook.test' FROM webhook_endpoint
     WHERE merchant_id = $1 AND id = $2 FOR KEY SHARE
     RETURNING ${dueColumns}`,
    [merchantId, endpointId, newId()],
  );
  return rows[0] ?? null;
}
