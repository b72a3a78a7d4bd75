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
import { writeCursors } from '../../answers/list-page.js';
import type { AppContext } from '../../context.js';
import type { Api } from '../../contract/route-types.js';
import { ifMatchHeader, matchCheck } from '../../plugins/preconditions.js';
import { Problem } from '../../problem.js';
import { addDeliveryRoutes } from './delivery-routes.js';
import { enqueueDeliveries } from './enqueue-deliveries.js';
import { findWebhook, requireWebhook } from './find-webhook.js';
import { presentDelivery, presentWebhook } from './present-webhook.js';
import { requireUsableUrl } from './webhook-body.js';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  rotateWebhookSecret,
  testWebhook,
} from './webhook-operations.js';

const HOUR_MS = 3_600_000;

/** `/v1/webhooks`: the merchant's endpoints for notifications. */
export async function webhookRoutes(app: Api, context: AppContext): Promise<void> {
  const { database, producer, config } = context;
  const present = (report: WebhookEndpointReport) => presentWebhook(report, config.PUBLIC_URL);

  const problems = ['webhook_not_found'] as const;

  app.get('/', { schema: listWebhooks }, async ({ merchantId, query }) => {
    const { cursor: start, limit } = query;
    const { endpoints, ...beside } = await listEndpoints(database, merchantId, { start, limit });
    return { webhooks: endpoints.map(present), ...writeCursors(beside) };
  });

  const ofNew = {
    scope: 'admin',
    problems: ['invalid_webhook_url', 'too_many_webhooks'],
    hasLocation: true,
  } as const;
  app.post('/', { schema: createWebhook, config: ofNew }, async ({ merchantId, body }, reply) => {
    const { url, description, types } = body;
    const secret = createWebhookSecret();
    const created = await createEndpoint(database, merchantId, {
      url: requireUsableUrl(url, config),
      description,
      events: types,
      secret,
    });
    if (created === null) throw tooMany();
    const webhook = present(created);
    return reply
      .code(201)
      .header('location', webhook.links.self)
      .send({ ...webhook, secret });
  });

  const ofOne = { problems, hasEntityTag: true } as const;
  app.get('/:id', { schema: getWebhook, config: ofOne }, async (request) =>
    present(await findWebhook(database, request)),
  );

  const ofChange = {
    problems: [...problems, 'invalid_webhook_url', 'changed_meanwhile'],
    requestHeaders: ifMatchHeader.optional,
    hasEntityTag: true,
  } as const;
  app.patch('/:id', { schema: changeWebhook, config: ofChange }, async (request) => {
    const { id } = await findWebhook(database, request);
    const { url, types, ...change } = request.body;
    const wanted = {
      ...change,
      events: types,
      url: url === undefined ? undefined : requireUsableUrl(url, config),
    };
    const check = matchCheck(request, present);
    const changed = await changeEndpoint(database, request.merchantId, id, wanted, check);
    return present(requireWebhook(changed));
  });

  const ofAdmins = { scope: 'admin', problems } as const;
  const ofDeletion = {
    scope: 'admin',
    problems: [...problems, 'changed_meanwhile'],
    requestHeaders: ifMatchHeader.optional,
  } as const;
  app.delete('/:id', { schema: deleteWebhook, config: ofDeletion }, async (request, reply) => {
    const { id } = await findWebhook(database, request);
    await deleteEndpoint(database, request.merchantId, id, matchCheck(request, present));
    return reply.code(204).send();
  });

  app.post('/:id/rotate-secret', { schema: rotateWebhookSecret, config: ofAdmins }, async (request) => {
    const { id } = await findWebhook(database, request);
    const { overlapHours } = request.body;
    const secret = createWebhookSecret();
    const overlapMs = overlapHours * HOUR_MS;
    const rotated = await rotateSecret(database, request.merchantId, id, { secret, overlapMs });
    return { ...present(requireWebhook(rotated)), secret };
  });

  app.post('/:id/test', { schema: testWebhook, config: { problems } }, async (request, reply) => {
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
