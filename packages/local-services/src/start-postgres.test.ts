import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRunning } from './process-identity.js';
import { type LocalPostgres, startPostgres } from './start-postgres.js';

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' });
    return rows.map(([first]: readonly unknown[]) => first);
  } finally {
    await client.end();
  }
}

describe('a temporary Postgres', () => {
  let server: LocalPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server.stop();
  });

  it('is durable, uses UTF-8 and allows 200 clients by default', async () => {
    const setting = (name: string): Promise<unknown> => ask(server.url(), `SHOW ${name}`);
    expect(await setting('fsync')).toEqual(['on']);
    expect(await setting('synchronous_commit')).toEqual(['on']);
    expect(await setting('max_connections')).toEqual(['200']);
    expect(await setting('listen_addresses')).toEqual(['127.0.0.1']);
    expect(await setting('server_encoding')).toEqual(['UTF8']);
    expect(await ask(server.url(), `SELECT lower('ÄÉ')`)).toEqual(['äé']);
  });

  it('refuses a wrong password', async () => {
    const url = new URL(server.url());
    url.password = 'wrong';
    await expect(ask(url.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('creates a database from a template and drops it', async () => {
    await server.createDatabase('pattern');
    await ask(server.url('pattern'), 'CREATE TABLE kept AS SELECT 1 AS one');
    await server.createDatabase('Copy of it', { template: 'pattern' });
    expect(await ask(server.url('Copy of it'), 'SELECT one FROM kept')).toEqual([1]);
    await server.dropDatabase('Copy of it');
    await server.dropDatabase('Copy of it');
    await expect(ask(server.url('Copy of it'), 'SELECT 1')).rejects.toMatchObject({ code: '3D000' });
  });

  it('keeps committed rows after a SIGKILL and starts again on the same port', async () => {
    await ask(server.url(), 'CREATE TABLE survives AS SELECT 42 AS answer');
    const { pid, port } = server;
    await server.kill();
    expect(isRunning(pid)).toBe(false);
    await server.restart();
    expect(server.port).toBe(port);
    expect(server.pid).not.toBe(pid);
    expect(await ask(server.url(), 'SELECT answer FROM survives')).toEqual([42]);
  });

  it('restarts while it is running', async () => {
    await server.restart();
    expect(await ask(server.url(), 'SELECT answer FROM survives')).toEqual([42]);
  });

  it('ends its process and removes its temporary folder on stop', async () => {
    const other = await startPostgres({ settings: { fsync: 'off' } });
    expect(await ask(other.url(), 'SHOW fsync')).toEqual(['off']);
    await other.stop();
    expect(isRunning(other.pid)).toBe(false);
    expect(existsSync(dirname(other.dataFolder))).toBe(false);
  });
});

describe('a persistent data folder of Postgres', () => {
  let parent: string;
  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'pledgeline-test-'));
  });
  afterAll(async () => {
    await rm(parent, { recursive: true, force: true });
  });

  it('is used again, also after a crash when the process id of the server belongs to another process', async () => {
    const dataFolder = join(parent, 'deep', 'postgres');
    const first = await startPostgres({ dataFolder });
    await ask(first.url(), 'CREATE TABLE kept AS SELECT 7 AS seven');
    await first.stop();

    await writeFile(
      join(first.dataFolder, 'postmaster.pid'),
      `${process.pid}\n${first.dataFolder}\n0\n1\n\n\n`,
    );
    const second = await startPostgres({ dataFolder });
    expect(await ask(second.url(), 'SELECT seven FROM kept')).toEqual([7]);
    await second.kill();

    const third = await startPostgres({ dataFolder });
    expect(await ask(third.url(), 'SELECT seven FROM kept')).toEqual([7]);
    await third.stop();
    await second.stop();
  });

  it('is refused while another server is running on it', async () => {
    const dataFolder = join(parent, 'taken');
    const first = await startPostgres({ dataFolder });
    try {
      await expect(startPostgres({ dataFolder })).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
    } finally {
      await first.stop();
    }
  });

  it('is refused when its cluster was not created by this package', async () => {
    const dataFolder = join(parent, 'foreign');
    const server = await startPostgres({ dataFolder });
    await server.stop();
    await rm(join(server.dataFolder, 'pledgeline.password'));
    await expect(startPostgres({ dataFolder })).rejects.toMatchObject({ code: 'DATA_FOLDER_FOREIGN' });
  });
});
