import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readEnv } from '../env.js';
import { buildProgram } from '../program.js';

let folder: string;
let server: Server | null = null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pledgeline-download-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const id = '019ab3f0-5c1e-7d2a-9f3b-2a1c4e5d6f70';

/** Runs a command against a fake API. */
async function run(listener: RequestListener, ...args: readonly string[]): Promise<void> {
  server = createServer(listener);
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const env = readEnv({ PLEDGELINE_URL: url, PLEDGELINE_KEY: 'pl_test', INIT_CWD: folder });
  const { signal } = new AbortController();
  const program = buildProgram({ env, signal, stdout: process.stdout, stderr: process.stderr });
  await program.parseAsync([...args], { from: 'user' });
}

const csv: RequestListener = (request, response) => {
  response
    .writeHead(200, { 'content-type': 'text/csv' })
    .end(`${request.url} ${request.headers.authorization}`);
};

describe('A download', () => {
  it('writes the rejected rows of an upload to a file', async () => {
    await run(csv, 'rejected', id, '--file', '2', '--out', 'rejected.csv');
    expect(await readFile(join(folder, 'rejected.csv'), 'utf8')).toBe(
      `/v1/uploads/${id}/rejected.csv?file=2 Bearer pl_test`,
    );
  });

  it('writes all records of a list, in the format of the user', async () => {
    const args = ['export', 'pledges', '--campaign', 'Low & Tide', '--format', 'ndjson', '--out', 'pledges'];
    await run(csv, ...args);
    expect(await readFile(join(folder, 'pledges'), 'utf8')).toBe(
      '/v1/pledges?campaign=Low+%26+Tide&format=ndjson Bearer pl_test',
    );
  });

  it('fails with the words of the API, and writes nothing', async () => {
    const refuse: RequestListener = (_, response) => {
      response.writeHead(409, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ code: 'upload_not_done', detail: 'Ask again.' }));
    };
    await expect(run(refuse, 'rejected', id, '--out', 'refused.csv')).rejects.toThrow(
      'upload_not_done: Ask again.',
    );
    expect(await readdir(folder)).not.toContain('refused.csv');
  });

  it('leaves no file behind when the answer breaks off', async () => {
    const breakOff: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/csv' }).write('"a"\r\n', () => response.destroy());
    };
    await expect(run(breakOff, 'rejected', id, '--out', 'broken.csv')).rejects.toThrow(
      'broke off before its end',
    );
    expect((await readdir(folder)).filter((name) => name.startsWith('broken'))).toEqual([]);
  });
});
