import { type Database, findMerchantByKey } from '@pledgeline/db';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The merchant of the request's key. Blank outside `/v1`. */
    merchantId: string;
  }
}

/** Requires a bearer key for all routes of `app`, before a byte of the body is read. */
export function authenticate(app: FastifyInstance, database: Database): void {
  app.addHook('onRequest', async (request) => {
    refuseSecondKey(request);
    const key = readKey(request);
    if (key === undefined) {
      throw new Problem('missing_key', 'Send your API key: "Authorization: Bearer pl_…".', {
        headers: { 'www-authenticate': 'Bearer' },
      });
    }
    const merchantId = await findMerchantByKey(database, key);
    if (merchantId === null) {
      throw new Problem('unknown_key', 'The API key is unknown or revoked. Check it, or ask for a new one.', {
        headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
      });
    }
    request.merchantId = merchantId;
  });
}

/** Node would take the first header and a proxy perhaps the last, so they could see different merchants. */
function refuseSecondKey({ raw }: FastifyRequest): void {
  const names = raw.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'authorization');
  if (names.length <= 1) return;
  throw new Problem('invalid_request', 'The request has several Authorization headers. Send one.');
}

/** The bearer key of the request. */
export function readKey({ headers }: FastifyRequest): string | undefined {
  return /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
}
