import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Problem } from '../problem.js';
import { entityTag } from './entity-tags.js';

/** The header of routes that change or delete what the client has seen. */
export const ifMatchHeader = {
  optional: z.object({
    'If-Match': z.string().optional().meta({
      description: 'The ETag of what you have seen. If it has changed since, nothing is done.',
    }),
  }),
  required: z.object({
    'If-Match': z
      .string()
      .meta({ description: 'The ETag of what you have seen. If it has changed since, nothing is done.' }),
  }),
};

/**
 * Refuses to change something that is not as the client has seen it. To be called under the lock of the thing.
 *
 * @param current what GET answers at this moment
 * @throws Problem `changed_meanwhile`
 */
export function requireMatch({ headers }: Pick<FastifyRequest, 'headers'>, current: object): void {
  const ifMatch = headers['if-match'];
  if (ifMatch === undefined || isNamed(entityTag(JSON.stringify(current)), ifMatch)) return;
  throw new Problem(
    'changed_meanwhile',
    'It is not as you have seen it any more, so nothing was done. Read it again with GET, and use its new ETag if you still want this.',
  );
}

/** As {@link requireMatch}, to be called under the lock; undefined where the client says nothing, and nothing need be read. */
export function matchCheck<Thing>(
  request: Pick<FastifyRequest, 'headers'>,
  present: (thing: Thing) => object,
): ((current: Thing) => void) | undefined {
  if (request.headers['if-match'] === undefined) return undefined;
  return (current) => requireMatch(request, present(current));
}

/**
 * As {@link requireMatch}, where the header may not be left out.
 *
 * @throws Problem `precondition_required`, `changed_meanwhile`
 */
export function requireSeen(request: Pick<FastifyRequest, 'headers'>, current: object): void {
  if (request.headers['if-match'] === undefined) {
    throw new Problem(
      'precondition_required',
      'This cannot be undone. Read it with GET first, and send the ETag of that answer as If-Match; "*" for whatever is there.',
    );
  }
  requireMatch(request, current);
}

/**
 * A tag that a proxy has marked as weak, because it has compressed the answer, counts as well: it is made of the whole
 * answer.
 */
function isNamed(tag: string, header: string): boolean {
  const named = header.split(',').map((text) => text.trim().replace(/^W\//, ''));
  return named.includes(tag) || named.includes('*');
}
