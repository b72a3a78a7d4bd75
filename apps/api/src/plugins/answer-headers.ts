import type { FastifyInstance } from 'fastify';

/**
 * Headers of every answer. Answers hold names and addresses of people, so nothing on the way may store them; and no
 * browser may take a text of a merchant for a page, show it in a frame, or tell its address to others.
 */
export const answerHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  // Browsers ignore it where the connection is not encrypted.
  'strict-transport-security': 'max-age=31536000',
} as const;

/** Adds {@link answerHeaders} to every answer, and the id by which our log names the request. */
export function addAnswerHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...answerHeaders, 'x-request-id': request.id });
  });
}
