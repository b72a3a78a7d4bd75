import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../client.js';
import { brokenChecks } from '../test-support/broken-checks.js';
import { dumpCampaign } from '../test-support/dump-campaign.js';
import { openTestDatabase } from '../test-support/open-test-database.js';
import { processUpload } from '../test-support/process-upload.js';
import { type ReceivedUpload, receiveCsv } from '../test-support/receive-csv.js';
import { claimChunk } from './chunks/claim-chunk.js';
import { mapFiles } from './mappings/map-files.js';
import { readSample } from './mappings/read-sample.js';
import { readUpload } from './reports/read-upload.js';
import { sweep } from './sweep/sweep.js';

let db: Database;
let close: () => Promise<void>;
let merchantId: string;

beforeAll(async () => {
  ({ db, merchantId, close } = await openTestDatabase(inject('testPostgres'), 4));
});
afterAll(() => close());

const header = 'Order ID,Name,Email,Amount,Currency,Product,Quantity,Zero\0';
/** Two orders of two rows each, and a number that comes again in another chunk. */
const csv = [
  header,
  'A1,Ada,ada@example.com,10.00,USD,Mat,1,',
  'A1,Ada,ada@example.com,10.00,USD,Dice,2,',
  'B1,Bob,bob@example.com,20.00,USD,Mat,1,x',
  'B1,Bob,bob@example.com,20.00,USD,Dice,1,',
  'C1,Cy,cy@example.com,30.00,USD,Mat,1,',
  'A1,Zoe,zoe@example.com,11.00,USD,Mat,1,',
  '',
].join('\n');

const receive = (campaign: string, content = csv) =>
  receiveCsv(db, { merchantId, campaign, csv: content, chunkRows: 2 });

/** As the release before stores chunks: with a copy of the header row. */
async function addToChunks({ id }: ReceivedUpload): Promise<void> {
  const { rows } = await db.pool.query<{ id: string; data: { rows: unknown } }>(
    'SELECT id, data FROM csv_upload_chunk WHERE upload_id = $1',
    [id],
  );
  for (const { id: chunkId, data } of rows) {
    await db.pool.query('UPDATE csv_upload_chunk SET data = $2 WHERE id = $1', [
      chunkId,
      JSON.stringify({ headers: header.split(','), rows: data.rows }),
    ]);
  }
}

/** As releases store it that have no column for the header row of a file. */
async function moveToChunks(upload: ReceivedUpload): Promise<void> {
  await addToChunks(upload);
  await dropFromFile(upload);
}

const dropFromFile = ({ id }: ReceivedUpload) =>
  db.pool.query('UPDATE csv_upload_file SET headers = NULL WHERE upload_id = $1', [id]);

/** The chunks of an upload as they are stored. */
async function storedData({ id }: ReceivedUpload): Promise<readonly unknown[]> {
  const { rows } = await db.pool.query<{ data: unknown }>(
    'SELECT data FROM csv_upload_chunk WHERE upload_id = $1 ORDER BY index',
    [id],
  );
  return rows.map(({ data }) => data);
}

async function outcomeOf({ id, campaignId }: ReceivedUpload) {
  const report = await readUpload(db, merchantId, id);
  const { status, rows } = report ?? {};
  return {
    status,
    rows,
    tables: await dumpCampaign(db.pool, campaignId),
    broken: await brokenChecks(db, id),
  };
}

async function importWith(campaign: string, change: (upload: ReceivedUpload) => Promise<unknown>) {
  const upload = await receive(campaign);
  await change(upload);
  await processUpload(db, upload.id);
  return outcomeOf(upload);
}

const rows = { total: 6, imported: 3, rejected: 3, leftOut: 0, open: 0 };

describe('the header row of a file', () => {
  it('is stored with the file, also where Postgres cannot read it, and in no chunk', async () => {
    const upload = await receive('Stored');
    const stored = await db.pool.query('SELECT headers FROM csv_upload_file WHERE upload_id = $1', [
      upload.id,
    ]);
    expect(stored.rows).toEqual([{ headers: header.split(',') }]);
    const chunks = await storedData(upload);
    expect(chunks).toEqual(chunks.map(() => ({ rows: expect.any(Array) })));
  });

  it('may be in chunks that an older release has stored, with the file or alone: the import is the same', async () => {
    const once = await importWith('File', () => Promise.resolve());
    expect(once).toMatchObject({ status: 'COMPLETED', rows, broken: [] });
    expect(await importWith('Both', addToChunks)).toEqual(once);
    expect(await importWith('Chunks', moveToChunks)).toEqual(once);
  });

  it.each([
    { stored: 'with the file', change: () => Promise.resolve(), half: ['rows'] },
    { stored: 'with the file and the chunk', change: addToChunks, half: ['rows'] },
    { stored: 'with the chunk only', change: moveToChunks, half: ['headers', 'rows'] },
  ])('is not lost when a chunk is halved, where it is stored $stored', async ({ stored, change, half }) => {
    const upload = await receiveCsv(db, { merchantId, campaign: `Halved ${stored}`, csv, chunkRows: 10 });
    await change(upload);
    for (const _ of [1, 2]) {
      await claimChunk(db, upload.chunkIds[0] ?? '', { leaseMs: -1 });
      await sweep(db, { pendingAfterMs: 0, silentAfterMs: 60_000, limit: 100 });
    }
    const halves = await storedData(upload);
    expect(halves.map((data) => Object.keys(data ?? {}))).toEqual([half, half]);
    await processUpload(db, upload.id);
    const report = await readUpload(db, merchantId, upload.id);
    expect(report).toMatchObject({ status: 'COMPLETED', rows, chunks: { completed: 2 } });
    expect(await brokenChecks(db, upload.id)).toEqual([]);
  });

  it('is taken from the file when a person says what the columns of its chunks are', async () => {
    const upload = await receive('Mapped', csv.replace(header, 'c1,c2,c3,c4,c5,c6,c7,c8'));
    expect(await readSample(db, upload.id, 0, 1)).toEqual({
      headers: ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'],
      rows: [['A1', 'Ada', 'ada@example.com', '10.00', 'USD', 'Mat', '1', '']],
    });
    const fields = [
      'externalId',
      'backerName',
      'email',
      'amount',
      'currency',
      'productName',
      'quantity',
    ] as const;
    await mapFiles(db, upload.id, [
      {
        fileIndex: 0,
        platform: 'generic',
        columns: fields.map((as, position) => ({ position, as })),
        orders: { orderColumn: 0, blankContinues: false },
        decimalMark: '.',
        assumptions: [],
      },
    ]);
    await processUpload(db, upload.id);
    expect(await outcomeOf(upload)).toMatchObject({ status: 'COMPLETED', rows, broken: [] });
  });

  it('is missed in words when neither has it', async () => {
    const upload = await receive('Neither');
    await dropFromFile(upload);
    await expect(processUpload(db, upload.id)).rejects.toThrow(
      'A chunk was stored without the header row of its file',
    );
  });
});
