import { truncateSync } from 'node:fs';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient as createWebClient } from '../index.js';
import { createClient, type NodeFile } from '../node.js';
import { answerJson, type FakeApi, readBody, startFakeApi } from '../test-support/fake-api.js';

const content = Buffer.from('Order ID,Email\n'.repeat(200_000));
const options = { campaign: 'Lamp & Co' };

let api: FakeApi;
let folder: string;
let path: string;

beforeAll(async () => {
  api = await startFakeApi();
  folder = await mkdtemp(join(tmpdir(), 'pledgeline-upload-'));
  path = join(folder, 'backers.csv');
  await writeFile(path, content);
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

const connect = () => ({ url: api.url, key: 'pl_key' });

describe('A file', () => {
  it.each<readonly [string, () => NodeFile, string | null]>([
    ['at a path', () => ({ path }), 'backers.csv'],
    ['in a Buffer', () => content, null],
    ['that a person chose', () => new File([content], 'chosen.csv'), 'chosen.csv'],
    ['in a stream', () => Readable.from([content.subarray(0, 9), content.subarray(9)]), null],
    ['in a stream of the web', () => new Blob([content]).stream(), null],
  ])('%s arrives whole, with its name and what is known of it', async (_, open, filename) => {
    let arrived: { url: URL; headers: IncomingMessage['headers']; body: Buffer } | undefined;
    api.answer(async (request, response) => {
      const { url = '', headers } = request;
      arrived = { url: new URL(url, api.url), headers, body: await readBody(request) };
      answerJson(response, { id: 'u' }, 202);
    });
    for (const client of [createClient(connect()), createClient({ ...connect(), fetch })]) {
      expect(await client.uploadFile(open(), { ...options, dateOrder: 'dmy' })).toEqual({ id: 'u' });
      expect(arrived?.body.equals(content)).toBe(true);
      const query = { campaign: 'Lamp & Co', dateOrder: 'dmy', ...(filename !== null && { filename }) };
      expect(Object.fromEntries(arrived?.url.searchParams ?? [])).toEqual(query);
      expect(arrived?.headers).toMatchObject({
        authorization: 'Bearer pl_key',
        'content-type': 'application/octet-stream',
        'idempotency-key': expect.stringMatching(/^[0-9a-f]{32}$/),
      });
    }
  });

  it('is only looked at, no further than the API reads', async () => {
    let arrived: { url: URL; method: string | undefined } | undefined;
    api.answer((request, response) => {
      const { url = '', method } = request;
      request.once('data', () => {
        arrived = { url: new URL(url, api.url), method };
        answerJson(response, { files: [], hasMoreFiles: false, isCut: true, bytesSeen: 1 });
      });
    });
    const inspection = await createClient(connect()).inspectFile({ path }, { encoding: 'shift_jis' });
    expect(inspection).toEqual({ files: [], hasMoreFiles: false, isCut: true, bytesSeen: 1 });
    expect([arrived?.method, arrived?.url.pathname, arrived?.url.search]).toEqual([
      'POST',
      '/v1/inspect',
      '?encoding=shift_jis',
    ]);
  });

  it('is sent again with the same key when the connection breaks in the middle', async () => {
    const keys: unknown[] = [];
    api.answer(async (request, response) => {
      keys.push(request.headers['idempotency-key']);
      if (keys.length === 1) return void request.once('data', () => request.socket.destroy());
      if (keys.length === 2) return answerJson(response, { code: 'idempotency_key_in_use' }, 409);
      await readBody(request);
      answerJson(response, { id: 'u' }, 202);
    });
    const sent: number[] = [];
    const onProgress = ({ sentBytes }: { readonly sentBytes: number }) => sent.push(sentBytes);
    expect(await createClient(connect()).uploadFile({ path }, { ...options, onProgress })).toEqual({
      id: 'u',
    });
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(sent.filter((bytes) => bytes === 0)).toHaveLength(3);
    expect(sent.at(-1)).toBe(content.length);
  });

  it('in a stream is not sent again, because it cannot be read again', async () => {
    let tries = 0;
    api.answer((request) => {
      tries += 1;
      request.once('data', () => request.socket.destroy());
    });
    const sending = createClient(connect()).uploadFile(Readable.from([content]), options);
    await expect(sending).rejects.toMatchObject({ name: 'ConnectionError' });
    expect(tries).toBe(1);
  });

  it('that is refused before it was read is refused for the reason that the API gives', async () => {
    let tries = 0;
    api.answer((request, response) => {
      tries += 1;
      answerJson(response, { code: 'upload_too_large', detail: 'Too large.', maxBytes: 5 }, 413);
      request.resume();
    });
    for (const client of [createClient(connect()), createWebClient(connect())]) {
      const sending = client.uploadFile(new Blob([content]), options);
      await expect(sending).rejects.toMatchObject({
        status: 413,
        code: 'upload_too_large',
        problem: { maxBytes: 5 },
      });
    }
    expect(tries).toBe(2);
  });

  it('that grows while it is sent is sent as it was; one that shrinks is not sent', async () => {
    const growing = join(folder, 'growing.csv');
    await writeFile(growing, content);
    const arrived: Buffer[] = [];
    api.answer(async (request, response) => {
      arrived.push(await readBody(request));
      answerJson(response, { id: 'u' }, 202);
    });
    const client = createClient(connect());
    const growth = { onProgress: () => void appendFile(growing, 'more'), ...options };
    await client.uploadFile({ path: growing }, growth);
    expect(arrived[0]?.length).toBe(content.length);

    const shrinking = join(folder, 'shrinking.csv');
    await writeFile(shrinking, content);
    const shrinkage = { onProgress: () => truncateSync(shrinking, 0), ...options };
    await expect(client.uploadFile({ path: shrinking }, shrinkage)).rejects.toThrow(/it is being written/);
  });

  it('is not sent on when the caller stops', async () => {
    const stop = new AbortController();
    const reason = new Error('The person went away');
    api.answer((request) => request.once('data', () => stop.abort(reason)));
    for (const client of [createClient(connect()), createWebClient(connect())]) {
      const sending = client.uploadFile(content, { ...options, signal: stop.signal });
      await expect(sending).rejects.toBe(reason);
    }
  });

  it('that is none is named', async () => {
    const client = createClient(connect());
    await expect(client.uploadFile({ path: folder }, options)).rejects.toThrow(`${folder} is not a file.`);
    const missing = join(folder, 'missing.csv');
    await expect(client.uploadFile({ path: missing }, options)).rejects.toMatchObject({ code: 'ENOENT' });
    const text: unknown = 'Order ID,Email';
    // As a program without types may do.
    const untyped = createWebClient(connect()).uploadFile;
    await expect(Reflect.apply(untyped, null, [text, options])).rejects.toThrow(/must be a Blob/);
  });
});
