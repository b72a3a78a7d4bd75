import type { KeyScope } from '@pledgeline/db';
import type { FastifyContextConfig, HTTPMethods } from 'fastify';

/** The scope of key that a route needs: what it declares, else `read` for GET and HEAD, and `write` for all others. */
export function neededScope(
  method: HTTPMethods | readonly HTTPMethods[],
  config: FastifyContextConfig | undefined,
): KeyScope {
  if (config?.scope !== undefined) return config.scope;
  return [method].flat().every((each) => each === 'GET' || each === 'HEAD') ? 'read' : 'write';
}
