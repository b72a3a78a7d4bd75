import { EventEmitter } from 'node:events';
import { PostgresConnection } from 'bullmq';
import pg from 'pg';
import { expect, it, vi } from 'vitest';
import { keepErrorListener } from './backend.js';
import { startTestPostgres } from './testing/test-servers.js';

it('a closing LISTEN client always has an error listener, so that a lost server does not end the process', async () => {
  const server = await startTestPostgres();
  const target = await server.freshConnection();
  if (target.kind !== 'postgres') throw new Error('not a Postgres');
  const connection = new PostgresConnection({ connectionString: target.connectionString });
  keepErrorListener(connection);
  const client = await connection.getListenClient();
  if (!(client instanceof EventEmitter)) throw new Error('not a client of pg');
  // What BullMQ's close() does before the connection has ended.
  client.removeAllListeners();
  expect(() => client.emit('error', new Error('terminating connection'))).not.toThrow();
  await connection.close();
  await server.stop();
});

it('a LISTEN client that is cut in the moment when it has connected does not end the process, and is replaced', async () => {
  const server = await startTestPostgres();
  const target = await server.freshConnection();
  if (target.kind !== 'postgres') throw new Error('not a Postgres');
  const connection = new PostgresConnection({ connectionString: target.connectionString });
  connection.on('error', () => undefined);
  keepErrorListener(connection);
  const connect = vi.spyOn(pg.Client.prototype, 'connect').mockImplementationOnce(async function (
    this: pg.Client,
  ) {
    connect.mockRestore();
    await this.connect();
    // Before BullMQ listens, as when the server cuts the connection right now.
    this.emit('error', new Error('terminating connection due to administrator command'));
  });
  const cut = await connection.getListenClient();
  await vi.waitFor(async () => expect(await connection.getListenClient()).not.toBe(cut));
  const client = await connection.getListenClient();
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await connection.close();
  await server.stop();
});
