import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/**
 * Adds an `ETag` to answers about one thing, where the route says so: also to those of a change, for the next one. A client that
 * reads what it has already, by its `If-None-Match`, gets 304 without a body.
 */
export function tagAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const { hasEntityTag } = request.routeOptions.config;
    const isTagged = hasEntityTag && (reply.statusCode === 200 || reply.statusCode === 201);
    if (!isTagged || typeof payload !== 'string') return payload;
    const tag = entityTag(payload);
    reply.header('etag', tag);
    if (!isRead(request.method) || !isKnown(tag, request.headers['if-none-match'])) return payload;
    reply.code(304).removeHeader('content-type');
    return null;
  });
}

const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** The tag of an answer: a hash of its text. */
export function entityTag(payload: string): string {
  return `"${createHash('sha256').update(payload).digest('base64url')}"`;
}

/** Whether the client names the tag. A proxy may have marked it as weak (RFC 9110, 13.1.2). */
function isKnown(tag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  const named = ifNoneMatch.split(',').map((text) => text.trim().replace(/^W\//, ''));
  return named.includes(tag) || named.includes('*');
}
