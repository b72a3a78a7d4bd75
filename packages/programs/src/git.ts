import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CommitError } from './commit-error.js';

/** Runs git in a repository and resolves with what it prints. */
export async function git(repository: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', ['-C', repository, ...args]);
  return stdout.trim();
}

/** The full hash of a commit. @throws CommitError when it is not there */
export async function findCommit(repository: string, commitish: string): Promise<string> {
  const isShallow = await git(repository, 'rev-parse', '--is-shallow-repository').catch((cause: unknown) => {
    const message = `Another commit needs git, and ${repository} to be a clone of the repository.`;
    throw new CommitError('NO_REPOSITORY', message, { cause });
  });
  try {
    return await git(
      repository,
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${commitish}^{commit}`,
    );
  } catch (cause) {
    const hint =
      isShallow === 'true'
        ? 'This is a shallow clone: `git fetch --unshallow` brings the commits it was made without.'
        : '`git fetch --all --tags` brings what the remote has; `git log --oneline` lists what is here.';
    throw new CommitError('UNKNOWN_COMMIT', `${commitish}: no such commit here. ${hint}`, { cause });
  }
}
