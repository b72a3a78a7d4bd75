import { z } from 'zod';
import { sendJson } from '../answers/send-json.js';
import { tags } from './operation.js';
import type { Api } from './route-types.js';

const getDocument = {
  operationId: 'getOpenApi',
  summary: 'This document',
  tags: [tags.service],
  response: { 200: z.looseObject({ openapi: z.string() }) },
};

/** `GET /openapi.json`: the contract of the API. It needs no key. */
export async function documentRoutes(app: Api): Promise<void> {
  let text: string | undefined;
  app.get('/openapi.json', { schema: getDocument }, async (_request, reply) => {
    text ??= JSON.stringify(app.swagger());
    return sendJson(reply, text);
  });
}
