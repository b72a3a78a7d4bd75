import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { readDocument } from '../contract/document.js';
import { tags } from '../contract/operation.js';
import type { Api } from '../contract/route-types.js';
import { renderPage, stylePath } from './render-page.js';
import { style } from './style.js';

/** The page has no script, and its style comes from here. */
const policy =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const showDocs = {
  operationId: 'showDocs',
  summary: 'This document as a page for people',
  tags: [tags.service],
  response: { 200: { description: 'The page', content: { 'text/html': { schema: z.string() } } } },
};

const showStyle = {
  operationId: 'showDocsStyle',
  summary: 'The style of that page',
  tags: [tags.service],
  response: { 200: { description: 'The style', content: { 'text/css': { schema: z.string() } } } },
};

/** `GET /docs`: the contract of the API for people. It needs no key. */
export async function docsRoutes(app: Api): Promise<void> {
  let page: string | undefined;
  app.get('/docs', { schema: showDocs }, async (_request, reply) => {
    page ??= renderPage(readDocument(app));
    return sendText(reply, 'text/html', page);
  });

  app.get(stylePath, { schema: showStyle }, async (_request, reply) => sendText(reply, 'text/css', style));
}

function sendText(reply: FastifyReply, type: string, text: string): FastifyReply {
  return reply.header('content-security-policy', policy).type(`${type}; charset=utf-8`).send(text);
}
