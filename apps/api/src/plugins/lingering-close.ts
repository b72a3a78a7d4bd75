import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** How long a client may continue to send a body that has already been answered. */
const LINGER_MS = 5_000;

/**
 * Lets clients see an answer that comes before they have sent their whole body. If the connection were closed at once,
 * the kernel would reset it and the answer would be lost. So the rest of the body is read and discarded for a while.
 * Only a client that continues to send is cut off.
 */
export function lingerOnEarlyAnswers(app: FastifyInstance): void {
  app.addHook('onResponse', async (request) => {
    // Not `!complete`: the requests of inject() do not have the property.
    if (request.raw.complete === false && !request.raw.destroyed) discardRest(request.raw);
  });
}

function discardRest(body: IncomingMessage): void {
  const { socket } = body;
  const cut = setTimeout(() => socket.destroy(), LINGER_MS).unref();
  const stopWaiting = () => clearTimeout(cut);
  body
    .on('error', () => undefined)
    .once('end', stopWaiting)
    .once('close', stopWaiting);
  body.unpipe();
  body.resume();
}
