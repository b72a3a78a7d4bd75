import type { KeyScope } from '@pledgeline/db';
import type { z } from 'zod';
import type { ProblemCode } from '../problem.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scope of key that the route needs, where it is not the one of its method; see `neededScope`. */
    readonly scope?: KeyScope;
    /** Codes of the problems that the route answers with, beside those that every route has. */
    readonly problems?: readonly ProblemCode[];
    /** Headers that the route reads by itself. */
    readonly requestHeaders?: z.ZodObject;
    /** Headers of a successful answer, with what each of them is. */
    readonly answerHeaders?: Readonly<Record<string, string>>;
    /** The body is a file, which the route reads as a stream. */
    readonly takesFile?: true;
    /** The answer has a `Location`. */
    readonly hasLocation?: true;
    /** The answer is what `GET` shows of one thing, and has its `ETag`, by which a client can ask whether it has changed. */
    readonly hasEntityTag?: true;
  }
}

/** The groups of operations in the document, in its order. */
export const tags = {
  uploads: 'Uploads',
  changes: 'Changes',
  mapping: 'Mapping',
  records: 'Records',
  notifications: 'Notifications',
  webhooks: 'Webhooks',
  keys: 'Keys',
  page: 'Page',
  service: 'Service',
} as const;

/** What the groups are about. */
export const tagDescriptions: Readonly<Record<(typeof tags)[keyof typeof tags], string>> = {
  Uploads: 'Sending files, and following their import.',
  Changes: 'Seeing what a file changes before it does, and taking it back.',
  Mapping: 'Saying what the columns of an unknown file are.',
  Records: 'What was imported.',
  Notifications: 'What merchants are told about their uploads, and how.',
  Webhooks: 'Notifications for programs, their deliveries and replays.',
  Keys: 'The keys of the API: making, rotating and revoking them.',
  Page: 'How the page at /app signs in. Programs send a key.',
  Service: 'Probes and this document. They need no key.',
};
