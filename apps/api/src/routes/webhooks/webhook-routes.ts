import {
  changeEndpoint,
  createEndpoint,
  createTestDelivery,
  deleteEndpoint,
  listEndpoints,
  maxEndpoints,
  readDelivery,
  rotateSecret,
  type WebhookEndpointReport,
} from '@pledgeline/db';
import { createWebhookSecret } from '@pledgeline/delivery';
import type { FastifyInstance } from 'fastify';
import type { AppContext } from '../../context.js';
import { Problem } from '../../problem.js';
import { readJson, readOptionalJson } from '../../read-json.js';
import { addDeliveryRoutes } from './delivery-routes.js';
import { enqueueDeliveries } from './enqueue-deliveries.js';
import { findWebhook, requireWebhook } from './find-webhook.js';
import { presentDelivery, presentWebhook } from './present-webhook.js';
import { changedWebhookBody, newWebhookBody, requireUsableUrl, rotationBody } from './webhook-body.js';

const HOUR_MS = 3_600_000;

/** `/v1/webhooks`: the merchant's endpoints for notifications. */
export async function webhookRoutes(app: FastifyInstance, context: AppContext): Promise<void> {
  const { database, producer, config } = context;
  const present = (report: WebhookEndpointReport) => presentWebhook(report, config.PUBLIC_URL);

  app.get('/', async ({ merchantId }) => ({
    webhooks: (await listEndpoints(database, merchantId)).map(present),
  }));

  app.post('/', async (request, reply) => {
    const { url, description, events } = await readJson(request, config, newWebhookBody);
    const secret = createWebhookSecret();
    const created = await createEndpoint(database, request.merchantId, {
      url: requireUsableUrl(url, config),
      description,
      events,
      secret,
    });
    if (created === null) throw tooMany();
    const webhook = present(created);
    return reply
      .code(201)
      .header('location', webhook.links.self)
      .send({ ...webhook, secret });
  });

  app.get('/:id', async (request) => present(await findWebhook(database, request)));

  app.patch('/:id', async (request) => {
    const { id } = await findWebhook(database, request);
    const { url, ...change } = await readJson(request, config, changedWebhookBody);
    const changed = await changeEndpoint(database, request.merchantId, id, {
      ...change,
      url: url === undefined ? undefined : requireUsableUrl(url, config),
    });
    return present(requireWebhook(changed));
  });

  app.delete('/:id', async (request, reply) => {
    const { id } = await findWebhook(database, request);
    await deleteEndpoint(database, request.merchantId, id);
    return reply.code(204).send();
  });

  app.post('/:id/rotate-secret', async (request) => {
    const { id } = await findWebhook(database, request);
    const { overlapHours } = await readOptionalJson(request, config, rotationBody);
    const secret = createWebhookSecret();
    const overlapMs = overlapHours * HOUR_MS;
    const rotated = await rotateSecret(database, request.merchantId, id, { secret, overlapMs });
    return { ...present(requireWebhook(rotated)), secret };
  });

  app.post('/:id/test', async (request, reply) => {
    const { id } = await findWebhook(database, request);
    const due = requireWebhook(await createTestDelivery(database, request.merchantId, id));
    const delivery = await readDelivery(database, request.merchantId, id, due.deliveryId);
    await enqueueDeliveries(producer, [due], request.log);
    return reply.code(202).send(presentDelivery(requireWebhook(delivery), id, config.PUBLIC_URL));
  });

  addDeliveryRoutes(app, context);
}

function tooMany(): Problem {
  return new Problem(
    'too_many_webhooks',
    `A merchant may have ${maxEndpoints} webhooks. Delete one that is not needed, or let one receiver forward the messages.`,
  );
}
