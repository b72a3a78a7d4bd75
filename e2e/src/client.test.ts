import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createClient as createWebClient } from '@pledgeline/client';
import { type Client, createClient, type NodeFile, ProblemError } from '@pledgeline/client/node';
import { createApiKey, createDatabase } from '@pledgeline/db';
import { cloneDatabase } from '@pledgeline/db/testing';
import { type RunningProgram, startProgram } from '@pledgeline/local-services';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startBreakingProxy } from './breaking-proxy.js';
import { programs } from './programs.js';
import { sampleFile } from './sample-file.js';
import { addressOf, startApi } from './start-api.js';

const { csv, broken } = sampleFile(300);

describe('The client, with the built API and worker', () => {
  let folder: string;
  let path: string;
  let drop: () => Promise<void>;
  let running: RunningProgram[];
  let connection: { readonly url: string; readonly key: string };
  let client: Client<NodeFile>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeline-client-'));
    path = join(folder, 'backers.csv');
    await writeFile(path, csv);
    const clone = await cloneDatabase(inject('testPostgres'));
    drop = clone.drop;
    const db = createDatabase({ connectionString: clone.url, maxConnections: 1 });
    const { key } = await createApiKey(db, 'Ada Games', 'e2e');
    await db.close();
    const variables = { DATABASE_URL: clone.url, LOG_LEVEL: 'info' };
    const api = startApi({ ...variables, CHUNK_ROWS: '1000' });
    running = [api, startProgram(programs.worker, variables)];
    connection = { url: await addressOf(api), key };
    client = createClient(connection);
  });

  afterAll(async () => {
    await Promise.all(running.map((program) => program.end('SIGTERM')));
    await drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('sends a file by its path, says how much has left, and waits for its end', async () => {
    const sent: number[] = [];
    const { id } = await client.uploadFile(
      { path },
      { campaign: 'Path', onProgress: ({ sentBytes }) => sent.push(sentBytes) },
    );
    const seen: number[] = [];
    const upload = await client.waitForUpload(id, {
      onProgress: ({ rows }) => seen.push(rows.imported + rows.rejected),
    });
    expect(upload).toMatchObject({
      id,
      campaign: 'Path',
      filename: 'backers.csv',
      status: 'COMPLETED',
      platform: 'kickstarter',
      rows: { total: 300, imported: 300 - broken, rejected: broken },
    });
    expect(sent[0]).toBe(0);
    expect(sent.at(-1)).toBe(Buffer.byteLength(csv));
    expect(sent).toEqual([...sent].sort((a, b) => a - b));
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(300);
  });

  it.each<readonly [string, () => NodeFile]>([
    [
      'a stream',
      () => Readable.from([csv.slice(0, 5_000), csv.slice(5_000)].map((part) => Buffer.from(part))),
    ],
    ['a stream of the web', () => new Blob([csv]).stream()],
    ['a Buffer', () => Buffer.from(csv)],
    ['a File', () => new File([csv], 'chosen.csv')],
  ])('sends %s', async (_, open) => {
    const { id } = await client.uploadFile(open(), { campaign: 'Anything', filename: 'given.csv' });
    const { byteCount, filename } = await client.get('/v1/uploads/{id}', { path: { id } });
    expect({ byteCount, filename }).toEqual({ byteCount: Buffer.byteLength(csv), filename: 'given.csv' });
  });

  it('makes one upload of a file that is sent twice with one key', async () => {
    const options = { campaign: 'Once', idempotencyKey: randomUUID() };
    const first = await client.uploadFile({ path }, options);
    const again = await client.uploadFile({ path }, options);
    expect(again.id).toBe(first.id);
  });

  it('sends the file of a page by the global fetch', async () => {
    const web = createWebClient(connection);
    const { id } = await web.uploadFile(new File([csv], 'page.csv'), { campaign: 'Page' });
    expect((await web.waitForUpload(id)).filename).toBe('page.csv');
  });

  it.each([
    ['at once', {}],
    ['in parts', { resumableFrom: 1 }],
  ])('sends a file %s through a connection that breaks, and makes one upload of it', async (way, options) => {
    const { csv: large } = sampleFile(6_000);
    const proxy = await startBreakingProxy(connection.url, [400_000, 200_000]);
    const campaign = `Broken ${way}`;
    const resumable: string[] = [];
    const { id } = await createClient({ ...connection, url: proxy.url }).uploadFile(Buffer.from(large), {
      ...options,
      campaign,
      onResumable: (file) => resumable.push(file),
    });
    expect(resumable.length).toBe(way === 'in parts' ? 1 : 0);
    expect(proxy.broken()).toBe(2);
    await proxy.close();
    const { byteCount, failure } = await client.get('/v1/uploads/{id}', { path: { id } });
    expect({ byteCount, failure }).toEqual({ byteCount: Buffer.byteLength(large), failure: null });
    const others: unknown[] = [];
    for await (const upload of client.entries('/v1/uploads')) {
      if (upload.campaign === campaign && upload.failure === null) others.push(upload.id);
    }
    expect(others).toEqual([id]);
  });

  it.each([
    ['at once', {}],
    ['in parts', { resumableFrom: 1 }],
  ])(
    'says of a file that is sent %s that the campaign has its content, or newer content',
    async (way, parts) => {
      const options = { ...parts, campaign: `Again ${way}` };
      const first = await client.uploadFile({ path }, options);
      expect([first.duplicateOf, first.warnings]).toEqual([undefined, []]);
      const again = await client.uploadFile({ path }, options);
      expect([again.id, again.duplicateOf]).toEqual([first.id, first.id]);
      const newer = Buffer.from(sampleFile(301).csv);
      await client.uploadFile(newer, options);
      const older = await client.uploadFile({ path }, { ...options, force: 'true' });
      expect(older.duplicateOf).toBeUndefined();
      expect(older.warnings).toMatchObject([{ code: 'older_content', severity: 'warning' }]);
    },
  );

  it('follows the events of an upload to its end, and those of all as they come', async () => {
    const stop = new AbortController();
    const notified: unknown[] = [];
    const listening = (async () => {
      for await (const { event, data } of client.events('/v1/events', { signal: stop.signal })) {
        notified.push([event, data.type, data.uploadId]);
      }
    })();
    // A stream begins with what comes after it was opened.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { id } = await client.uploadFile({ path }, { campaign: 'Events' });
    const seen: number[] = [];
    const ends: string[] = [];
    for await (const { event, data } of client.events('/v1/uploads/{id}/events', { path: { id } })) {
      seen.push(data.progress.percent);
      if (event === 'ended') ends.push(data.status);
    }
    expect(ends).toEqual(['COMPLETED']);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(100);
    await expect.poll(() => notified).toContainEqual(['notification', 'upload.completed', id]);
    stop.abort(new Error('Heard enough'));
    await expect(listening).rejects.toThrow('Heard enough');
  });

  it('reads a list in one answer, and gives the tag that a deletion wants', async () => {
    const { id, campaignId } = await client.uploadFile({ path }, { campaign: 'One answer' });
    await client.waitForUpload(id);
    const ids = new Set<string>();
    for await (const pledge of client.snapshot('/v1/pledges', { query: { campaign: 'One answer' } })) {
      ids.add(pledge.id);
    }
    expect(ids.size).toBe(300 - broken);
    let etag = '';
    await client.get('/v1/campaigns/{id}', {
      path: { id: campaignId },
      onHeaders: (headers) => {
        etag = headers.get('etag') ?? '';
      },
    });
    const deletion = { path: { id: campaignId }, headers: { 'if-match': etag } };
    expect(await client.delete('/v1/campaigns/{id}', deletion)).toBeUndefined();
    await expect(client.delete('/v1/campaigns/{id}', deletion)).rejects.toMatchObject({ status: 404 });
  });

  it('walks through all pages of a list', async () => {
    const { id } = await client.uploadFile({ path }, { campaign: 'Pages' });
    await client.waitForUpload(id);
    const query = { campaign: 'Pages', limit: 100 };
    const sizes: number[] = [];
    for await (const { pledges } of client.pages('/v1/pledges', { query })) sizes.push(pledges.length);
    expect(sizes).toEqual([100, 100, 300 - broken - 200]);
    const ids = new Set<string>();
    for await (const pledge of client.entries('/v1/pledges', { query })) ids.add(pledge.id);
    expect(ids.size).toBe(300 - broken);
    const lines: number[] = [];
    for await (const issue of client.entries('/v1/uploads/{id}/issues', {
      path: { id },
      query: { limit: 2 },
    })) {
      if (issue.line !== null) lines.push(issue.line);
    }
    expect(lines.length).toBeGreaterThanOrEqual(broken);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
  });

  it('streams the rejected rows and exports', async () => {
    const { id } = await client.uploadFile({ path }, { campaign: 'Files' });
    await client.waitForUpload(id);
    const rejected = await client.download('/v1/uploads/{id}/rejected.csv', { path: { id } });
    expect(rejected.contentType).toContain('text/csv');
    expect(rejected.filename).toMatch(/\.csv$/);
    expect((await new Response(rejected.body).text()).match(/nobody at example/g)).toHaveLength(broken);
    const query = { campaign: 'Files', format: 'ndjson' } as const;
    const { body } = await client.download('/v1/pledges', { query });
    expect((await text(Readable.from(body))).trim().split('\n')).toHaveLength(300 - broken);
  });

  it('throws what the API says is wrong', async () => {
    const refused = client.uploadFile(Buffer.from(''), { campaign: 'Empty' });
    await expect(refused).rejects.toThrow(ProblemError);
    await expect(refused).rejects.toMatchObject({ status: 422, code: 'empty_file', retryAfter: null });
    const stranger = createClient({ ...connection, key: 'pl_nobody' });
    await expect(stranger.get('/v1/uploads')).rejects.toMatchObject({
      status: 401,
      code: 'unknown_key',
      detail: expect.any(String),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    await expect(client.waitForUpload(randomUUID())).rejects.toMatchObject({ code: 'upload_not_found' });
  });

  it('does what its README says', async () => {
    const readme = await readFile(new URL('../../packages/client/README.md', import.meta.url), 'utf8');
    const example = /```js\n(.*?)```/s.exec(readme)?.[1] ?? '';
    const program = example
      .replace('http://localhost:3000', connection.url)
      .replace('pl_…', connection.key)
      .replace('backers.csv', path);
    const args = ['--input-type=module', '--eval', program];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
    });
    expect(stdout).toBe(/console\.log\(.*\); \/\/ (.*)/.exec(example)?.[1]?.concat('\n'));
    expect(stderr.match(/^\d+ \d+\.\d+ USD$/gm)).toHaveLength(300 - broken);
  });

  it('makes, changes and deletes', async () => {
    const { secret, id } = await client.post('/v1/keys', { body: { name: 'Shop', scope: 'read' } });
    const shop = createClient({ ...connection, key: secret });
    await expect(shop.delete('/v1/keys/{id}', { path: { id } })).rejects.toMatchObject({
      code: 'insufficient_scope',
      problem: { neededScope: 'admin' },
    });
    expect(await client.delete('/v1/keys/{id}', { path: { id } })).toBeUndefined();
    await expect(shop.get('/v1/campaigns')).rejects.toMatchObject({ status: 401 });
  });
});
