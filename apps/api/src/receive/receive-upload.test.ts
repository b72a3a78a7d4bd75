import { setTimeout as sleep } from 'node:timers/promises';
import { claimChunk, createRowPacker, createUpload, deleteCampaign, storeChunk } from '@pledgeline/db';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { readAccepted } from '../test-support/answers.js';
import { beginUpload } from '../test-support/raw-request.js';
import { kickstarterCsv, startApi, type TestApi } from '../test-support/start-api.js';

const [header = ''] = kickstarterCsv.split('\n');
const row = (n: number) =>
  `${n},${1_000 + n},Backer ${n},b${n}@example.com,$10.00,collected,https://example.com/s,\n`;
const rows = (count: number, from = 1) => Array.from({ length: count }, (_, n) => row(from + n)).join('');

let api: TestApi;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'), {
    config: { RECEIVE_TIMEOUT_MS: 1_500, MAX_UPLOAD_BYTES: 400_000 },
  });
});
afterAll(() => api.close());

const newest = () => api.database.prisma.csvUpload.findFirst({ orderBy: { id: 'desc' } });
const chunkCount = () => api.database.prisma.csvUploadChunk.count({ where: { upload: { sealedAt: null } } });

async function untilFailed(code: string): Promise<void> {
  await vi.waitFor(
    async () => expect(await newest()).toMatchObject({ status: 'FAILED', failureCode: code }),
    {
      timeout: 10_000,
      interval: 25,
    },
  );
  expect(await chunkCount()).toBe(0);
}

async function untilChunksStored(): Promise<void> {
  await vi.waitFor(async () => expect(await chunkCount()).toBeGreaterThan(0), {
    timeout: 10_000,
    interval: 10,
  });
}

describe('An upload whose file does not arrive completely', () => {
  it.each(['Content-Length: 200000', 'Transfer-Encoding: chunked'])(
    'is upload_interrupted when the client hangs up (%s)',
    async (length) => {
      const { socket } = await beginUpload(api.port, api.key, ['Content-Type: text/csv', length]);
      const text = `${header}\n${rows(1_500)}`;
      socket.write(length.startsWith('Content') ? text : `${text.length.toString(16)}\r\n${text}\r\n`);
      await untilChunksStored();
      socket.destroy();
      await untilFailed('upload_interrupted');
    },
  );

  it('is upload_interrupted when the client closes its side before Content-Length', async () => {
    const { socket } = await beginUpload(api.port, api.key, [
      'Content-Type: text/csv',
      'Content-Length: 200000',
    ]);
    socket.write(`${header}\n${rows(1_500)}`);
    await untilChunksStored();
    socket.end();
    await untilFailed('upload_interrupted');
  });

  it('is upload_interrupted in a form as well', async () => {
    const { socket } = await beginUpload(api.port, api.key, [
      'Content-Type: multipart/form-data; boundary=x',
      'Content-Length: 200000',
    ]);
    socket.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n');
    socket.write(`${header}\n${rows(1_500)}`);
    await untilChunksStored();
    socket.destroy();
    await untilFailed('upload_interrupted');
  });

  it.each([
    ['Content-Type: text/csv', ''],
    [
      'Content-Type: multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n',
    ],
  ])('is cut off with an answer when the client stops sending (%s)', async (type, before) => {
    const { socket, answered } = await beginUpload(api.port, api.key, [type, 'Content-Length: 200000']);
    socket.write(`${before}${header}\n${rows(1_500)}`);
    expect(await answered()).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"upload_interrupted"/);
    await untilFailed('upload_interrupted');
    socket.destroy();
  });

  it('continues while the client is slow but keeps sending', async () => {
    const patient = await startApi(inject('testPostgres'), { config: { RECEIVE_TIMEOUT_MS: 5_000 } });
    try {
      const { socket, answered } = await beginUpload(patient.port, patient.key, [
        'Content-Type: text/csv',
        `Content-Length: ${header.length + 1 + rows(12).length}`,
      ]);
      socket.write(`${header}\n`);
      // Longer than the client may be silent, with pauses that are far shorter, also where they last too long.
      for (let sent = 1; sent <= 12; sent += 1) {
        await sleep(500);
        socket.write(row(sent));
      }
      expect(await answered()).toMatch(/^HTTP\/1\.1 202 /);
      socket.destroy();
    } finally {
      await patient.close();
    }
  });
});

it('An upload whose campaign is deleted while it is received is refused with the reason, and is no import', async () => {
  const { socket, answered } = await beginUpload(api.port, api.key, [
    'Content-Type: text/csv',
    `Content-Length: ${header.length + 1 + rows(2).length}`,
  ]);
  socket.write(`${header}\n${row(1)}`);
  const open = await vi.waitFor(async () => {
    const upload = await newest();
    expect(upload).toMatchObject({ status: 'PENDING', sealedAt: null });
    return upload;
  });
  await deleteCampaign(api.database, api.merchantId, open?.campaignId ?? '', () => undefined);
  socket.write(row(2));
  const answer = await answered();
  expect(answer).toMatch(/^HTTP\/1\.1 409 /);
  expect(answer).toContain('"code":"upload_not_open"');
  expect(answer).toContain('campaign');
  expect(await newest()).toMatchObject({ id: open?.id, sealedAt: null });
  socket.destroy();
});

it('An upload that a shutdown cuts off is failed before the app is closed', async () => {
  const closing = await startApi(inject('testPostgres'));
  try {
    const { socket } = await beginUpload(closing.port, closing.key, [
      'Content-Type: text/csv',
      'Content-Length: 200000',
    ]);
    socket.write(`${header}\n${rows(1_500)}`);
    const chunks = () => closing.database.prisma.csvUploadChunk.count();
    await vi.waitFor(async () => expect(await chunks()).toBe(1), { timeout: 10_000, interval: 10 });
    const closed = closing.app.close();
    closing.app.server.closeAllConnections();
    await closed;
    expect(await closing.database.prisma.csvUpload.findFirst()).toMatchObject({
      status: 'FAILED',
      failureCode: 'upload_interrupted',
    });
    expect(await chunks()).toBe(0);
  } finally {
    await closing.close();
  }
});

it('An upload is upload_interrupted when the client sends too slowly, even if it never stops', async () => {
  const impatient = await startApi(inject('testPostgres'), {
    config: { RECEIVE_TIMEOUT_MS: 1_000, MIN_RECEIVE_RATE: 1_000 },
  });
  try {
    const { socket, answered } = await beginUpload(impatient.port, impatient.key, [
      'Content-Type: text/csv',
      'Content-Length: 200000',
    ]);
    const trickle = setInterval(() => socket.write('x'), 50);
    const answer = await answered();
    clearInterval(trickle);
    expect(answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"upload_interrupted"/);
    expect(answer).toContain('at least 1000 a second are needed');
    socket.destroy();
  } finally {
    await impatient.close();
  }
});

describe('An upload that is too large', () => {
  it.each([
    ['raw', 'Content-Type: text/csv', ''],
    [
      'a form',
      'Content-Type: multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n',
    ],
  ])(
    'is answered while the client is still sending ten times the limit slowly (%s)',
    async (_kind, type, before) => {
      const { socket, answer, answered } = await beginUpload(api.port, api.key, [
        type,
        'Transfer-Encoding: chunked',
      ]);
      const send = (text: string) => socket.write(`${text.length.toString(16)}\r\n${text}\r\n`);
      send(`${before}${header}\n`);
      for (let from = 1; from < 50_000 && answer() === '' && !socket.destroyed; from += 1_000) {
        send(rows(1_000, from));
        await sleep(20);
      }
      expect(await answered()).toMatch(/^HTTP\/1\.1 413 [\s\S]*"code":"upload_too_large"/);
      await untilFailed('upload_too_large');
      // The client may send on for a while: the connection is not reset at once.
      for (let more = 0; more < 20; more += 1) {
        expect(socket.destroyed).toBe(false);
        send(rows(1_000));
        await sleep(10);
      }
      socket.destroy();
    },
  );

  it('is refused by its Content-Length, before an upload is created or a byte is asked for', async () => {
    const before = await api.database.prisma.csvUpload.count();
    const { socket, answered } = await beginUpload(api.port, api.key, [
      'Content-Type: text/csv',
      'Content-Length: 400001',
      'Expect: 100-continue',
    ]);
    expect(await answered()).toMatch(/^HTTP\/1\.1 413 /);
    expect(await api.database.prisma.csvUpload.count()).toBe(before);
    socket.destroy();
  });
});

describe('A client that sends Expect: 100-continue', () => {
  it('gets "100 Continue"', async () => {
    const { socket, answer, answered } = await beginUpload(api.port, api.key, [
      'Content-Type: text/csv',
      `Content-Length: ${kickstarterCsv.length}`,
      'Expect: 100-continue',
    ]);
    await vi.waitFor(() => expect(answer()).toMatch(/^HTTP\/1\.1 100 Continue/), { timeout: 30_000 });
    socket.write(kickstarterCsv);
    expect(await answered()).toContain('HTTP/1.1 202 Accepted');
    socket.destroy();
  });

  it('is not asked for the file without a key', async () => {
    const { socket, answered } = await beginUpload(api.port, 'pl_wrong', [
      'Content-Type: text/csv',
      'Content-Length: 400000',
      'Expect: 100-continue',
    ]);
    expect(await answered()).toMatch(/^HTTP\/1\.1 401 /);
    socket.destroy();
  });
});

describe('The stored chunks of an upload', () => {
  it('hold no secret cell', async () => {
    const { id } = await readAccepted(await api.upload(kickstarterCsv));
    const chunk = await api.database.prisma.csvUploadChunk.findFirstOrThrow({ where: { uploadId: id } });
    expect(chunk.data).toEqual({
      rows: [
        ['1', '1001', 'Grace', 'grace@example.com', '$25.00', 'collected', '', 'hello'],
        ['2', '1002', 'Alan', 'alan@example.com', '$30.00', 'collected', '', ''],
      ],
    });
  });

  it('hold no secret cell of a file that is not recognised', async () => {
    const { id } = await readAccepted(await api.upload('Colour,IP Address\nred,10.0.0.1\n'));
    const chunk = await api.database.prisma.csvUploadChunk.findFirstOrThrow({ where: { uploadId: id } });
    expect(chunk.data).toMatchObject({ rows: [['red', '']] });
  });

  it('hold every row once, in order, however many chunks there are', async () => {
    const {
      id,
      rows: { total },
    } = await readAccepted(await api.upload(`${header}\n${rows(4_321)}`));
    expect(total).toBe(4_321);
    const chunks = await api.database.prisma.csvUploadChunk.findMany({
      where: { uploadId: id },
      orderBy: { index: 'asc' },
      select: { index: true, firstRow: true, rowCount: true },
    });
    expect(chunks.map(({ firstRow, rowCount }) => [firstRow, rowCount])).toEqual([
      [1, 1_000],
      [1_001, 1_000],
      [2_001, 1_000],
      [3_001, 1_000],
      [4_001, 321],
    ]);
  });

  it('are invisible to workers until the upload is sealed', async () => {
    const open = await createUpload(api.database, { merchantId: api.merchantId, campaign: 'Lamp' });
    const packer = createRowPacker();
    packer.add(['a@example.com']);
    await storeChunk(api.database, open.id, {
      index: 0,
      fileIndex: 0,
      firstRow: 1,
      lines: [2],
      data: packer.take(),
    });
    const { id } = await api.database.prisma.csvUploadChunk.findFirstOrThrow({
      where: { uploadId: open.id },
    });
    expect(await claimChunk(api.database, id, { leaseMs: 1_000 })).toBeNull();
    const report = await (await api.send(`/v1/uploads/${open.id}`)).json();
    expect(report).toMatchObject({
      sealed: false,
      status: 'PENDING',
      progress: { phase: 'receiving', percent: 0 },
    });
    expect((await api.send(`/v1/uploads/${open.id}/cancel`, { method: 'POST' })).status).toBe(409);
    await api.database.prisma.csvUpload.delete({ where: { id: open.id } });
  });

  it('are no longer written when the upload has failed meanwhile', async () => {
    const { socket, answer, answered } = await beginUpload(api.port, api.key, [
      'Content-Type: text/csv',
      'Content-Length: 300000',
    ]);
    socket.write(`${header}\n${rows(1_500)}`);
    await untilChunksStored();
    const upload = await newest();
    await api.database.pool.query(
      `UPDATE csv_upload SET status = 'FAILED', failure_code = 'upload_interrupted' WHERE id = $1`,
      [upload?.id],
    );
    await api.database.prisma.csvUploadChunk.deleteMany({ where: { uploadId: upload?.id ?? '' } });
    // The first batch fills the chunk that is refused; the second batch makes the API notice it.
    socket.write(rows(1_500, 2_000));
    for (let n = 4_000; n < 5_000 && answer() === ''; n += 1) {
      socket.write(row(n));
      await sleep(20);
    }
    expect(await answered()).toMatch(/^HTTP\/1\.1 409 [\s\S]*"code":"upload_not_open"/);
    expect(await chunkCount()).toBe(0);
    socket.destroy();
  });
});
