import type { FastifyInstance } from 'fastify';

/**
 * Headers of every answer. Answers hold names and addresses of people, so nothing on the way may store them; and no
 * browser may take a text of a merchant for a page.
 */
export const answerHeaders = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

/** Adds {@link answerHeaders} to every answer. */
export function addAnswerHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(answerHeaders);
  });
}
