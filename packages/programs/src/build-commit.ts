import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { guardFolder, unguardFolder } from '@pledgeline/local-services';
import { CommitError } from './commit-error.js';
import { findCommit, git } from './git.js';
import { runStep, type Step } from './run-step.js';
import { ourRoot } from './start.js';

export interface BuiltCommit {
  /** In full. */
  readonly hash: string;
  /** Where its files are, built. */
  readonly root: string;
}

interface BuildOptions {
  readonly repository: string;
  /** A build stays in a folder of it, so that the next run need not build again. */
  readonly cache: string;
  /** What makes programs of the files of a commit, run in their folder one after the other. */
  readonly steps: readonly Step[];
}

const defaults: BuildOptions = {
  repository: ourRoot,
  cache: tmpdir(),
  steps: [
    ['pnpm', 'install', '--frozen-lockfile', '--prefer-offline', '--loglevel=warn'],
    [
      'pnpm',
      'run',
      'build',
      '--output-logs=errors-only',
      '--log-prefix=none',
      // In a worktree turbo would share the cache of the caller's files.
      '--cache-dir=.turbo/cache',
      ...['api', 'worker', 'cli'].map((app) => `--filter=./apps/${app}`),
    ],
  ],
};

/**
 * API, worker and CLI of a commit. They are built away from the caller's files, in a worktree that is given up once
 * they are there.
 * @throws CommitError when the commit is not there or does not build
 */
export async function buildCommit(
  commitish: string,
  options: Partial<BuildOptions> = {},
): Promise<BuiltCommit> {
  const { repository, cache, steps } = { ...defaults, ...options };
  const hash = await findCommit(repository, commitish);
  const root = join(cache, `pledgeline-built-${hash}`);
  if (!existsSync(root)) {
    console.error(`Building ${commitish} once; it stays in ${root}`);
    await buildInto(root, hash, { repository, cache, steps });
  }
  if ((await stat(root)).uid !== userInfo().uid) {
    throw new CommitError('FOREIGN_BUILD', `${root} is not yours, so nothing is run from it. Remove it.`);
  }
  return { hash, root };
}

async function buildInto(root: string, hash: string, options: BuildOptions): Promise<void> {
  const { repository, cache, steps } = options;
  const scratch = await mkdtemp(join(cache, 'pledgeline-building-'));
  guardFolder(scratch);
  const worktree = join(scratch, 'worktree');
  try {
    await addWorktree(repository, worktree, hash);
    for (const step of steps) await runStep(step, worktree);
    await rm(join(worktree, '.git'));
    await moveUnlessThere(worktree, root);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `${hash} does not build: ${reason}\nBuild it by hand (\`git worktree add\`) to see why, or take a commit that builds with this version of Node and pnpm.`;
    throw new CommitError('NOT_BUILT', message, { cause });
  } finally {
    await rm(scratch, { recursive: true, force: true });
    unguardFolder(scratch);
    // The folder is gone; this takes it out of git's list, where it may not have come to be.
    await git(repository, 'worktree', 'remove', '--force', worktree).catch(() => undefined);
  }
}

const ATTEMPTS = 5;
const BETWEEN_ATTEMPTS_MS = 200;

/** Tries again, because git fails where it reads the list while another run writes its own worktree into it. */
async function addWorktree(repository: string, worktree: string, hash: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // Takes out of git's list what an interrupted build left there: only worktrees whose folders are gone.
      await git(repository, 'worktree', 'prune');
      await git(repository, 'worktree', 'add', '--detach', worktree, hash);
      return;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await rm(worktree, { recursive: true, force: true });
      await sleep(BETWEEN_ATTEMPTS_MS);
    }
  }
}

/** Moved as a whole, so a build that is there is complete. One that another run has put there is as good. */
async function moveUnlessThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (cause) {
    if (!existsSync(to)) throw cause;
  }
}
