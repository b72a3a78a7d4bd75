import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { waitUntilReady } from './wait-until-ready.js';

const json = { 'content-type': 'application/json' };

/** An API that is ready from its third answer on, or never. */
async function startApi(isEverReady: boolean): Promise<string> {
  let answers = 0;
  const server = createServer((_, response) => {
    answers += 1;
    response.writeHead(isEverReady && answers > 2 ? 200 : 503, json).end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens on no port');
  return `http://127.0.0.1:${address.port}`;
}

it('asks until the API is ready', async () => {
  await waitUntilReady(await startApi(true), new AbortController().signal);
});

it('ends with the reason of the signal', async () => {
  const ending = new AbortController();
  const waiting = waitUntilReady(await startApi(false), ending.signal);
  ending.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});
