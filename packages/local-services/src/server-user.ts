import { execFileSync } from 'node:child_process';
import { LocalServiceError } from './local-service-error.js';

/** Whom a server runs as; empty: as ourselves. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Postgres refuses to run as root. `nobody` stands in where there is no `postgres` user, so that starting
 * a server never edits the machine's list of users.
 */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) };
    } catch {
      // Not on this machine: the next name.
    }
  }
  throw new LocalServiceError(
    'NOT_SUPPORTED',
    'Postgres does not run as root, and there is neither a user "postgres" nor "nobody". Add one, or start as another user.',
  );
}

function idOf(flag: '-u' | '-g', name: string): number {
  return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}
