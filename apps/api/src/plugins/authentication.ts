import { type Database, findMerchantByKey } from '@pledgeline/db';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose key the request carries. Blank outside `/v1`. */
    merchantId: string;
  }
}

/** Asks every request to the routes of `app` for a bearer key, before a byte of the body is read. */
export function authenticate(app: FastifyInstance, database: Database): void {
  app.addHook('onRequest', async (request) => {
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

/** The bearer key that the request carries. */
export function readKey({ headers }: FastifyRequest): string | undefined {
  return /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
}
