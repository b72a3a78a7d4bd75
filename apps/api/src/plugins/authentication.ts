import {
  type Database,
  type EndedKey,
  findKey,
  findSessionKey,
  isEnough,
  type KeyScope,
  type ValidKey,
} from '@pledgeline/db';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Environment } from '../env.js';
import { requireOwnPage } from '../page/require-own-page.js';
import { readSessionToken } from '../page/session-cookie.js';
import { sessionEnded } from '../page/session-ended.js';
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

/**
 * Requires a key of enough scope for all routes of `app`, before a byte of the body is read: a bearer key, or that of a
 * session of the page.
 */
export function authenticate(
  app: FastifyInstance,
  database: Database,
  config: Pick<Environment, 'PUBLIC_URL'>,
): void {
  const recordUse = recordUses(app, database);
  const due = new WeakSet<FastifyRequest>();

  app.addHook('onRequest', async (request) => {
    const key = await requireKey(request, database, config);
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

/** @throws Problem `missing_key`, `unknown_key`, `expired_key`, `session_ended` or `wrong_origin` */
async function requireKey(
  request: FastifyRequest,
  database: Database,
  config: Pick<Environment, 'PUBLIC_URL'>,
): Promise<ValidKey> {
  refuseSecondKey(request);
  const secret = readKey(request);
  if (secret !== undefined) return requireSecret(database, secret);
  const token = request.headers.authorization === undefined ? readSessionToken(request, config) : undefined;
  if (token === undefined) {
    throw new Problem('missing_key', 'Send your API key: "Authorization: Bearer pl_…".', {
      headers: { 'www-authenticate': 'Bearer' },
    });
  }
  requireOwnPage(request, config);
  const found = await findSessionKey(database, token);
  if (found === null) throw sessionEnded();
  return found;
}

/**
 * The key with this secret.
 *
 * @throws Problem `unknown_key` or `expired_key`
 */
export async function requireSecret(database: Database, secret: string): Promise<ValidKey> {
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
