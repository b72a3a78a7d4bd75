import { EventEmitter } from 'node:events';
import { PostgresConnection } from 'bullmq';
import { expect, it } from 'vitest';
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
