import { isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Env } from './env.js';

/**
 * The repository: three folders above this file, as `apps/cli/src/paths.ts` and bundled as `apps/cli/dist/main.js`.
 * The API and the worker are found by their paths in it and never imported: they are processes, not libraries.
 */
export const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url));

/** The built programs of the stack. */
export const programs = {
  api: join(repositoryRoot, 'apps/api/dist/server.js'),
  worker: join(repositoryRoot, 'apps/worker/dist/main.js'),
};

/** The folders in which the CLI stores files. */
export interface HomeFolders {
  readonly postgres: string;
  readonly logs: string;
  readonly samples: string;
  /** Rejected rows of demos. */
  readonly rejected: string;
}

/** Folders in PLEDGELINE_HOME, or else in `.pledgeline` in the repository, which git ignores. */
export function homeFolders(env: Env): HomeFolders {
  const home = env.PLEDGELINE_HOME ?? join(repositoryRoot, '.pledgeline');
  return {
    postgres: join(home, 'postgres'),
    logs: join(home, 'logs'),
    samples: join(home, 'samples'),
    rejected: join(home, 'rejected'),
  };
}

/** A path to show to the user: relative inside the repository, absolute outside of it. */
export function showPath(path: string): string {
  const short = relative(repositoryRoot, path);
  return short.startsWith('..') || isAbsolute(short) ? path : short;
}

/** Resolves a path relative to the folder of the user, not to the folder in which pnpm runs scripts. */
export function resolveUserPath(path: string, env: Env): string {
  return resolve(env.INIT_CWD ?? process.cwd(), path);
}
