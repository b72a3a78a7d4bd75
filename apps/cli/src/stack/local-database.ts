import { type LocalPostgres, LocalServiceError, startPostgres } from '@pledgeline/local-services';
import { CliError } from '../cli-error.js';
import type { Cleanup } from './cleanup.js';
import { lockFolder } from './folder-lock.js';

/** The Postgres of a stack. */
export interface StackPostgres {
  readonly server: LocalPostgres;
  /** False when another stack uses the data folder: this Postgres is temporary, and its data is removed with it. */
  readonly isKept: boolean;
}

/**
 * Starts Postgres on the permanent data folder. If another stack uses that folder, starts a temporary Postgres instead,
 * or fails when `mustKeep` says that the data has to stay.
 */
export async function startStackPostgres(
  cleanup: Cleanup,
  { dataFolder, mustKeep }: { readonly dataFolder: string; readonly mustKeep: boolean },
): Promise<StackPostgres> {
  const lock = await lockFolder(dataFolder);
  if (lock === null) return startTemporary(cleanup, mustKeep);
  cleanup.defer(() => lock.release());
  try {
    return { server: await start(cleanup, { dataFolder }), isKept: true };
  } catch (error) {
    // A Postgres that was started in another way holds no lock of ours.
    if (error instanceof LocalServiceError && error.code === 'DATA_FOLDER_IN_USE') {
      return startTemporary(cleanup, mustKeep);
    }
    throw error;
  }
}

async function startTemporary(cleanup: Cleanup, mustKeep: boolean): Promise<StackPostgres> {
  if (mustKeep) {
    throw new CliError('Another Pledgeline is running on the data of this repository.', {
      hint: 'Stop it (`pnpm dev` or `pnpm demo` in another terminal) and try again.',
    });
  }
  return { server: await start(cleanup, {}), isKept: false };
}

async function start(cleanup: Cleanup, options: { readonly dataFolder?: string }): Promise<LocalPostgres> {
  const server = await startPostgres(options);
  cleanup.defer(() => server.stop());
  return server;
}
