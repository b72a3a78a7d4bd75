import { keyScopes } from '@pledgeline/db';
import { z } from 'zod';
import { cursorMembers } from '../../answers/cursor.js';
import { tags } from '../../contract/operation.js';
import { id, instant, link } from '../../contract/values.js';
import { idCursorParameter, idInPath, limitParameter } from '../../read-query.js';
import { keyRotationBody, newKeyBody } from './key-body.js';

const ofKeys = { tags: [tags.keys] };
const params = z.object({ id: idInPath });

const keyAnswer = z
  .strictObject({
    id,
    name: z.string(),
    scope: z.enum(keyScopes),
    prefix: z.string().meta({ description: 'The first characters of the secret.', examples: ['pl_x7Kq2'] }),
    expiresAt: instant.nullable().meta({ description: 'Null for a key that does not expire.' }),
    revokedAt: instant.nullable(),
    lastUsedAt: instant.nullable().meta({ description: 'Right to about a minute.' }),
    previousSecretUntil: instant
      .nullable()
      .meta({ description: 'Until when the previous secret is valid as well.' }),
    createdAt: instant,
    links: z.strictObject({ revoke: link, rotate: link }),
  })
  .meta({ id: 'Key' });

const keyWithSecret = keyAnswer
  .extend({ secret: z.string().meta({ examples: ['pl_x7Kq2mB1cVY0sJr8dPzW3nTfLhGaEoUi'] }) })
  .meta({ id: 'KeyWithSecret' });

export const createOperation = {
  ...ofKeys,
  operationId: 'createKey',
  summary: 'Makes a key',
  description: 'Its `secret` is shown only here. A merchant has 100 valid keys at most.',
  body: newKeyBody,
  response: { 201: keyWithSecret },
};

export const listOperation = {
  ...ofKeys,
  operationId: 'listKeys',
  summary: 'Lists keys, newest first',
  description: 'Those that were revoked or have expired stay in the list.',
  querystring: z.strictObject({ cursor: idCursorParameter, limit: limitParameter(200) }),
  response: { 200: z.strictObject({ keys: z.array(keyAnswer), ...cursorMembers }) },
};

export const rotateOperation = {
  ...ofKeys,
  operationId: 'rotateKey',
  summary: 'Makes a new secret for a key',
  description: 'The previous one is valid as well for some hours. Name, scope and expiry stay.',
  params,
  body: keyRotationBody,
  response: { 200: keyWithSecret },
};

export const revokeOperation = {
  ...ofKeys,
  operationId: 'revokeKey',
  summary: 'Revokes a key for ever',
  description:
    'A key cannot revoke itself, nor the last one of the scope `admin` that does not expire: so a merchant is never locked out.',
  params,
  response: { 204: z.undefined() },
};
