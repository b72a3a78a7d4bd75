import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { completedUpload, plainFile } from '../test-support/completed-upload.js';
import { connect } from './connect.js';
import { type Answers, importFile } from './import-file.js';
import type { ReadingHints } from './reading-hints.js';

const json = { 'content-type': 'application/json' };

const progress = {
  phase: 'ended',
  percent: 100,
  rowsDone: 5_000,
  rowsTotal: 5_000,
  rowsPerSecond: null,
  secondsLeft: null,
};

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

/** Starts a fake API with real answers. */
async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

function send(
  url: string,
  path: string,
  signal = new AbortController().signal,
  hints: ReadingHints & Answers = {},
) {
  const api = connect({ url, key: 'pl_test' });
  return importFile(api, { path, campaign: 'X', ...hints }, { onProgress: () => undefined, signal });
}

describe('Importing a file over HTTP', () => {
  it('fails with the code, the line and the reason when the file is refused before it is read', async () => {
    const url = await serve((request, response) => {
      response.writeHead(422, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ title: 'A', code: 'not_csv', detail: 'It is a PDF.', line: 7 }));
      // As the real API does: for a while it reads and discards the rest of the body.
      request.resume();
    });
    await expect(send(url, large)).rejects.toThrow('The file was refused: not_csv (line 7). It is a PDF.');
  });

  it('fails with the name of the file within an archive for which it is refused', async () => {
    const url = await serve((request, response) => {
      request.resume();
      response.writeHead(422, { 'content-type': 'application/problem+json' });
      const detail = 'In "logo.csv": It is a PDF.';
      response.end(JSON.stringify({ title: 'A', code: 'not_csv', detail, file: 'logo.csv', line: null }));
    });
    await expect(send(url, small)).rejects.toThrow('refused: not_csv. In "logo.csv": It is a PDF.');
  });

  it('sends the bytes as they are, with the reading options of the user', async () => {
    const asked: { query: object; type: string | undefined; body: string }[] = [];
    const url = await serve(async (request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://localhost');
      const type = request.headers['content-type'];
      asked.push({ query: Object.fromEntries(searchParams), type, body: await text(request) });
      response.writeHead(400).end('{}');
    });
    const read = { encoding: 'shift_jis', delimiter: '\t', sheet: 'A & B', dateOrder: 'dmy' } as const;
    const hints = { ...read, headerLine: 3, repair: false };
    await expect(send(url, small, undefined, hints)).rejects.toThrow('http_400');
    await expect(send(url, small)).rejects.toThrow('http_400');
    const plain = { campaign: 'X', filename: 'small.csv' };
    const sent = { type: 'application/octet-stream', body: 'Email\nada@example.com\n' };
    expect(asked).toEqual([
      { ...sent, query: { ...plain, ...read, headerLine: '3', repair: 'false' } },
      { ...sent, query: plain },
    ]);
  });

  it('watches the import to its end and returns its files', async () => {
    const upload = { ...completedUpload, progress, files: [plainFile] };
    const url = await serve((request, response) => {
      request.resume();
      const notification = { type: 'upload.completed', title: 'It is done.', sentences: ['All rows.'] };
      const answers = [
        { id: '0193', status: 'PENDING' },
        { groups: [] },
        { notifications: [notification] },
        upload,
      ];
      const { method, url: path = '' } = request;
      const at =
        method === 'POST' ? 0 : path.endsWith('/summary') ? 1 : path.includes('notifications') ? 2 : 3;
      response.writeHead(200, json).end(JSON.stringify(answers[at]));
    });
    expect(await send(url, small)).toEqual({
      upload,
      issueGroups: [],
      notifications: [{ type: 'upload.completed', title: 'It is done.', sentences: ['All rows.'] }],
      isDuplicate: false,
      answered: [],
    });
  });

  it('fails with the HTTP status when the server is not Pledgeline', async () => {
    const url = await serve((request, response) => {
      request.resume();
      response.writeHead(502).end('<html>');
    });
    await expect(send(url, small)).rejects.toThrow('http_502. The server answered 502.');
  });

  it('fails with advice when nobody listens at the address', async () => {
    await expect(send('http://127.0.0.1:10', small)).rejects.toThrow(/could not be sent to .*ECONNREFUSED/);
  });

  it('fails before anything is sent when the file does not exist', async () => {
    await expect(send('http://127.0.0.1:9', join(folder, 'none.csv'))).rejects.toThrow('no readable file');
    await expect(send('http://127.0.0.1:9', folder)).rejects.toThrow('is not a file');
  });

  it('stops at once when it is interrupted', async () => {
    const interruption = new AbortController();
    const url = await serve(() => interruption.abort(new Error('enough')));
    const sending = send(url, large, interruption.signal);
    await expect(sending).rejects.toThrow('enough');
  });
});

describe('A file whose columns raise questions', () => {
  const question = 'Is "Paid" the payment status? Cells: Oui, Nein.';
  const waiting = {
    ...completedUpload,
    progress,
    status: 'NEEDS_MAPPING',
    files: [{ ...plainFile, platform: null, questions: [{ message: question }] }],
  };

  /** A fake API in which an upload of two unknown files waits until a mapping arrives. Returns the mappings. */
  async function serveWaiting(refusal: object | null = null) {
    const mappings: unknown[] = [];
    const url = await serve(async (request, response) => {
      const { method, url: path = '' } = request;
      const body = await text(request);
      const send = (answer: object, status = 200) =>
        response.writeHead(status, json).end(JSON.stringify(answer));
      if (method === 'POST') return send({ id: completedUpload.id, status: 'PENDING' });
      if (method === 'PUT') {
        mappings.push(JSON.parse(body));
        return refusal === null ? send({}, 202) : send(refusal, 422);
      }
      if (path.endsWith('/mapping'))
        return send({ status: 'NEEDS_MAPPING', files: [{ file: 0 }, { file: 2 }], next: null });
      if (path.endsWith('/summary')) return send({ groups: [] });
      if (path.includes('notifications')) return send({ notifications: [] });
      return send(mappings.length > 0 && refusal === null ? { ...completedUpload, progress } : waiting);
    });
    return { url, mappings };
  }

  it('waits where the user has said nothing of them', async () => {
    const { url, mappings } = await serveWaiting();
    const { upload, answered } = await send(url, small);
    expect([upload.status, answered, mappings]).toEqual(['NEEDS_MAPPING', [], []]);
  });

  it.each([
    [{ accept: true }, { accept: true }],
    [{ people: true }, { people: true }],
  ])('is imported by what the user has said: %j', async (answers, said) => {
    const { url, mappings } = await serveWaiting();
    const { upload, answered } = await send(url, small, undefined, answers);
    expect([upload.status, answered]).toEqual(['COMPLETED', [question]]);
    expect(mappings).toEqual([
      {
        files: [
          { file: 0, ...said },
          { file: 2, ...said },
        ],
      },
    ]);
  });

  it('fails with the reason and a way on when what is suggested lacks something', async () => {
    const { url } = await serveWaiting({
      code: 'mapping_incomplete',
      detail: 'No column holds the order number.',
    });
    await expect(send(url, small, undefined, { accept: true })).rejects.toMatchObject({
      message: 'The suggestion cannot be accepted: mapping_incomplete. No column holds the order number.',
      hint: expect.stringContaining(`PUT /v1/uploads/${completedUpload.id}/mapping`),
    });
  });
});
