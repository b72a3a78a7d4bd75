import type { FastifyRequest } from 'fastify';
import type { Environment } from '../env.js';
import { Problem } from '../problem.js';

/** The header that the page sends with every request. A form cannot, and a script of another origin has to ask first. */
export const pageHeader = 'pledgeline-page';

/**
 * Refuses what a browser sends on behalf of another site, where its cookie is all that says who asks. Requests that change nothing
 * are let through: their answers cannot be read by other origins.
 *
 * @throws Problem `wrong_origin`
 */
export function requireOwnPage(
  { headers, method }: FastifyRequest,
  { PUBLIC_URL }: Pick<Environment, 'PUBLIC_URL'>,
): void {
  if (method === 'GET' || method === 'HEAD') return;
  const { origin, host } = headers;
  const isOwn = isOfHost(origin, host) || (PUBLIC_URL !== undefined && origin === new URL(PUBLIC_URL).origin);
  if (isOwn && headers[pageHeader] !== undefined) return;
  throw new Problem(
    'wrong_origin',
    'The request does not come from the page of this API, and only that may use a session. Other programs send a key: "Authorization: Bearer pl_…".',
    // The document promises it with every 403.
    { headers: { 'www-authenticate': 'Bearer' } },
  );
}

/** A browser does not let a page choose either of the two. A proxy may have changed the scheme. */
function isOfHost(origin: string | undefined, host: string | undefined): boolean {
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}
