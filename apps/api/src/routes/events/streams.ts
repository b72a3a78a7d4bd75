import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, findKey, recordKeyUse } from '@pledgeline/db';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readKey } from '../../plugins/authentication.js';
import { showQuota } from '../../turns/show-quota.js';
import { type EventStream, openEventStream } from './event-stream.js';
import { createStreamSeats, maxStreams } from './stream-seats.js';

/** Often enough for proxies, which close connections after a minute of silence. */
const BEAT_EVERY_MS = 15_000;
/** How often keys are checked: a key that was revoked or has expired ends its streams after at most this long. */
const CHECK_KEY_EVERY_MS = 20_000;

/** The event streams of the process, whatever they are about. */
export interface Streams {
  /**
   * Takes one of the seats of the merchant, until the answer is over. Returns false, and hijacks the answer, when the client
   * has left already.
   *
   * @throws Problem `too_many_streams`
   */
  takeSeat(request: FastifyRequest, reply: FastifyReply): boolean;
  /** Opens the stream of an answer that has a seat; null when the client has left. */
  open(request: FastifyRequest, reply: FastifyReply): EventStream | null;
}

/** Keeps the streams of all routes of `app` alive, and ends them with the app and with their keys. */
export function createStreams(app: FastifyInstance, database: Database): Streams {
  const seats = createStreamSeats();
  const open = new Set<EventStream>();
  let isClosing = false;

  // The server waits for open answers when it closes, and streams would never end by themselves.
  app.addHook('preClose', async () => {
    isClosing = true;
    for (const stream of open) stream.end();
  });

  return {
    takeSeat({ merchantId }, reply) {
      // The client left while the key was looked up. 'close' was emitted already, so the seat would never be given back.
      if (reply.raw.closed || reply.raw.destroyed) {
        reply.hijack();
        return false;
      }
      try {
        reply.raw.once('close', seats.take(merchantId));
      } finally {
        showQuota(reply, { name: 'streams', limit: maxStreams, left: seats.left(merchantId) });
      }
      return true;
    },
    open(request, reply) {
      reply.hijack();
      if (reply.raw.closed) return null;
      const stream = openEventStream(reply.raw, reply.getHeaders());
      open.add(stream);
      stream.signal.addEventListener('abort', () => open.delete(stream));
      if (isClosing) stream.end();
      beatOften(stream);
      void endWhenRevoked(stream, () => isKeyOf(database, readKey(request), request.merchantId));
      return stream;
    },
  };
}

function beatOften(stream: EventStream): void {
  const beats = setInterval(stream.beat, BEAT_EVERY_MS);
  stream.signal.addEventListener('abort', () => clearInterval(beats));
}

async function endWhenRevoked(stream: EventStream, isGood: () => Promise<boolean>): Promise<void> {
  const { signal } = stream;
  while (!signal.aborted) {
    await sleep(CHECK_KEY_EVERY_MS, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted && !(await isGood())) stream.end();
  }
}

/**
 * Whether the key is still valid. While the database is unavailable it counts as valid. A stream may last for days, so it is
 * also a use of the key, again and again.
 */
async function isKeyOf(database: Database, secret: string | undefined, merchantId: string): Promise<boolean> {
  try {
    const found = await findKey(database, secret ?? '');
    if (found?.state !== 'valid' || found.merchantId !== merchantId) return false;
    if (found.isUseDue) await recordKeyUse(database, found.id);
    return true;
  } catch {
    return true;
  }
}
