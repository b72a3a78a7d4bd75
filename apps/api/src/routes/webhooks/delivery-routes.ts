import {
  type DeliveryReport,
  listDeliveries,
  readDelivery,
  replayDelivery,
  replayFailed,
  type WebhookEndpointReport,
} from '@pledgeline/db';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AppContext } from '../../context.js';
import { withQuery } from '../../plugins/refuse-parameters.js';
import { Problem } from '../../problem.js';
import { readJson } from '../../read-json.js';
import { idParameter, limitParameter, readQuery } from '../../read-query.js';
import { enqueueDeliveries } from './enqueue-deliveries.js';
import { findDelivery } from './find-delivery.js';
import { findWebhook } from './find-webhook.js';
import { presentDelivery } from './present-webhook.js';
import { replayBody } from './webhook-body.js';

const statuses = {
  pending: 'PENDING',
  delivered: 'DELIVERED',
  failed: 'FAILED',
} as const satisfies Record<string, DeliveryReport['status']>;

const listQuery = z.strictObject({
  status: z
    .string('give it once')
    // In upper case as in answers, or in lower case as usual in URLs.
    .toLowerCase()
    .pipe(z.enum(['pending', 'delivered', 'failed'], 'must be "pending", "delivered" or "failed"'))
    .transform((status) => statuses[status])
    .optional(),
  before: idParameter.optional(),
  limit: limitParameter(200),
});

const FIRST_REPLAYED = 10;

/** The deliveries of a webhook, and their replay. */
export function addDeliveryRoutes(app: FastifyInstance, { database, producer, config }: AppContext): void {
  const present = (report: DeliveryReport, { id }: WebhookEndpointReport) =>
    presentDelivery(report, id, config.PUBLIC_URL);

  app.get('/:id/deliveries', withQuery, async (request) => {
    const query = readQuery(listQuery, request.query);
    const webhook = await findWebhook(database, request);
    const page = await listDeliveries(database, request.merchantId, webhook.id, query);
    return { deliveries: page.deliveries.map((report) => present(report, webhook)), next: page.next };
  });

  app.get('/:id/deliveries/:delivery', async (request) => {
    const webhook = await findWebhook(database, request);
    return present(await findDelivery(database, request, webhook), webhook);
  });

  app.post('/:id/deliveries/:delivery/replay', async (request, reply) => {
    const { merchantId } = request;
    const webhook = await findWebhook(database, request);
    const delivery = await findDelivery(database, request, webhook);
    requireEnabled(webhook);
    const due = await replayDelivery(database, merchantId, webhook.id, delivery.id);
    if (due === null) throw underWay();
    const replayed = await readDelivery(database, merchantId, webhook.id, delivery.id);
    await enqueueDeliveries(producer, [due], request.log);
    return reply.code(202).send(present(replayed ?? delivery, webhook));
  });

  app.post('/:id/replay', async (request, reply) => {
    const webhook = await findWebhook(database, request);
    const { since } = await readJson(request, config, replayBody);
    requireEnabled(webhook);
    const due = await replayFailed(database, request.merchantId, webhook.id, since);
    // A worker that has delivered one looks for the next, so jobs for thousands of deliveries are not needed.
    await enqueueDeliveries(producer, due.slice(0, FIRST_REPLAYED), request.log);
    return reply.code(202).send({ replayed: due.length });
  });
}

function requireEnabled({ disabled }: WebhookEndpointReport): void {
  if (disabled === null) return;
  throw new Problem(
    'webhook_disabled',
    'The webhook is switched off and gets nothing. Switch it on first: PATCH /v1/webhooks/:id with { "enabled": true }.',
  );
}

function underWay(): Problem {
  return new Problem(
    'delivery_under_way',
    'The delivery is being attempted at this moment. Ask for it again in a minute, and replay it if it has failed.',
  );
}
