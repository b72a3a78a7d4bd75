import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { readAccepted } from '../test-support/answers.js';
import { startApi, type TestApi } from '../test-support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'), { config: { CHUNK_ROWS: 2_500 } });
});
afterAll(() => api.close());

const MEGABYTE = 1024 ** 2;
const rowsOf = (count: number, from: number) =>
  new TextEncoder().encode(
    Array.from(
      { length: count },
      (_, n) => `${from + n},Backer,b${from + n}@example.com,${'x'.repeat(150)}\n`,
    ).join(''),
  );

/** A file of 60 MB, generated while it is sent. Its rows follow once `mayGoOn` is fulfilled. */
function bigFile(mayGoOn: Promise<void>) {
  const produced = { bytes: 0 };
  let from = 1;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode('Order ID,Name,Email,Notes\n')),
    async pull(controller) {
      await mayGoOn;
      const piece = rowsOf(500, from);
      from += 500;
      produced.bytes += piece.length;
      controller.enqueue(piece);
      if (from > 320_000) controller.close();
    },
  });
  return { stream, produced };
}

it('An upload takes only a few chunks from the client while the database cannot write, however large the file', async () => {
  let goOn = (): void => undefined;
  const { stream, produced } = bigFile(
    new Promise((resolve) => {
      goOn = resolve;
    }),
  );
  const receiving = api.upload(stream, 'campaign=Big', { duplex: 'half' });
  await vi.waitFor(async () => expect(await api.database.prisma.csvUpload.count()).toBe(1), {
    timeout: 30_000,
  });

  const client = await api.database.pool.connect();
  await client.query('BEGIN; SELECT id FROM csv_upload FOR UPDATE');
  goOn();
  let before = -1;
  while (produced.bytes !== before) {
    before = produced.bytes;
    await sleep(500);
  }
  // Most of these bytes are in the kernel's buffers between two sockets.
  expect(produced.bytes / MEGABYTE).toBeLessThan(20);
  await client.query('ROLLBACK');
  client.release();

  const accepted = await readAccepted(await receiving);
  expect(accepted.rows.total).toBe(320_000);
  expect(accepted['byteCount']).toBeGreaterThan(55 * MEGABYTE);
  const stored = await api.database.prisma.csvUploadChunk.aggregate({ _sum: { rowCount: true } });
  expect(stored._sum.rowCount).toBe(320_000);
});
