import {
  type DeliveryReport,
  listDeliveries,
  readDelivery,
  replayDelivery,
  replayFailed,
  type WebhookEndpointReport,
} from '@pledgeline/db';
import { z } from 'zod';
import { cursorMembers } from '../../answers/cursor.js';
import { writeCursors } from '../../answers/list-page.js';
import type { AppContext } from '../../context.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { count } from '../../contract/values.js';
import { Problem } from '../../problem.js';
import { idCursorParameter, idInPath, limitParameter } from '../../read-query.js';
import { enqueueDeliveries } from './enqueue-deliveries.js';
import { findDelivery } from './find-delivery.js';
import { findWebhook } from './find-webhook.js';
import { presentDelivery } from './present-webhook.js';
import { deliveryAnswer, deliveryStatuses } from './webhook-answers.js';
import { replayBody } from './webhook-body.js';

const listQuery = z.strictObject({
  status: z.enum(deliveryStatuses, `must be one of ${deliveryStatuses.join(', ')}`).optional(),
  cursor: idCursorParameter,
  limit: limitParameter(200),
});

const ofWebhook = z.object({ id: idInPath });
const ofDelivery = z.object({ id: idInPath, delivery: idInPath });

const list = {
  operationId: 'listDeliveries',
  summary: 'Lists the deliveries of a webhook, newest first',
  tags: [tags.webhooks],
  params: ofWebhook,
  querystring: listQuery,
  response: { 200: z.strictObject({ deliveries: z.array(deliveryAnswer), ...cursorMembers }) },
};

const show = {
  operationId: 'getDelivery',
  summary: 'Shows a delivery with all of its attempts',
  tags: [tags.webhooks],
  params: ofDelivery,
  response: { 200: deliveryAnswer },
};

const replayOne = {
  operationId: 'replayDelivery',
  summary: 'Attempts a delivery again',
  tags: [tags.webhooks],
  params: ofDelivery,
  response: { 202: deliveryAnswer },
};

const replayMany = {
  operationId: 'replayFailedDeliveries',
  summary: 'Attempts again all deliveries that failed since a time',
  tags: [tags.webhooks],
  params: ofWebhook,
  body: replayBody,
  response: { 202: z.strictObject({ replayed: count }) },
};

const FIRST_REPLAYED = 10;

/** The deliveries of a webhook, and their replay. */
export function addDeliveryRoutes(app: Api, { database, producer, config }: AppContext): void {
  const present = (report: DeliveryReport, { id }: WebhookEndpointReport) =>
    presentDelivery(report, id, config.PUBLIC_URL);

  const ofList = { problems: ['webhook_not_found'] as const };
  app.get('/:id/deliveries', { schema: list, config: ofList }, async (request) => {
    const webhook = await findWebhook(database, request);
    const { cursor: start, ...query } = request.query;
    const asked = { ...query, start };
    const { deliveries, ...beside } = await listDeliveries(database, request.merchantId, webhook.id, asked);
    return { deliveries: deliveries.map((report) => present(report, webhook)), ...writeCursors(beside) };
  });

  const ofOne = { problems: ['webhook_not_found', 'delivery_not_found'], hasEntityTag: true } as const;
  app.get('/:id/deliveries/:delivery', { schema: show, config: ofOne }, async (request) => {
    const webhook = await findWebhook(database, request);
    return present(await findDelivery(database, request, webhook), webhook);
  });

  const ofReplay = {
    problems: ['webhook_not_found', 'delivery_not_found', 'webhook_disabled', 'delivery_under_way'] as const,
  };
  app.post(
    '/:id/deliveries/:delivery/replay',
    { schema: replayOne, config: ofReplay },
    async (request, reply) => {
      const { merchantId } = request;
      const webhook = await findWebhook(database, request);
      const delivery = await findDelivery(database, request, webhook);
      requireEnabled(webhook);
      const due = await replayDelivery(database, merchantId, webhook.id, delivery.id);
      if (due === null) throw underWay();
      const replayed = await readDelivery(database, merchantId, webhook.id, delivery.id);
      await enqueueDeliveries(producer, [due], request.log);
      return reply.code(202).send(present(replayed ?? delivery, webhook));
    },
  );

  const ofMany = { problems: ['webhook_not_found', 'webhook_disabled'] as const };
  app.post('/:id/replay', { schema: replayMany, config: ofMany }, async (request, reply) => {
    const webhook = await findWebhook(database, request);
    const { since } = request.body;
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
