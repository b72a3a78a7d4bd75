import { execFileSync } from 'node:child_process';
import { LocalServiceError } from './local-service-error.js';

/** The user that runs a server; empty for the user of this process. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * The user that runs Postgres, which refuses to run as root. If there is no user `postgres`, it is `nobody`, so that no
 * user has to be added to the machine.
 */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) };
    } catch {
      // The machine does not have this user, so the next one is tried.
    }
  }
  throw new LocalServiceError(
    'NOT_SUPPORTED',
    'Postgres cannot run as root, and the machine has neither a user "postgres" nor "nobody". Add one of them, or start as another user.',
  );
}

function idOf(flag: '-u' | '-g', name: string): number {
  return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}
