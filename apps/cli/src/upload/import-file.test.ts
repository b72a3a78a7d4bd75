import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createApiClient } from './api-client.js';
import { importFile } from './import-file.js';

let folder: string;
let small: string;
let large: string;
let server: Server | null = null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pledgeline-import-'));
  small = join(folder, 'small.csv');
  large = join(folder, 'large.csv');
  await writeFile(small, 'Email\nada@example.com\n');
  await writeFile(large, Buffer.alloc(64 * 1024 ** 2, 'x'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** An API of which only the answers are real. */
async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

function send(url: string, path: string, signal = new AbortController().signal) {
  const api = createApiClient({ url, key: 'pl_test' });
  return importFile(api, { path, campaign: 'X' }, () => undefined, signal);
}

describe('sending a file', () => {
  it('that is refused before it is read shows the code, the line and the reason', async () => {
    const url = await serve((request, response) => {
      response.writeHead(422, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ title: 'A', code: 'not_csv', detail: 'It is a PDF.', line: 7 }));
      // As the real API does: it throws away for a while what still comes.
      request.resume();
    });
    await expect(send(url, large)).rejects.toThrow('The file was refused: not_csv (line 7). It is a PDF.');
  });

  it('to a server that answers with something else still says what happened', async () => {
    const url = await serve((request, response) => {
      request.resume();
      response.writeHead(502).end('<html>');
    });
    await expect(send(url, small)).rejects.toThrow('http_502. The server answered 502 Bad Gateway.');
  });

  it('to nobody says where to look', async () => {
    await expect(send('http://127.0.0.1:9', small)).rejects.toThrow(
      /connection to the API failed .*ECONNREFUSED/,
    );
  });

  it('that does not exist says so before anything is sent', async () => {
    await expect(send('http://127.0.0.1:9', join(folder, 'none.csv'))).rejects.toThrow('no readable file');
    await expect(send('http://127.0.0.1:9', folder)).rejects.toThrow('is not a file');
  });

  it('ends at once when it is interrupted', async () => {
    const url = await serve(() => undefined);
    const interruption = new AbortController();
    const sending = send(url, large, interruption.signal);
    setTimeout(() => interruption.abort(new Error('enough')), 100);
    await expect(sending).rejects.toThrow('enough');
  });
});
