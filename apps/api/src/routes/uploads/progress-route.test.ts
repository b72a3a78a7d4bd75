import { claimChunk, completeChunk, mapChunk, releaseChunk } from '@pledgeline/db';
import { processUpload } from '@pledgeline/db/testing';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { z } from 'zod';
import { readAccepted, readId } from '../../test-support/answers.js';
import { cancelNewUpload, completeUpload } from '../../test-support/make-notifications.js';
import { beginUpload } from '../../test-support/raw-request.js';
import { type OpenedStream, openStream } from '../../test-support/read-events.js';
import { kickstarterCsv, startApi, type TestApi } from '../../test-support/start-api.js';

let api: TestApi;
/** Another process on the same database. */
let twin: TestApi;
let opened: OpenedStream[] = [];
beforeAll(async () => {
  const config = { CHUNK_ROWS: 2 };
  api = await startApi(inject('testPostgres'), { config });
  const databaseUrl = api.database.pool.options.connectionString ?? '';
  twin = await startApi(inject('testPostgres'), { config, databaseUrl });
});
afterAll(async () => {
  await twin.close();
  await api.close();
});
afterEach(async () => {
  for (const stream of opened) stream.leave();
  await Promise.all(opened.map(({ ended }) => ended));
  opened = [];
});

async function follow(server: TestApi, id: string, lastEventId?: string): Promise<OpenedStream> {
  const headers = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId };
  const stream = await openStream(server, { path: `/v1/uploads/${id}/events`, headers });
  opened.push(stream);
  return stream;
}

const progressSchema = z.object({
  uploadId: z.string(),
  status: z.string(),
  progress: z.object({
    phase: z.string(),
    percent: z.number(),
    bytesReceived: z.number(),
    bytesTotal: z.number().nullable(),
    rowsDone: z.number(),
    rowsTotal: z.number().nullable(),
    rowsPerSecond: z.number().nullable(),
    secondsLeft: z.number().nullable(),
  }),
});
const statesOf = (stream: OpenedStream) => stream.events().map(({ data }) => progressSchema.parse(data));
const percents = (stream: OpenedStream) => statesOf(stream).map(({ progress }) => progress.percent);

/** Sends ten rows, which are five chunks. Returns the ids of the upload and of its chunks. */
async function sendTenRows() {
  const rows = Array.from({ length: 10 }, (_, n) => `${n},${n},Ada,a${n}@example.com,$25.00,collected`);
  const header = 'Backer Number,Backer UID,Backer Name,Email,Pledge Amount,Pledged Status';
  const { id } = await readAccepted(await api.upload([header, ...rows, ''].join('\n')));
  const chunks = await api.database.prisma.csvUploadChunk.findMany({
    where: { uploadId: id },
    orderBy: { index: 'asc' },
  });
  const byteCount = [header, ...rows, ''].join('\n').length;
  return { id, byteCount, chunks: chunks.map((chunk) => chunk.id) };
}

async function claim(chunkId: string) {
  const chunk = await claimChunk(api.database, chunkId, { leaseMs: 60_000 });
  if (chunk === null) throw new Error(`The chunk ${chunkId} could not be claimed`);
  return chunk;
}

async function work(chunkId: string): Promise<void> {
  const chunk = await claim(chunkId);
  await completeChunk(api.database, chunk, await mapChunk(chunk, []));
}

const hears = (stream: OpenedStream, percent: number) =>
  vi.waitFor(() => expect(percents(stream)).toContain(percent), { timeout: 50_000, interval: 20 });

describe('The progress of an upload', () => {
  it('says how many bytes of the file are here while it is received, to those who ask and those who follow', async () => {
    const header = 'Backer Number,Backer UID,Backer Name,Email,Pledge Amount,Pledged Status';
    // Nothing is decided about a file before some of it is here.
    const name = 'Ada'.repeat(2_000);
    const rows = Array.from(
      { length: 60 },
      (_, n) => `${n},${n},${name},a${n}@example.com,$25.00,collected\n`,
    );
    const csv = `${header}\n${rows.join('')}`;
    const { socket, answered } = await beginUpload(api.port, api.key, [
      'Content-Type: text/csv',
      `Content-Length: ${csv.length}`,
    ]);
    const half = csv.slice(0, csv.length / 2);
    socket.write(half);
    const open = () =>
      api.database.prisma.csvUpload.findFirst({ where: { sealedAt: null, byteCount: { gt: 0 } } });
    await vi.waitFor(async () => expect(await open()).not.toBeNull(), { timeout: 20_000, interval: 20 });
    // Whatever can be written of this half is written.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { id, byteCount } = (await open()) ?? { id: '', byteCount: 0n };
    expect(Number(byteCount)).toBeLessThanOrEqual(half.length);
    const receiving = {
      phase: 'receiving',
      percent: 0,
      bytesReceived: Number(byteCount),
      bytesTotal: csv.length,
    };
    expect(await (await api.send(`/v1/uploads/${id}`)).json()).toMatchObject({ progress: receiving });
    const stream = await follow(twin, id);
    await vi.waitFor(() => expect(statesOf(stream)[0]).toMatchObject({ progress: receiving }), 20_000);
    expect(stream.events()[0]?.id).toBe(`receiving-${byteCount}`);
    socket.write(csv.slice(half.length));
    expect(await answered()).toMatch(/^HTTP\/1\.1 202 /);
    socket.destroy();
    await processUpload(api.database, id);
    await stream.ended;
    const bytes = statesOf(stream).map(({ progress }) => progress.bytesReceived);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
    expect(bytes.at(-1)).toBe(csv.length);
    expect(percents(stream).slice(0, -1)).not.toContain(100);
  });

  it('is streamed by every process, also to a client that comes back to another one, until it has ended', async () => {
    const { id, byteCount, chunks } = await sendTenRows();
    const [first = '', second = '', third = '', ...others] = chunks;
    const stays = await follow(twin, id);
    const leaves = await follow(api, id);
    expect(stays.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await hears(stays, 0);
    await work(first);
    await hears(leaves, 20);
    leaves.leave();
    await work(second);
    const back = await follow(twin, id, leaves.events().at(-1)?.id);
    await hears(back, 40);
    expect(percents(back)[0]).toBeGreaterThanOrEqual(20);

    await releaseChunk(api.database, await claim(third), { reason: 'disk full', maxAttempts: 2 });
    await work(third);
    await hears(stays, 60);
    const asked = progressSchema.shape.progress.parse(
      z.looseObject({ progress: z.unknown() }).parse(await (await api.send(`/v1/uploads/${id}`)).json())
        .progress,
    );
    expect(asked).toMatchObject({ phase: 'importing', percent: 60, rowsDone: 6, rowsTotal: 10 });
    expect(asked.rowsPerSecond).toBeGreaterThan(0);
    expect(asked.secondsLeft).toBeGreaterThan(0);
    for (const chunk of others) await work(chunk);

    for (const stream of [stays, back]) {
      await stream.ended;
      const seen = percents(stream);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      expect(seen.slice(0, -1).filter((percent) => percent >= 100)).toEqual([]);
      expect(stream.events().at(-1)?.event).toBe('ended');
      expect(statesOf(stream).at(-1)).toEqual({
        uploadId: id,
        status: 'COMPLETED',
        progress: {
          phase: 'ended',
          percent: 100,
          bytesReceived: byteCount,
          bytesTotal: byteCount,
          rowsDone: 10,
          rowsTotal: 10,
          rowsPerSecond: null,
          secondsLeft: null,
        },
      });
    }
    const again = await follow(api, id, stays.events().at(-1)?.id);
    expect(again.response.status).toBe(204);
  });

  it('is told once to who comes after the end, and not to who has seen it', async () => {
    const id = await completeUpload(api);
    const stream = await follow(twin, id, 'importing-1');
    await stream.ended;
    expect(stream.events()).toMatchObject([{ event: 'ended', data: { status: 'COMPLETED' } }]);
    const last = stream.events()[0]?.id;
    const byQuery = await api.send(`/v1/uploads/${id}/events?lastEventId=${last}`);
    expect({ status: byQuery.status, body: await byQuery.text() }).toEqual({ status: 204, body: '' });
  });

  it('ends where an upload is canceled, and does not go back when a failed one is retried', async () => {
    const canceled = await follow(api, await cancelNewUpload(api));
    await canceled.ended;
    expect(statesOf(canceled)).toMatchObject([{ status: 'CANCELED', progress: { percent: 0 } }]);

    const { id, chunks } = await sendTenRows();
    const [failing = '', ...others] = chunks;
    for (const chunk of others) await work(chunk);
    await releaseChunk(api.database, await claim(failing), { reason: 'disk full', maxAttempts: 1 });
    const failed = await follow(api, id);
    await failed.ended;
    expect(statesOf(failed)).toMatchObject([{ status: 'FAILED', progress: { percent: 80 } }]);
    await api.send(`/v1/uploads/${id}/retry`, { method: 'POST' });
    const retried = await follow(api, id, failed.events()[0]?.id);
    await work(failing);
    await retried.ended;
    expect(percents(retried).at(0)).toBe(80);
    expect(statesOf(retried).at(-1)).toMatchObject({ status: 'COMPLETED', progress: { percent: 100 } });
  });

  it('ends when the upload is deleted', async () => {
    const { id } = await sendTenRows();
    const stream = await follow(api, id);
    await hears(stream, 0);
    await api.database.prisma.csvUpload.delete({ where: { id } });
    await stream.ended;
    expect((await api.send(`/v1/uploads/${id}/events`)).status).toBe(404);
  });

  it('is read in one query a second for all who follow, and in none when nobody does', async () => {
    const uploads = [await sendTenRows(), await sendTenRows()];
    const streams = [];
    for (const { id } of [...uploads, ...uploads]) streams.push(await follow(api, id));
    for (const stream of streams) await hears(stream, 0);
    const queries = vi.spyOn(api.database.pool, 'query');
    const countOf = async (ms: number) => {
      queries.mockClear();
      await new Promise((resolve) => setTimeout(resolve, ms));
      return queries.mock.calls.length;
    };
    expect(await countOf(2_000)).toBeLessThanOrEqual(3);
    for (const { id } of uploads) await processUpload(api.database, id);
    for (const stream of streams) await stream.ended;
    await vi.waitFor(async () => expect(await countOf(1_500)).toBe(0), { timeout: 20_000 });
    queries.mockRestore();
  });

  it.each([
    ['?lastEventId=yesterday', {}, 'lastEventId'],
    ['', { 'Last-Event-ID': '17' }, 'Last-Event-ID'],
  ])('is refused for query "%s" and headers %j', async (query, headers, name) => {
    const response = await api.send(`/v1/uploads/${await cancelNewUpload(api)}/events${query}`, { headers });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid_request', parameters: [{ name }] });
  });
});

describe('The progress of an undo', () => {
  it('is in the draft of the upload, whose changes are not listed meanwhile', async () => {
    const id = await readId(await api.upload(kickstarterCsv, 'campaign=Taken%20back'));
    await processUpload(api.database, id);
    expect((await api.send(`/v1/uploads/${id}/undo`, { method: 'POST' })).status).toBe(202);
    const answer = await api.send(`/v1/uploads/${id}/changes`);
    expect(await answer.json()).toEqual({
      changes: [],
      next: null,
      previous: null,
      status: 'UNDOING',
      draft: { kind: 'UNDO', status: 'BUILDING', outdated: false, percent: 0, error: null },
      totals: null,
    });
  });
});
