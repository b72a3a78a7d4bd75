import { join, resolve } from 'node:path';
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

/** Where everything that the CLI keeps lies. Ignored by git. */
const home = join(repositoryRoot, '.pledgeline');

export const postgresFolder = join(home, 'postgres');
export const logsFolder = join(home, 'logs');
export const samplesFolder = join(home, 'samples');

/** A path as the user meant it: from where they are, not from where pnpm runs scripts. */
export function resolveUserPath(path: string, env: Env): string {
  return resolve(env.INIT_CWD ?? process.cwd(), path);
}
