import { expect, it } from 'vitest';
import { z } from 'zod';
import { queueConnection, queueVariables } from './queue-environment.js';

const schema = z.object({ DATABASE_URL: z.string(), ...queueVariables });
const DATABASE_URL = 'postgres://localhost/pledgeline';
const REDIS_URL = 'rediss://localhost:6379';

it('the queue runs on the database of the program unless REDIS_URL is set', () => {
  expect(queueConnection(schema.parse({ DATABASE_URL }))).toEqual({
    kind: 'postgres',
    connectionString: DATABASE_URL,
  });
  expect(queueConnection(schema.parse({ DATABASE_URL, REDIS_URL }))).toEqual({
    kind: 'redis',
    url: REDIS_URL,
    allowEviction: false,
  });
  const allowed = schema.parse({ DATABASE_URL, REDIS_URL, ALLOW_EVICTION: 'true' });
  expect(queueConnection(allowed)).toMatchObject({ allowEviction: true });
});

it('a REDIS_URL that is not the address of a Redis is refused', () => {
  expect(schema.safeParse({ DATABASE_URL, REDIS_URL: 'http://localhost' }).error?.issues).toMatchObject([
    { path: ['REDIS_URL'], message: 'must be redis://host:port or rediss://host:port' },
  ]);
});
