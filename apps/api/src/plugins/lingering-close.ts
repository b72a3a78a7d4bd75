import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** How long a client may go on sending a body that has been answered already. */
const LINGER_MS = 5_000;

/**
 * Lets clients see an answer that comes before they have sent their whole body. Closing at once would not do:
 * the kernel then resets the connection, and the answer is lost on its way. So what still comes is thrown away
 * for a while, and only who keeps sending is cut off.
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
