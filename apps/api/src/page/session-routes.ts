import {
  closePageSession,
  keyScopes,
  type NewPageSession,
  openPageSession,
  openSessionByLink,
  readPageSession,
} from '@pledgeline/db';
import { z } from 'zod';
import type { AppContext } from '../context.js';
import { tags } from '../contract/operation.js';
import type { Api } from '../contract/route-types.js';
import { id, instant } from '../contract/values.js';
import { requireSecret } from '../plugins/authentication.js';
import { Problem } from '../problem.js';
import { requireOwnPage } from './require-own-page.js';
import { clearSessionCookie, readSessionToken, setSessionCookie } from './session-cookie.js';
import { sessionEnded } from './session-ended.js';

const MAX_SECRET_LENGTH = 200;
const secret = z.string().min(1).max(MAX_SECRET_LENGTH);

const sessionAnswer = z
  .strictObject({
    merchant: z.string(),
    keyId: id,
    keyName: z.string(),
    scope: z.enum(keyScopes).meta({ description: 'What the key of the session may do.' }),
    expiresAt: instant,
  })
  .meta({ id: 'Session' });

const ofPage = { tags: [tags.page] };

const openOperation = {
  ...ofPage,
  operationId: 'openSession',
  summary: 'Signs a browser in',
  description:
    'For the page of this API alone. It takes a key, or the token of a link that was made for this and works once. A cookie stands for the key from then on, for a week or until the key ends.',
  body: z.union([z.strictObject({ key: secret }), z.strictObject({ link: secret })]),
  response: { 201: sessionAnswer },
};

const showOperation = {
  ...ofPage,
  operationId: 'showSession',
  summary: 'Shows who is signed in',
  response: { 200: sessionAnswer },
};

const closeOperation = {
  ...ofPage,
  operationId: 'closeSession',
  summary: 'Signs a browser out',
  response: { 204: z.undefined() },
};

const always = ['internal_error', 'database_unavailable'] as const;

/** `/app/session`: how the page is used without handing the key to its scripts. */
export async function sessionRoutes(app: Api, { database, config }: AppContext): Promise<void> {
  const ofOpening = [
    ...always,
    'wrong_origin',
    'unknown_key',
    'expired_key',
    'unknown_link',
    'upload_interrupted',
    'body_too_large',
    'unsupported_media_type',
  ] as const;
  app.post('/', { schema: openOperation, config: { problems: ofOpening } }, async (request, reply) => {
    requireOwnPage(request, config);
    const opened = await openFor(request.body);
    setSessionCookie(reply, config, opened.token);
    return reply.code(201).send(await requireSession(opened.token));
  });

  async function openFor(body: z.infer<(typeof openOperation)['body']>): Promise<NewPageSession> {
    if ('key' in body) return openPageSession(database, (await requireSecret(database, body.key)).id);
    const opened = await openSessionByLink(database, body.link);
    if (opened !== null) return opened;
    throw new Problem(
      'unknown_link',
      'The link was used already, or is older than ten minutes. Sign in with a key, or ask for a new link.',
      { headers: { 'www-authenticate': 'Bearer' } },
    );
  }

  app.get(
    '/',
    { schema: showOperation, config: { problems: [...always, 'session_ended'] } },
    async (request) => requireSession(readSessionToken(request, config)),
  );

  async function requireSession(token: string | undefined) {
    const session = token === undefined ? null : await readPageSession(database, token);
    if (session === null) throw sessionEnded();
    return session;
  }

  const ofClosing = [...always, 'wrong_origin', 'unsupported_media_type'] as const;
  app.delete('/', { schema: closeOperation, config: { problems: ofClosing } }, async (request, reply) => {
    requireOwnPage(request, config);
    const token = readSessionToken(request, config);
    if (token !== undefined) await closePageSession(database, token);
    clearSessionCookie(reply, config);
    return reply.code(204).send();
  });
}
