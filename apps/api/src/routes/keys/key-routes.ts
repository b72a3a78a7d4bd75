import {
  createKeyWithinLimit,
  type KeyReport,
  listKeys,
  maxKeys,
  revokeKey,
  rotateKey,
} from '@pledgeline/db';
import { writeCursors } from '../../answers/list-page.js';
import type { AppContext } from '../../context.js';
import type { Api } from '../../contract/route-types.js';
import { keyLinks } from '../../links.js';
import { readKey } from '../../plugins/authentication.js';
import { Problem } from '../../problem.js';
import { createOperation, listOperation, revokeOperation, rotateOperation } from './key-operations.js';

const HOUR_MS = 3_600_000;

/**
 * `/v1/keys`: the merchant's keys. All of it needs the scope `admin`, which is the widest: so no key can make one that may
 * do more than itself. No key can end itself, and none the last admin key that does not expire: so no merchant is locked out.
 */
export async function keyRoutes(app: Api, { database, config }: AppContext): Promise<void> {
  const present = (report: KeyReport) => ({ ...report, links: keyLinks(config.PUBLIC_URL, report.id) });
  const scope = 'admin';

  app.get('/', { schema: listOperation, config: { scope } }, async ({ merchantId, query }) => {
    const { cursor: start, limit } = query;
    const { keys, ...beside } = await listKeys(database, merchantId, { start, limit });
    return { keys: keys.map(present), ...writeCursors(beside) };
  });

  const ofCreation = { scope, problems: ['too_many_keys'] } as const;
  app.post('/', { schema: createOperation, config: ofCreation }, async ({ merchantId, body }, reply) => {
    const created = await createKeyWithinLimit(database, merchantId, body);
    if (created === null) throw tooManyKeys();
    return reply.code(201).send({ ...present(created.report), secret: created.secret });
  });

  const ofRotation = { scope, problems: ['key_not_found', 'key_ended', 'own_key'] } as const;
  app.post('/:id/rotate', { schema: rotateOperation, config: ofRotation }, async (request) => {
    const { merchantId, keyId, params, body } = request;
    if (params.id === null) throw noSuchKey();
    const isOwn = params.id.toLowerCase() === keyId;
    if (isOwn && body.overlapHours === 0) throw ownRotation();
    const rotation = { overlapMs: body.overlapHours * HOUR_MS, askedWith: readKey(request) ?? null };
    const rotated = await rotateKey(database, merchantId, params.id, rotation);
    if (rotated === null) throw noSuchKey();
    if (rotated === 'ended') throw keyEnded();
    return { ...present(rotated.report), secret: rotated.secret };
  });

  const ofRevocation = { scope, problems: ['key_not_found', 'own_key', 'last_admin_key'] } as const;
  app.delete('/:id', { schema: revokeOperation, config: ofRevocation }, async (request, reply) => {
    const { merchantId, keyId, params } = request;
    if (params.id === null) throw noSuchKey();
    const outcome = await revokeKey(database, merchantId, params.id.toLowerCase(), keyId);
    switch (outcome) {
      case 'revoked':
        return reply.code(204).send();
      case 'unknown':
        throw noSuchKey();
      case 'own_key':
        throw ownRevocation();
      case 'asker_ended':
        throw askerEnded();
      case 'last_lasting':
        throw lastAdminKey();
    }
  });
}

function noSuchKey(): Problem {
  return new Problem('key_not_found', 'There is no such key; GET /v1/keys lists those there are.');
}

function tooManyKeys(): Problem {
  return new Problem(
    'too_many_keys',
    `A merchant has ${maxKeys} valid keys at most. Revoke one that is not used any more: GET /v1/keys shows when each was used last.`,
  );
}

function lastAdminKey(): Problem {
  return new Problem(
    'last_admin_key',
    'This is the last key of the scope "admin" that does not expire. Without it nobody could make keys once the key of this request has expired. Make another one first: POST /v1/keys with the scope "admin" and without "expiresAt".',
  );
}

function keyEnded(): Problem {
  return new Problem(
    'key_ended',
    'The key is revoked or has expired, so a new secret would be of no use. Make a new key with POST /v1/keys.',
  );
}

function ownRotation(): Problem {
  return new Problem(
    'own_key',
    'This is the key of the request. Without an overlap nobody could use it if the answer were lost. Give "overlapHours" from 1 to 168; or make a new key, and revoke this one with it.',
  );
}

function ownRevocation(): Problem {
  return new Problem(
    'own_key',
    'This is the key of the request, and no key can revoke itself, so that one is always left. Use another key of the scope "admin"; POST /v1/keys makes one.',
  );
}

function askerEnded(): Problem {
  return new Problem(
    'unknown_key',
    'The API key was revoked or has expired in the meantime. Use another one.',
    {
      headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    },
  );
}
