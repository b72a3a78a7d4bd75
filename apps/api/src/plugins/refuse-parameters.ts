import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route reads its query with `readQuery`, which refuses unknown parameters. Other routes have none. */
    readonly hasQuery?: true;
  }
}

/** Refuses query parameters on routes that have none, so that no typo is ignored silently. */
export function refuseParameters(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ routeOptions, query }) => {
    if (routeOptions.config.hasQuery || typeof query !== 'object' || query === null) return;
    const names = Object.keys(query);
    if (names.length === 0) return;
    const wrong = names.slice(0, 10).map((name) => ({ name, message: 'this route has no parameters' }));
    const detail = wrong.map(({ name, message }) => `Parameter "${name}": ${message}.`).join(' ');
    throw new Problem('invalid_request', detail, { members: { parameters: wrong } });
  });
}

/** The options of a route that reads its query. */
export const withQuery = { config: { hasQuery: true } } as const;
