import { claimDelivery, recordAttempt, routeNotifications } from '@pledgeline/db';
import { processUpload } from '@pledgeline/db/testing';
import { readAccepted } from './answers.js';
import { kickstarterCsv, type TestApi } from './start-api.js';

/** Imports a file of the merchant "Ada", which makes a notification. Returns the upload's id. */
export async function completeUpload(api: TestApi, csv: string = kickstarterCsv): Promise<string> {
  const { id } = await readAccepted(await api.upload(csv, 'campaign=Lamp&filename=backers.csv'));
  await processUpload(api.database, id);
  return id;
}

/** Sends a file and cancels its import, which makes a notification. Returns the upload's id. */
export async function cancelNewUpload(api: TestApi, key?: string): Promise<string> {
  const { id } = await readAccepted(
    await api.send('/v1/uploads?campaign=Lamp&force=true', { method: 'POST', body: kickstarterCsv }, key),
  );
  await api.send(`/v1/uploads/${id}/cancel`, { method: 'POST' }, key);
  return id;
}

/** Writes long notifications for a merchant, with ids of the current time. */
export async function writeLongMessages(
  connection: Pick<TestApi['database']['pool'], 'query'>,
  merchantId: string,
  { count, length }: { readonly count: number; readonly length: number },
): Promise<void> {
  await connection.query(
    `INSERT INTO notification (id, merchant_id, event, message)
     SELECT (lpad(to_hex($4::bigint), 12, '0') || '7000' || '8' || lpad(to_hex(n), 15, '0'))::uuid,
            $1, 'upload.completed', repeat('x', $3)
     FROM generate_series(1, $2) n`,
    [merchantId, count, length, Date.now()],
  );
}

/** Routes all notifications. Returns the ids of their deliveries. */
export async function routeAll({ database }: TestApi): Promise<readonly string[]> {
  const due = await routeNotifications(database, { limit: 100, email: false });
  return due.map(({ deliveryId }) => deliveryId);
}

/** Claims a delivery, as a worker does before it sends. */
export async function beginAttempt({ database }: TestApi, deliveryId: string) {
  const limits = { leaseMs: 60_000, perEndpoint: 100, perMerchant: 100 };
  const claim = await claimDelivery(database, deliveryId, limits);
  if (claim.outcome !== 'claimed') throw new Error(`The delivery ${deliveryId} could not be claimed`);
  return claim.delivery;
}

/** Records an attempt with this outcome. After `refused` and `gone` the delivery has no attempts left. */
export async function attempt(
  api: TestApi,
  deliveryId: string,
  outcome: 'delivered' | 'refused' | 'gone',
): Promise<void> {
  const answers = { delivered: 200, refused: 400, gone: 410 };
  await recordAttempt(
    api.database,
    await beginAttempt(api, deliveryId),
    {
      outcome,
      responseStatus: answers[outcome],
      responseHead: 'answer of the receiver',
      error: outcome === 'delivered' ? null : `It answered ${answers[outcome]}.`,
      latencyMs: 12,
    },
    null,
  );
}
