import {
  type Database,
  type EndedKey,
  findKey,
  isEnough,
  type KeyScope,
  type ValidKey,
} from '@pledgeline/db';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problem.js';
import { neededScope } from './needed-scope.js';
import { recordUses } from './record-use.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The merchant of the request's key. Blank outside `/v1`. */
    merchantId: string;
    /** The id of the request's key. Blank outside `/v1`. */
    keyId: string;
  }
}

/** Requires a bearer key of enough scope for all routes of `app`, before a byte of the body is read. */
export function authenticate(app: FastifyInstance, database: Database): void {
  const recordUse = recordUses(app, database);
  const due = new WeakSet<FastifyRequest>();

  app.addHook('onRequest', async (request) => {
    const key = await requireKey(request, database);
    request.merchantId = key.merchantId;
    request.keyId = key.id;
    if (key.isUseDue) due.add(request);
    requireScope(key.scope, neededScope(request.routeOptions.method ?? 'GET', request.routeOptions.config));
  });
  app.addHook('onResponse', async (request) => {
    if (due.has(request)) recordUse(request.keyId);
  });
}

/** The bearer key of the request. */
export function readKey({ headers }: FastifyRequest): string | undefined {
  return /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
}

/** @throws Problem `missing_key`, `unknown_key` or `expired_key` */
async function requireKey(request: FastifyRequest, database: Database): Promise<ValidKey> {
  refuseSecondKey(request);
  const secret = readKey(request);
  if (secret === undefined) {
    throw new Problem('missing_key', 'Send your API key: "Authorization: Bearer pl_…".', {
      headers: { 'www-authenticate': 'Bearer' },
    });
  }
  const found = await findKey(database, secret);
  if (found?.state === 'valid') return found;
  throw found === null ? unknownKey() : endedKey(found);
}

/** Node would take the first header and a proxy perhaps the last, so they could see different merchants. */
function refuseSecondKey({ raw }: FastifyRequest): void {
  const names = raw.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'authorization');
  if (names.length <= 1) return;
  throw new Problem('invalid_request', 'The request has several Authorization headers. Send one.');
}

const invalidToken = { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } };

function unknownKey(): Problem {
  return new Problem('unknown_key', 'The API key is unknown. Check it, or ask for a new one.', invalidToken);
}

function endedKey({ state, since }: EndedKey): Problem {
  const time = since.toISOString();
  switch (state) {
    case 'revoked':
      return new Problem(
        'unknown_key',
        `The API key was revoked at ${time}. Use another one, or ask for a new one.`,
        invalidToken,
      );
    case 'expired':
      return new Problem(
        'expired_key',
        `The API key has expired at ${time}. Make a new one with POST /v1/keys and another key of the scope "admin", or ask for one.`,
        invalidToken,
      );
    case 'replaced':
      return new Problem(
        'expired_key',
        `The API key was rotated, and this secret of it was valid until ${time}. Use the new one.`,
        invalidToken,
      );
  }
}

/** @throws Problem `insufficient_scope` */
function requireScope(held: KeyScope, needed: KeyScope): void {
  if (isEnough(held, needed)) return;
  throw new Problem(
    'insufficient_scope',
    `This needs a key of the scope "${needed}", and the API key has the scope "${held}". Use another one, or ask for one.`,
    {
      members: { neededScope: needed },
      headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${needed}"` },
    },
  );
}
