import { SESSION_MS } from '@pledgeline/db';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Environment } from '../env.js';

type Config = Pick<Environment, 'PUBLIC_URL'>;

/** The token of the session that the browser has; undefined where it has none. */
export function readSessionToken({ headers }: FastifyRequest, config: Config): string | undefined {
  return headers.cookie === undefined ? undefined : parseCookie(headers.cookie)[cookieName(config)];
}

/** Gives the browser the token of its session. No script can read it, and no other site can make the browser send it. */
export function setSessionCookie(reply: FastifyReply, config: Config, token: string): void {
  reply.header('set-cookie', writeCookie(config, token, SESSION_MS / 1_000));
}

/** Takes the token of its session from the browser. */
export function clearSessionCookie(reply: FastifyReply, config: Config): void {
  reply.header('set-cookie', writeCookie(config, '', 0));
}

function writeCookie(config: Config, value: string, maxAge: number): string {
  return stringifySetCookie({
    name: cookieName(config),
    value,
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure(config),
    path: '/',
    maxAge,
  });
}

/** With this prefix browsers refuse a cookie that another host, or a page without encryption, has set. */
function cookieName(config: Config): string {
  return isSecure(config) ? '__Host-pledgeline' : 'pledgeline';
}

/** Not every browser keeps such a cookie for a page without encryption, as on the machine of a developer. */
function isSecure({ PUBLIC_URL }: Config): boolean {
  return PUBLIC_URL?.startsWith('https:') === true;
}
