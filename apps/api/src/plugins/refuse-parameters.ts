import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem.js';

/** Refuses query parameters on routes that have none, so that no typo is ignored silently. */
export function refuseParameters(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ routeOptions, query }) => {
    if (routeOptions.schema?.querystring !== undefined || typeof query !== 'object' || query === null) return;
    const names = Object.keys(query);
    if (names.length === 0) return;
    const wrong = names.slice(0, 10).map((name) => ({ name, message: 'this route has no parameters' }));
    const detail = wrong.map(({ name, message }) => `Parameter "${name}": ${message}.`).join(' ');
    throw new Problem('invalid_request', detail, { members: { parameters: wrong } });
  });
}
