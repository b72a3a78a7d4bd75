import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildCommit } from './build-commit.js';
import { CommitError } from './commit-error.js';
import { git } from './git.js';
import type { Step } from './run-step.js';

/** Takes what the commit says over into a file of its own, and marks that it ran. */
const build: Step = ['node', '-e', "fs.copyFileSync('source', 'built')"];
const failing: Step = ['node', '-e', 'process.exit(3)'];

describe('building another commit', () => {
  let folder: string;
  let repository: string;
  let cache: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeline-build-test-'));
    repository = join(folder, 'repository');
    cache = join(folder, 'cache');
    await mkdir(cache);
    await git(folder, 'init', '--quiet', repository);
    await commit('old');
    await commit('new');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function commit(source: string): Promise<void> {
    await writeFile(join(repository, 'source'), source);
    await git(repository, 'add', '.');
    const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
    await git(repository, ...author, 'commit', '--quiet', '--no-verify', '-m', source);
  }

  it('builds the files of that commit, and leaves those of the caller and the list of worktrees alone', async () => {
    await writeFile(join(repository, 'source'), 'not committed');
    const { root, hash } = await buildCommit('HEAD~1', { repository, cache, steps: [build] });
    expect(hash).toBe(await git(repository, 'rev-parse', 'HEAD~1'));
    expect(await readFile(join(root, 'built'), 'utf8')).toBe('old');
    expect(await readFile(join(repository, 'source'), 'utf8')).toBe('not committed');
    expect(await readdir(repository)).toEqual(['.git', 'source']);
    expect(await worktrees()).toBe(1);
  });

  it('builds a commit once, whatever it is called', async () => {
    const first = await buildCommit('HEAD~1', { repository, cache, steps: [build] });
    const second = await buildCommit(first.hash.slice(0, 12), { repository, cache, steps: [failing] });
    expect(second).toEqual(first);
  });

  it('lets two runs build the same commit at once', async () => {
    const options = { repository, cache, steps: [build] };
    const [first, second] = await Promise.all([buildCommit('HEAD', options), buildCommit('HEAD', options)]);
    expect(second).toEqual(first);
    expect(await readdir(cache)).toEqual([`pledgeline-built-${first.hash}`]);
    expect(await worktrees()).toBe(1);
  });

  it('leaves nothing of a commit that does not build, and says what to do', async () => {
    const building = buildCommit('HEAD', { repository, cache, steps: [build, failing] });
    await expect(building).rejects.toThrow(/does not build: .*ended with 3.*git worktree add/s);
    await expect(building).rejects.toMatchObject({ code: 'NOT_BUILT' });
    expect(await readdir(cache)).toEqual([]);
    expect(await worktrees()).toBe(1);
  });

  it('says of a commit that is not there how to get it', async () => {
    const building = buildCommit('nowhere', { repository, cache, steps: [build] });
    await expect(building).rejects.toThrow(/nowhere: no such commit here.*git fetch --all/);
    await expect(building).rejects.toBeInstanceOf(CommitError);
  });

  it('says of a commit before those of a shallow clone how to get it', async () => {
    const shallow = join(folder, 'shallow');
    await git(folder, 'clone', '--quiet', '--depth=1', pathToFileURL(repository).href, shallow);
    const building = buildCommit('HEAD~1', { repository: shallow, cache, steps: [build] });
    await expect(building).rejects.toThrow(/shallow clone.*git fetch --unshallow/);
  });

  it('says that it needs a repository', async () => {
    const building = buildCommit('HEAD', { repository: join(folder, 'none'), cache, steps: [build] });
    await expect(building).rejects.toMatchObject({ code: 'NO_REPOSITORY' });
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  async function worktrees(): Promise<number> {
    const list = await git(repository, 'worktree', 'list');
    return list.split('\n').length;
  }
});
