import { isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Env } from './env.js';

/**
 * The repository: three folders above this file, be it `apps/cli/src/paths.ts` or, bundled, `apps/cli/dist/main.js`.
 * The API and the worker are started by their place in it and never imported: they are processes, not libraries.
 */
export const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url));

/** The programs of the stack, as their own builds leave them. */
export const programs = {
  api: join(repositoryRoot, 'apps/api/dist/server.js'),
  worker: join(repositoryRoot, 'apps/worker/dist/main.js'),
};

/** Where the CLI keeps what it keeps. */
export interface HomeFolders {
  readonly postgres: string;
  readonly logs: string;
  readonly samples: string;
}

/** Below `.pledgeline` in the repository, which git ignores, unless the environment names another folder. */
export function homeFolders(env: Env): HomeFolders {
  const home = env.PLEDGELINE_HOME ?? join(repositoryRoot, '.pledgeline');
  return { postgres: join(home, 'postgres'), logs: join(home, 'logs'), samples: join(home, 'samples') };
}

/** A path for the user to read: short inside the repository, whole outside of it. */
export function showPath(path: string): string {
  const short = relative(repositoryRoot, path);
  return short.startsWith('..') || isAbsolute(short) ? path : short;
}

/** A path as the user meant it: from where they are, not from where pnpm runs scripts. */
export function resolveUserPath(path: string, env: Env): string {
  return resolve(env.INIT_CWD ?? process.cwd(), path);
}
