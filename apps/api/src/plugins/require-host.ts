import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem.js';

/** Refuses requests of HTTP/1.1 that do not say which host they are for (RFC 9112, 3.2). */
export function requireHost(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw }) => {
    if (raw.httpVersion !== '1.1' || raw.headers.host !== undefined) return;
    throw new Problem('invalid_request', 'The request has no Host header. HTTP/1.1 needs one.');
  });
}
