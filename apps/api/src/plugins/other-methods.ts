import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problem.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Headers with which `OPTIONS` says more of the address than its methods. */
    readonly optionsHeaders?: Readonly<Record<string, string>>;
  }
}

/**
 * Answers methods that an address does not have: `OPTIONS` with those it has, any other with 405 and `Allow`. To be
 * called before the routes are added.
 *
 * @returns a function to call after they were added
 */
export function answerOtherMethods(app: FastifyInstance): () => void {
  const methodsOf = new Map<string, Set<string>>();
  const headersOf = new Map<string, Readonly<Record<string, string>>>();
  app.addHook('onRoute', ({ url, method, config }) => {
    // The root of a prefix is answered with and without a slash, and not every route is reported for both.
    const address = url.replace(/\/$/, '');
    const methods = methodsOf.get(address) ?? new Set();
    methodsOf.set(address, methods);
    for (const name of [method].flat()) methods.add(name);
    if (config?.optionsHeaders) headersOf.set(address, config.optionsHeaders);
  });
  return () => {
    for (const [url, methods] of [...methodsOf].filter(([url]) => url !== '*')) {
      const sorted = [...methods].sort((a, b) => (a < b ? -1 : 1));
      addOtherMethods(app, url, sorted, headersOf.get(url));
    }
  };
}

function addOtherMethods(
  app: FastifyInstance,
  url: string,
  methods: readonly string[],
  more: Readonly<Record<string, string>> = {},
): void {
  const allow = [...methods, 'OPTIONS'].join(', ');
  const hidden = { schema: { hide: true } } as const;
  const others = app.supportedMethods.filter((method) => method !== 'OPTIONS' && !methods.includes(method));
  const isThere = (address: string) => methods.some((method) => app.hasRoute({ url: address, method }));
  const refuse = async ({ method }: FastifyRequest): Promise<never> => {
    const detail = `${method} is not for this address. It takes ${allow}.`;
    throw new Problem('method_not_allowed', detail, { headers: { allow } });
  };
  // What ends with a wildcard has an end already.
  const addresses = url.endsWith('*') ? [url] : [url, `${url}/`];
  for (const address of addresses.filter(isThere)) {
    // Both before the body is looked at, which may be wrong as well.
    const tell = async (_request: FastifyRequest, reply: FastifyReply) =>
      reply
        .code(204)
        .headers({ ...more, allow })
        .send();
    app.options(address, { ...hidden, onRequest: tell }, tell);
    app.route({ ...hidden, method: others, url: address, onRequest: refuse, handler: refuse });
  }
}
