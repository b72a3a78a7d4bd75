import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runHere } from '../test-support/run-here.js';

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
async function run(listener: RequestListener, ...args: readonly string[]) {
  server = createServer(listener);
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return runHere(args, { PLEDGELINE_URL: url, PLEDGELINE_KEY: 'pl_test', INIT_CWD: folder });
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

  it('prints it when no file is named', async () => {
    expect(await run(csv, 'export', 'backers', '--campaign', 'Lamp', '--json')).toEqual({
      code: 0,
      stdout: '/v1/backers?campaign=Lamp&format=ndjson Bearer pl_test',
      stderr: '',
    });
  });

  it('says which file of an archive can be asked for', async () => {
    const ask: RequestListener = (_, response) => {
      response.writeHead(409, { 'content-type': 'application/problem+json' });
      const files = [{ file: 2, name: 'may.csv', sheet: null, rejected: 7, link: '' }];
      response.end(JSON.stringify({ code: 'several_files', detail: 'Say which.', files }));
    };
    expect(await run(ask, 'rejected', id)).toEqual({
      code: 3,
      stdout: '',
      stderr: 'The API refused this: several_files. Say which.\n--file 2: may.csv, 7 rejected rows\n',
    });
  });

  it('fails with the words of the API, and writes nothing', async () => {
    const refuse: RequestListener = (_, response) => {
      response.writeHead(409, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ code: 'upload_not_done', detail: 'Ask again.' }));
    };
    expect(await run(refuse, 'rejected', id, '--out', 'refused.csv')).toEqual({
      code: 3,
      stdout: '',
      stderr: 'The API refused this: upload_not_done. Ask again.\n',
    });
    expect(await readdir(folder)).not.toContain('refused.csv');
  });

  it('leaves no file behind when the answer breaks off', async () => {
    const breakOff: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/csv' }).write('"a"\r\n', () => response.destroy());
    };
    const broken = await run(breakOff, 'rejected', id, '--out', 'broken.csv');
    expect(broken).toMatchObject({ code: 4, stdout: '' });
    expect(broken.stderr).toMatch(/^The answer broke off before its end/);
    expect((await readdir(folder)).filter((name) => name.startsWith('broken'))).toEqual([]);
  });
});
