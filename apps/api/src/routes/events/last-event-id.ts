import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Problem } from '../../problem.js';

/** The id of a message in the stream of notifications. */
export const messageId = z
  .uuidv7('must be the id of a notification, as the stream gives it; leave it out to begin now')
  .toLowerCase();

/** The query parameters of a stream whose messages have ids of this kind. */
export const streamQuery = (eventId: z.ZodType<string>) =>
  z.strictObject({
    lastEventId: eventId.optional().describe('For clients that cannot send the header Last-Event-ID.'),
  });

/** The headers that a stream reads. */
export const streamHeaders = (description: string) =>
  z.object({ 'Last-Event-ID': z.string().optional().meta({ description }) });

/**
 * The id of the last message that the client has, if it sends one. A client that reconnects sends the header, which is
 * newer than the parameter in its URL.
 *
 * @throws Problem `invalid_request`
 */
export function readLastEventId(
  {
    query,
    headers,
  }: Pick<FastifyRequest, 'headers'> & { readonly query: { readonly lastEventId?: string | undefined } },
  eventId: z.ZodType<string>,
): string | undefined {
  const header = headers['last-event-id'];
  // A client without an id may send a blank header.
  if (header === undefined || header === '') return query.lastEventId;
  const parsed = eventId.safeParse(header);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Problem('invalid_request', `Header "Last-Event-ID": ${issue?.message}.`, {
    members: { parameters: [{ name: 'Last-Event-ID', message: issue?.message }] },
  });
}
