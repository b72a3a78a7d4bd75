import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppConfig } from '../context.js';
import { Problem } from '../problem.js';
import { type QuotaName, showQuota } from './show-quota.js';
import { createTurns, type GiveBack, RETRY_AFTER, type Turns } from './turns.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route counts its own requests: it lasts long, as a file or an event stream does. */
    readonly hasOwnTurns?: true;
  }
}

/** Limits how many requests of one merchant are answered at the same time, on all routes without turns of their own. */
export function limitRequests(app: FastifyInstance, config: AppConfig): void {
  const { MAX_MERCHANT_REQUESTS: perMerchant, TURN_TIMEOUT_MS: timeoutMs } = config;
  const turns = createTurns({ total: Number.POSITIVE_INFINITY, perMerchant, timeoutMs });
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.hasOwnTurns) return;
    const giveBack = await takeTurn(turns, 'requests', request, reply);
    if (giveBack !== null) return giveBackAtEnd(reply, giveBack);
    throw new Problem(
      'too_many_requests',
      `Your account has ${perMerchant} requests under way, and none of them ended in time. Send fewer at once.`,
      { headers: RETRY_AFTER },
    );
  });
}

function giveBackAtEnd({ raw }: FastifyReply, giveBack: GiveBack): void {
  // 'close' was emitted already when the client left while the key was looked up.
  if (raw.closed || raw.destroyed) giveBack();
  else raw.once('close', giveBack);
}

/** The turns of requests that bring a file. */
export function createFileTurns({
  MAX_UPLOADS_AT_ONCE: total,
  MAX_MERCHANT_UPLOADS: perMerchant,
  TURN_TIMEOUT_MS: timeoutMs,
}: AppConfig): Turns {
  return createTurns({ total, perMerchant, timeoutMs });
}

/** Few, because a slow client keeps a connection to the database that others wait for. */
const EXPORTS_AT_ONCE = 4;
const MERCHANT_EXPORTS = 2;

/** The turns of requests that export a list. */
export function createExportTurns({ TURN_TIMEOUT_MS: timeoutMs }: AppConfig): Turns {
  return createTurns({ total: EXPORTS_AT_ONCE, perMerchant: MERCHANT_EXPORTS, timeoutMs });
}

/**
 * Waits until a list may be exported. The turn ends when the client has taken the answer, or has left.
 *
 * @throws Problem `too_many_requests`
 */
export async function takeExportTurn(
  turns: Turns,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const giveBack = await takeTurn(turns, 'exports', request, reply);
  if (giveBack !== null) return giveBackAtEnd(reply, giveBack);
  throw new Problem(
    'too_many_requests',
    'Too many lists are being exported at this moment, and none of them ended in time. Try again in a few seconds, with fewer exports at once.',
    { headers: RETRY_AFTER },
  );
}

/**
 * Waits until the file of a request may be read. The turn ends when it is given back, or when the answer is sent or the
 * client has left.
 *
 * @throws Problem `too_many_uploads`
 */
export async function takeFileTurn(
  turns: Turns,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<GiveBack> {
  const giveBack = await takeTurn(turns, 'uploads', request, reply);
  if (giveBack !== null) return giveBack;
  throw new Problem(
    'too_many_uploads',
    'Too many files are being received at this moment, and none of them ended in time. Send the file again in a few seconds, and fewer files at once.',
    { headers: RETRY_AFTER },
  );
}

async function takeTurn(
  turns: Turns,
  name: QuotaName,
  { merchantId }: FastifyRequest,
  reply: FastifyReply,
): Promise<GiveBack | null> {
  const { raw } = reply;
  const left = new AbortController();
  const leave = () => left.abort();
  raw.once('close', leave);
  try {
    return await turns.take(merchantId, left.signal);
  } finally {
    raw.off('close', leave);
    showQuota(reply, { name, limit: turns.perMerchant, left: turns.left(merchantId) });
  }
}
