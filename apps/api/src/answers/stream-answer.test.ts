import { setTimeout as sleep } from 'node:timers/promises';
import { type FastifyInstance, fastify } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { streamAnswer, type WriteText } from './stream-answer.js';

const head = { type: 'text/csv', filename: 'list.csv' };
const PIECE = 'x'.repeat(1024);

let app: FastifyInstance;
let url: string;
let produce: (write: WriteText) => Promise<void>;
/** How the last list ended: null when it was written to its end. */
let ended: Promise<unknown>;

beforeAll(async () => {
  app = fastify();
  app.get('/', (_request, reply) =>
    streamAnswer(reply, head, (write) => {
      const done = produce(write);
      ended = done.then(
        () => null,
        (error: unknown) => error,
      );
      return done;
    }),
  );
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  app.server.closeAllConnections();
  await app.close();
});

let written = 0;
beforeEach(() => {
  written = 0;
});

async function writeForever(write: WriteText): Promise<void> {
  for (;;) {
    await write(PIECE);
    written += PIECE.length;
  }
}

describe('A streamed answer', () => {
  it('is whole when it ends', async () => {
    produce = async (write) => {
      for (let at = 0; at < 1_000; at += 1) await write(PIECE);
    };
    const response = await fetch(url);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="list.csv"');
    expect((await response.text()).length).toBe(1_000 * PIECE.length);
  });

  it('is an error when nothing was written before it', async () => {
    produce = () => Promise.reject(new Error('The database is away'));
    const response = await fetch(url);
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ message: 'The database is away' });
  });

  it('breaks off at a later error, so that no client takes a part for the whole', async () => {
    produce = async (write) => {
      await write(PIECE);
      await sleep(20);
      throw new Error('The database is away');
    };
    const response = await fetch(url);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  it('is written no faster than the client takes it, and no further when the client has left', async () => {
    produce = writeForever;
    const leaving = new AbortController();
    await fetch(url, { signal: leaving.signal });
    await sleep(300);
    const afterPause = written;
    await sleep(200);
    // What the sockets hold, which is little compared with what is written in this time otherwise.
    expect(written).toBe(afterPause);
    expect(written).toBeLessThan(16 * 1024 ** 2);
    leaving.abort();
    expect(await ended).toMatchObject({ name: 'AbortError' });
  });
});
