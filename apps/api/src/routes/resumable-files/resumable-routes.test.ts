import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUpload, verifyUpload } from '@pledgeline/db';
import { processUpload } from '@pledgeline/db/testing';
import { FileStore } from '@tus/file-store';
import { Upload as TusFile } from '@tus/server';
import fastify from 'fastify';
import { type DetailedError, Upload, type UploadOptions } from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { tidyFiles } from '../../resumable/tidy-files.js';
import { readProblem } from '../../test-support/answers.js';
import { kickstarterCsv, startApi, type TestApi } from '../../test-support/start-api.js';

let api: TestApi;
let folder: string;
let campaigns = 0;
const newCampaign = () => `Parts ${++campaigns}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pledgeline-parts-'));
  api = await startApi(inject('testPostgres'), {
    config: { RESUMABLE_DIR: folder, MAX_MERCHANT_RESUMABLE_BYTES: 50_000_000, MAX_UPLOAD_BYTES: 40_000_000 },
  });
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

const ROWS = 2_500;
/** A file of a few megabytes. */
const largeCsv = [
  'Order ID,Email,Name,Total,Currency',
  ...Array.from(
    { length: ROWS },
    (_, n) => `${n},backer${n}@example.com,"Backer, ${n} ${'x'.repeat(1_200)}",5.00,EUR`,
  ),
  '',
].join('\n');

/** Sends a file with the official client. Resolves with it when the client is content. */
function sendParts(
  content: string,
  metadata: Readonly<Record<string, string>>,
  options: Partial<UploadOptions> = {},
  { url, key }: Pick<TestApi, 'url' | 'key'> = api,
): Promise<{ readonly client: Upload; readonly uploadId: string | undefined }> {
  let uploadId: string | undefined;
  return new Promise((resolve, reject) => {
    const client: Upload = new Upload(Buffer.from(content), {
      endpoint: `${url}/v1/resumable-files`,
      headers: { authorization: `Bearer ${key}` },
      metadata,
      chunkSize: 1_000_000,
      retryDelays: [50, 100, 200, 400, 800],
      onAfterResponse: (_request, response) => {
        uploadId = response.getHeader('Pledgeline-Upload') ?? uploadId;
      },
      onSuccess: () => resolve({ client, uploadId }),
      onError: reject,
      ...options,
    });
    client.start();
  });
}

/** A way to the API that breaks off in the middle of a part, this many times. */
async function startCuttingProxy(times: number) {
  let cuts = 0;
  const proxy = createServer((client) => {
    const server = connect(api.port, '127.0.0.1');
    let bytes = 0;
    client
      .on('error', () => undefined)
      .on('data', (piece) => {
        bytes += piece.length;
        if (cuts < times && bytes > 700_000) {
          cuts += 1;
          client.destroy();
          server.destroy();
        } else {
          server.write(piece);
        }
      });
    server.on('error', () => undefined).pipe(client);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}`, cuts: () => cuts, close: () => proxy.close() };
}

const tus = (
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
  key?: string,
) =>
  api.send(
    path,
    { method, headers: { 'tus-resumable': '1.0.0', ...headers }, ...(body !== undefined && { body }) },
    key,
  );

const encode = (metadata: Readonly<Record<string, string>>) =>
  Object.entries(metadata)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',');

function create(
  content: string,
  metadata: Readonly<Record<string, string>>,
  key?: string,
): Promise<Response> {
  const headers = {
    'upload-length': String(Buffer.byteLength(content)),
    'upload-metadata': encode(metadata),
  };
  return tus('POST', '/v1/resumable-files', headers, undefined, key);
}

function sendPart(address: string, offset: number, content: string, key?: string): Promise<Response> {
  const headers = { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
  return tus('PATCH', address, headers, content, key);
}

/** Sends a part of a new file with these headers, and removes the file. */
async function sendStrangePart(headers: Readonly<Record<string, string>>): Promise<Response> {
  const address = (await create('x', { campaign: newCampaign() })).headers.get('location') ?? '';
  const answer = await tus('PATCH', address, headers, 'x');
  expect((await tus('DELETE', address)).status).toBe(204);
  return answer;
}

async function expectImported(uploadId: string | undefined, rows: number, campaign: string): Promise<void> {
  const id = uploadId ?? '';
  await processUpload(api.database, id);
  const upload = await (await api.send(`/v1/uploads/${id}`)).json();
  expect(upload).toMatchObject({
    status: 'COMPLETED',
    campaign,
    filename: 'backers.csv',
    rows: { total: rows, imported: rows, rejected: 0 },
  });
  const checks = await verifyUpload(api.database, id);
  expect(checks?.filter(({ holds }) => !holds)).toEqual([]);
}

/** What header and body of the state of a whole file say. */
async function duplicateOf({ url }: { readonly url: string | null }): Promise<readonly unknown[]> {
  const { pathname } = new URL(url ?? '');
  const header = (await tus('HEAD', pathname)).headers.get('pledgeline-duplicate-of');
  const body: unknown = await (await api.send(pathname)).json();
  return [header, Object(body).duplicateOf];
}

describe('A file that is sent in parts', () => {
  it('becomes an upload with its last part, with its name and reading options, and leaves the disk', async () => {
    const campaign = newCampaign();
    const metadata = {
      campaign,
      filename: 'C:\\files\\backers.csv',
      filetype: 'text/csv',
      platform: 'generic',
    };
    const { client, uploadId } = await sendParts(largeCsv, metadata);
    await expectImported(uploadId, ROWS, campaign);
    expect(await readdir(folder)).toEqual([]);
    const state = await tus('HEAD', new URL(client.url ?? '').pathname);
    expect(state.status).toBe(200);
    expect(state.headers.get('pledgeline-upload')).toBe(uploadId);
    expect(state.headers.get('upload-offset')).toBe(String(Buffer.byteLength(largeCsv)));
    expect(state.headers.get('cache-control')).toBe('no-store');
    const size = Buffer.byteLength(largeCsv);
    expect(await (await api.send(new URL(client.url ?? '').pathname)).json()).toEqual({
      id: expect.any(String),
      offset: size,
      size,
      uploadId,
      duplicateOf: null,
      expiresAt: expect.any(String),
    });
  });

  it('goes on where it was when all connections break in the middle, twice', async () => {
    const campaign = newCampaign();
    const proxy = await startCuttingProxy(2);
    try {
      const { uploadId } = await sendParts(
        largeCsv,
        { campaign, filename: 'backers.csv' },
        { chunkSize: Number.POSITIVE_INFINITY },
        { url: proxy.url, key: api.key },
      );
      expect(proxy.cuts()).toBe(2);
      await expectImported(uploadId, ROWS, campaign);
    } finally {
      proxy.close();
    }
  });

  it('goes on at another process with the same folder', async () => {
    const campaign = newCampaign();
    const other = await startApi(inject('testPostgres'), {
      databaseUrl: api.database.pool.options.connectionString ?? '',
      config: { RESUMABLE_DIR: folder },
    });
    try {
      const made = await create(largeCsv, { campaign, filename: 'backers.csv' });
      const { pathname } = new URL(made.headers.get('location') ?? '', api.url);
      expect((await sendPart(pathname, 0, largeCsv.slice(0, 700_000))).status).toBe(204);
      const { uploadId } = await sendParts(
        largeCsv,
        {},
        { uploadUrl: `${other.url}${pathname}` },
        { url: other.url, key: api.key },
      );
      await expectImported(uploadId, ROWS, campaign);
    } finally {
      await other.close();
    }
  });

  it('is one upload when the answer to the last part was lost, whatever the client asks next', async () => {
    const campaign = newCampaign();
    const made = await create(kickstarterCsv, { campaign });
    const address = made.headers.get('location') ?? '';
    const last = await sendPart(address, 0, kickstarterCsv);
    expect([last.status, last.headers.get('pledgeline-duplicate-of')]).toEqual([204, null]);
    const id = last.headers.get('pledgeline-upload') ?? '';
    // As if the process had died between the seal and the record that the file has become an upload.
    await api.database.pool.query('UPDATE resumable_file SET upload_id = NULL WHERE upload_id = $1', [id]);
    const file = address.split('/').at(-1) ?? '';
    await writeFile(join(folder, file), kickstarterCsv);
    const config = { id: file, size: kickstarterCsv.length, offset: 0, metadata: { campaign } };
    await writeFile(join(folder, `${file}.json`), JSON.stringify(config));
    const state = await tus('HEAD', address);
    expect(state.headers.get('pledgeline-upload')).toBe(id);
    expect((await sendPart(address, kickstarterCsv.length, '')).headers.get('pledgeline-upload')).toBe(id);
    expect(await api.database.prisma.csvUpload.count({ where: { campaign: { name: campaign } } })).toBe(1);
  });

  it('names its upload to all who ask while it becomes one', async () => {
    const campaign = newCampaign();
    const made = await create(largeCsv, { campaign });
    const address = made.headers.get('location') ?? '';
    const most = largeCsv.length - 10;
    expect((await sendPart(address, 0, largeCsv.slice(0, most))).status).toBe(204);
    const last = sendPart(address, most, largeCsv.slice(most));
    const asked: Promise<Response>[] = [];
    for (let each = 0; each < 5; each += 1) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      asked.push(tus('HEAD', address));
    }
    const id = (await last).headers.get('pledgeline-upload');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const named = answers.filter((one) => one.headers.get('upload-offset') === String(largeCsv.length));
    expect(new Set(named.map((one) => one.headers.get('pledgeline-upload')))).toEqual(new Set([id]));
    expect(await api.database.prisma.csvUpload.count({ where: { campaign: { name: campaign } } })).toBe(1);
  });

  it('is made an upload by the next HEAD when the process died while it received the whole file', async () => {
    const campaign = newCampaign();
    const made = await create(kickstarterCsv, { campaign });
    const address = made.headers.get('location') ?? '';
    const file = address.split('/').at(-1) ?? '';
    await writeFile(join(folder, file), kickstarterCsv);
    const dead = await createUpload(api.database, {
      merchantId: api.merchantId,
      campaign,
      idempotencyKey: `tus:${file}`,
    });
    const state = await tus('HEAD', address);
    expect(state.status).toBe(200);
    const id = state.headers.get('pledgeline-upload');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(id).not.toBe(dead.id);
  });

  it('is answered with the upload that has its content already', async () => {
    const campaign = newCampaign();
    const first = await sendParts(kickstarterCsv, { campaign, filename: 'a.csv' });
    const second = await sendParts(kickstarterCsv, { campaign, filename: 'b.csv' });
    expect(second.uploadId).toBe(first.uploadId);
    expect(await duplicateOf(first.client)).toEqual([null, null]);
    // Also when it is asked later, as after a lost answer.
    expect(await duplicateOf(second.client)).toEqual([first.uploadId, first.uploadId]);
    const forced = await sendParts(kickstarterCsv, { campaign, filename: 'b.csv', force: 'true' });
    expect(forced.uploadId).not.toBe(first.uploadId);
  });

  it('keeps that answer when the process died before it was recorded, and lets no other bytes take its place', async () => {
    const campaign = newCampaign();
    const { uploadId } = await sendParts(kickstarterCsv, { campaign });
    const made = await create(kickstarterCsv, { campaign });
    const address = made.headers.get('location') ?? '';
    const file = address.split('/').at(-1) ?? '';
    expect((await sendPart(address, 0, kickstarterCsv)).headers.get('pledgeline-upload')).toBe(uploadId);
    const goBack = async (content: string) => {
      await api.database.pool.query('UPDATE resumable_file SET upload_id = NULL WHERE id = $1', [file]);
      await writeFile(join(folder, file), content);
      const config = { id: file, size: content.length, offset: 0, metadata: { campaign } };
      await writeFile(join(folder, `${file}.json`), JSON.stringify(config));
    };
    await goBack(kickstarterCsv);
    expect((await tus('HEAD', address)).headers.get('pledgeline-upload')).toBe(uploadId);
    await goBack(kickstarterCsv.replace('Grace', 'Gracy'));
    expect((await tus('HEAD', address)).status).toBe(422);
    expect(await api.database.prisma.csvUpload.count({ where: { campaign: { name: campaign } } })).toBe(1);
  });

  it('can be the whole campaign', async () => {
    const { uploadId } = await sendParts(kickstarterCsv, { campaign: newCampaign(), complete: 'true' });
    const upload = await (await api.send(`/v1/uploads/${uploadId}`)).json();
    expect(upload).toMatchObject({ complete: true });
  });

  it('is refused like one that is sent at once, and is gone then', async () => {
    const made = await create('Email,Name\n', { campaign: newCampaign() });
    const address = made.headers.get('location') ?? '';
    const answer = await sendPart(address, 0, 'Email,Name\n');
    expect(await readProblem(answer)).toMatchObject({ status: 422, code: 'no_rows' });
    expect((await tus('HEAD', address)).status).toBe(404);
    await expect(sendParts('Email,Name\n', { campaign: newCampaign() })).rejects.toMatchObject({
      originalResponse: expect.objectContaining({ getStatus: expect.any(Function) }),
    } satisfies Partial<Record<keyof DetailedError, unknown>>);
    expect(await readdir(folder)).toEqual([]);
  });

  it('gives way to a request that comes while another one hangs', async () => {
    const campaign = newCampaign();
    const made = await create(largeCsv, { campaign, filename: 'backers.csv' });
    const address = made.headers.get('location') ?? '';
    const hanging = new AbortController();
    const stuck = fetch(`${api.url}${address}`, {
      method: 'PATCH',
      signal: hanging.signal,
      headers: {
        authorization: `Bearer ${api.key}`,
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      },
      body: new ReadableStream({
        start: (controller) => controller.enqueue(Buffer.from(largeCsv.slice(0, 100_000))),
      }),
      duplex: 'half',
    }).catch(() => null);
    await vi.waitFor(async () => expect((await readdir(folder)).length).toBeGreaterThan(0));
    await new Promise((resolve) => setTimeout(resolve, 500));
    const state = await tus('HEAD', address);
    expect(state.status).toBe(200);
    const offset = Number(state.headers.get('upload-offset'));
    expect(offset).toBeLessThanOrEqual(100_000);
    const last = await sendPart(address, offset, largeCsv.slice(offset));
    expect(last.status).toBe(204);
    hanging.abort();
    await stuck;
    await expectImported(last.headers.get('pledgeline-upload') ?? '', ROWS, campaign);
  });
});

describe('A request for parts', () => {
  it.each<[what: string, expected: object, () => Promise<Response>]>([
    ['without a campaign', { status: 400, code: 'missing_campaign' }, () => create('x', { filename: 'a' })],
    [
      'with a typo',
      { code: 'invalid_request', detail: expect.stringContaining('"campain"') },
      () => create('x', { campain: 'X' }),
    ],
    [
      'with a wrong option',
      { code: 'unknown_platform' },
      () => create('x', { campaign: 'X', platform: 'y' }),
    ],
    [
      'without a length',
      { code: 'invalid_request' },
      () => tus('POST', '/v1/resumable-files', { 'upload-metadata': encode({ campaign: 'X' }) }),
    ],
    [
      'that is too large',
      { status: 413, code: 'upload_too_large' },
      () =>
        tus('POST', '/v1/resumable-files', {
          'upload-metadata': encode({ campaign: 'X' }),
          'upload-length': '40000001',
        }),
    ],
    [
      'without the protocol',
      { status: 412, code: 'unsupported_tus_version' },
      () => api.send('/v1/resumable-files', { method: 'POST' }),
    ],
    [
      'of an unknown file',
      { status: 404, code: 'resumable_file_not_found' },
      () => sendPart('/v1/resumable-files/01890000-0000-7000-8000-000000000000', 0, 'x'),
    ],
    [
      'with a part of another type',
      {
        status: 415,
        code: 'unsupported_media_type',
        detail: expect.stringContaining('"Content-Type: application/offset+octet-stream"'),
      },
      () => sendStrangePart({ 'content-type': 'text/csv', 'upload-offset': '0' }),
    ],
    [
      'with a part from nowhere',
      { status: 400, code: 'invalid_request', detail: expect.stringContaining('"Upload-Offset"') },
      () => sendStrangePart({ 'content-type': 'application/offset+octet-stream', 'upload-offset': '-1' }),
    ],
    [
      'of a file with a strange name',
      { status: 404, code: 'resumable_file_not_found' },
      () => sendPart('/v1/resumable-files/..%2f..%2fetc%2fpasswd', 0, 'x'),
    ],
  ])('is refused with problem details: %s', async (_what, expected, ask) => {
    expect(await readProblem(await ask())).toMatchObject(expected);
  });

  it('is refused when it does not continue the file, or is longer than it', async () => {
    const made = await create(kickstarterCsv, { campaign: newCampaign() });
    const address = made.headers.get('location') ?? '';
    expect(await readProblem(await sendPart(address, 5, 'x'))).toMatchObject({
      status: 409,
      code: 'wrong_offset',
    });
    const tooLong = await sendPart(address, 0, `${kickstarterCsv}x`);
    expect(await readProblem(tooLong)).toMatchObject({ status: 413, code: 'upload_too_large' });
    expect((await tus('DELETE', address)).status).toBe(204);
    expect((await tus('HEAD', address)).status).toBe(404);
  });

  it('does not find the file of another merchant', async () => {
    const made = await create(kickstarterCsv, { campaign: newCampaign() });
    const address = made.headers.get('location') ?? '';
    for (const method of ['HEAD', 'PATCH', 'DELETE']) {
      const headers = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
      const answer = await tus(method, address, headers, undefined, api.otherKey);
      expect(answer.status, method).toBe(404);
    }
    expect((await tus('HEAD', address)).headers.get('upload-offset')).toBe('0');
    await tus('DELETE', address);
  });

  it('finds no room beyond the bytes or the files of a merchant, until one is removed', async () => {
    const length = { 'upload-length': '30000000', 'upload-metadata': encode({ campaign: 'Full' }) };
    const first = await tus('POST', '/v1/resumable-files', length);
    expect(first.status).toBe(201);
    const refused = await tus('POST', '/v1/resumable-files', length);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(await readProblem(refused)).toMatchObject({ status: 429, code: 'too_many_resumable_files' });
    expect((await tus('POST', '/v1/resumable-files', length, undefined, api.otherKey)).status).toBe(201);
    await tus('DELETE', first.headers.get('location') ?? '');
    const again = await tus('POST', '/v1/resumable-files', length);
    expect(again.status).toBe(201);
    expect(again.headers.get('upload-expires')).toMatch(/GMT$/);
    await tus('DELETE', again.headers.get('location') ?? '');
    const many = await Promise.all(Array.from({ length: 22 }, () => create('x', { campaign: 'Full' })));
    expect(many.filter(({ status }) => status === 201)).toHaveLength(20);
    for (const made of many) if (made.status === 201) await tus('DELETE', made.headers.get('location') ?? '');
  });

  it('does not find a file that has expired', async () => {
    const made = await create(kickstarterCsv, { campaign: newCampaign() });
    const address = made.headers.get('location') ?? '';
    await api.database.pool.query(`UPDATE resumable_file SET expires_at = now() WHERE upload_id IS NULL`);
    expect((await tus('HEAD', address)).status).toBe(404);
  });
});

describe('OPTIONS of files in parts', () => {
  it.each(['', '/x'])('says what a client of tus must know, without a key: "%s"', async (path) => {
    const { status, headers } = await fetch(`${api.url}/v1/resumable-files${path}`, { method: 'OPTIONS' });
    expect(status).toBe(204);
    expect({
      version: headers.get('tus-version'),
      extensions: headers.get('tus-extension'),
      maxSize: headers.get('tus-max-size'),
      allow: headers.get('allow'),
    }).toEqual({
      version: '1.0.0',
      extensions: 'creation,creation-with-upload,expiration,termination',
      maxSize: '40000000',
      allow: path === '' ? 'POST, OPTIONS' : 'DELETE, GET, HEAD, PATCH, OPTIONS',
    });
  });
});

describe('Files that have expired', () => {
  it('go by a timer, until the app closes: their bytes, and an hour later their rows', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const own = await mkdtemp(join(tmpdir(), 'pledgeline-expired-'));
    try {
      const app = fastify();
      const store = new FileStore({ directory: own, expirationPeriodInMilliseconds: 60_000 });
      tidyFiles(app, api.database, store);
      const at = (time: number) => new Date(time).toISOString();
      await store.create(new TusFile({ id: 'old', size: 5, offset: 0, creation_date: at(0) }));
      await store.create(new TusFile({ id: 'new', size: 5, offset: 0, creation_date: at(Date.now()) }));
      const gone = await api.database.prisma.resumableFile.create({
        data: {
          id: randomUUID(),
          merchantId: api.merchantId,
          size: 5n,
          expiresAt: new Date(Date.now() - 61 * 60_000),
        },
      });
      const kept = await api.database.prisma.resumableFile.create({
        data: { ...gone, id: randomUUID(), expiresAt: new Date(Date.now() - 59 * 60_000) },
      });
      vi.advanceTimersByTime(10 * 60_000);
      await vi.waitFor(async () => {
        expect((await readdir(own)).sort()).toEqual(['new', 'new.json']);
        const rows = await api.database.prisma.resumableFile.findMany({
          where: { id: { in: [gone.id, kept.id] } },
        });
        expect(rows.map(({ id }) => id)).toEqual([kept.id]);
      });
      expect(vi.getTimerCount()).toBe(1);
      await app.close();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
      await rm(own, { recursive: true, force: true });
    }
  });
});
