import { z } from 'zod';
import { cursorMembers } from '../../answers/cursor.js';
import { tags } from '../../contract/operation.js';
import { idCursorParameter, idInPath, limitParameter } from '../../read-query.js';
import { deliveryAnswer, webhookAnswer, webhookWithSecret } from './webhook-answers.js';
import { changedWebhookBody, newWebhookBody, rotationBody } from './webhook-body.js';

const ofWebhooks = { tags: [tags.webhooks] };
const params = z.object({ id: idInPath });

export const listWebhooks = {
  ...ofWebhooks,
  operationId: 'listWebhooks',
  summary: 'Lists webhooks, oldest first',
  querystring: z.strictObject({ cursor: idCursorParameter, limit: limitParameter(200) }),
  response: { 200: z.strictObject({ webhooks: z.array(webhookAnswer), ...cursorMembers }) },
};

export const createWebhook = {
  ...ofWebhooks,
  operationId: 'createWebhook',
  summary: 'Makes a webhook',
  description: 'Its `secret` is shown only here.',
  body: newWebhookBody,
  response: { 201: webhookWithSecret },
};

export const getWebhook = {
  ...ofWebhooks,
  operationId: 'getWebhook',
  summary: 'Shows a webhook',
  params,
  response: { 200: webhookAnswer },
};

export const changeWebhook = {
  ...ofWebhooks,
  operationId: 'changeWebhook',
  summary: 'Changes a webhook',
  description: 'Members that are left out stay as they are. Enabling it again resets its failures.',
  params,
  body: changedWebhookBody,
  response: { 200: webhookAnswer },
};

export const deleteWebhook = {
  ...ofWebhooks,
  operationId: 'deleteWebhook',
  summary: 'Deletes a webhook',
  params,
  response: { 204: z.undefined() },
};

export const rotateWebhookSecret = {
  ...ofWebhooks,
  operationId: 'rotateWebhookSecret',
  summary: 'Makes a new secret',
  description: 'The previous one signs as well for some hours.',
  params,
  body: rotationBody,
  response: { 200: webhookWithSecret },
};

export const testWebhook = {
  ...ofWebhooks,
  operationId: 'testWebhook',
  summary: 'Sends a test event',
  description: 'Even to a webhook that is switched off. It is attempted once.',
  params,
  response: { 202: deliveryAnswer },
};
