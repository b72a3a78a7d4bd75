import type { z } from 'zod';
import type { ProblemCode } from '../problem.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Codes of the problems that the route answers with, beside those that every route has. */
    readonly problems?: readonly ProblemCode[];
    /** Headers that the route reads by itself. */
    readonly requestHeaders?: z.ZodObject;
    /** The body is a file, which the route reads as a stream. */
    readonly takesFile?: true;
    /** The answer has a `Location`. */
    readonly hasLocation?: true;
    /** The answer is about one thing, and has an `ETag` by which a client can ask whether it has changed. */
    readonly hasEntityTag?: true;
  }
}

/** The groups of operations in the document, in its order. */
export const tags = {
  uploads: 'Uploads',
  mapping: 'Mapping',
  records: 'Records',
  notifications: 'Notifications',
  webhooks: 'Webhooks',
  service: 'Service',
} as const;
