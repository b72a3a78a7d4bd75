import { createDatabase, type Database, findKey } from '@pledgeline/db';
import { type LocalPostgres, startPostgres } from '@pledgeline/local-services';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHere } from '../test-support/run-here.js';

const nobody = '01890000-0000-7000-8000-000000000000';

let server: LocalPostgres;
let db: Database;
beforeAll(async () => {
  server = await startPostgres({ settings: { fsync: 'off' } });
  await run('migrate');
  db = createDatabase({ connectionString: server.url(), maxConnections: 1 });
});
afterAll(async () => {
  await db.close();
  await server.stop();
});

const run = (...args: readonly string[]) => runHere(args, { DATABASE_URL: server.url() });
const keys = (...args: readonly string[]) => run('keys', ...args, '--merchant', 'Ada Games');
const find = (stdout: string) => findKey(db, stdout.trim());

describe('The commands of keys of an operator', () => {
  it('make a key that may do everything, or less and for a while', async () => {
    const all = await keys('create');
    expect(all).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^pl_[\w-]{32}\n$/),
      stderr: 'Key "cli" of merchant "Ada Games", scope admin. Keep it safe: it cannot be shown again.\n',
    });
    expect(await find(all.stdout)).toMatchObject({ state: 'valid', scope: 'admin' });
    const less = await keys('create', '--name', 'shop', '--scope', 'read', '--expires', '2999-01-31');
    expect(less.stderr).toBe(
      'Key "shop" of merchant "Ada Games", scope read, valid until 2999-01-31T00:00:00.000Z. Keep it safe: it cannot be shown again.\n',
    );
    expect(await find(less.stdout)).toMatchObject({ state: 'valid', scope: 'read' });
  });

  it('list, rotate and revoke one', async () => {
    const { stdout: first } = await keys('create', '--name', 'mill', '--scope', 'write');
    const key = await find(first);
    const id = key?.state === 'valid' ? key.id : '';
    const { stdout: second, stderr } = await keys('rotate', id, '--overlap-hours', '1');
    expect(stderr).toMatch(
      /^New secret of key "mill"; the previous one stays valid until 2\S+Z\. Keep it safe: it cannot be shown again\.\n$/,
    );
    expect([await find(first), await find(second)]).toMatchObject([{ id }, { id }]);
    const line = `  ${id}   ${second.slice(0, 8)}…   mill   write   never       valid, previous secret until 2`;
    expect((await keys('list')).stdout.split('\n')[1]).toContain(line);
    expect(await keys('revoke', id)).toEqual({
      code: 0,
      stdout: '',
      stderr: `The key ${id} of merchant "Ada Games" is revoked.\n`,
    });
    expect([await find(first), await find(second)]).toMatchObject([
      { state: 'revoked' },
      { state: 'revoked' },
    ]);
    expect((await keys('list')).stdout.split('\n')[1]).toMatch(/ {3}revoked 2\S+ \S+$/);
    expect(await keys('rotate', id)).toEqual({
      code: 3,
      stdout: '',
      stderr: `The key ${id} is revoked or has expired.\nA new secret would be of no use. \`keys create\` makes a new key.\n`,
    });
  });

  it('say what is wrong with what they are given', async () => {
    expect((await keys('revoke', nobody)).stderr).toBe(
      `The merchant "Ada Games" has no key ${nobody}.\n\`keys list\` shows the keys of a merchant.\n`,
    );
    expect((await run('keys', 'list', '--merchant', 'Nobody')).stderr).toContain(
      'There is no merchant "Nobody".\n',
    );
  });
});
