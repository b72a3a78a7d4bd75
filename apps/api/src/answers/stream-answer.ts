import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** What is said about a stream before it begins. */
export interface StreamHead {
  readonly type: string;
  /** The name under which a browser saves it; ASCII without quotation marks. */
  readonly filename: string;
}

/** Sends a piece of text, and waits until the client has taken enough of it. */
export type WriteText = (text: string) => Promise<void>;

/**
 * Answers with a text that is written while it is read, so that memory does not grow with it. An error before the first piece
 * is thrown, and becomes a problem. After it the connection breaks, so that no client takes a part for the whole.
 *
 * @param produce writes the text. It is rejected when the client has left
 */
export async function streamAnswer(
  reply: FastifyReply,
  { type, filename }: StreamHead,
  produce: (write: WriteText) => Promise<void>,
): Promise<FastifyReply> {
  const body = new PassThrough();
  const gone = new AbortController();
  body.once('close', () => gone.abort());
  const leave = () => body.destroy();
  reply.raw.once('close', leave);
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const done = produce(async (text) => {
    gone.signal.throwIfAborted();
    begin();
    if (!body.write(text)) await once(body, 'drain', { signal: gone.signal });
  });
  await Promise.race([begun, done]);
  done.then(
    () => body.end(),
    (error: Error) => body.destroy(error),
  );
  return reply.type(type).header('content-disposition', `attachment; filename="${filename}"`).send(body);
}
