import { detectPlatform } from '@pledgeline/csv-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import {
  claimChunk,
  createRowPacker,
  createUpload,
  type Database,
  mainFile,
  type ReadFile,
  readUpload,
  type Seal,
  type SkippedFile,
  sealUpload,
  storeChunk,
} from '../index.js';
import { openTestDatabase } from '../test-support/index.js';

let db: Database;
let close: () => Promise<void>;
let merchantId: string;

beforeAll(async () => {
  ({ db, merchantId, close } = await openTestDatabase(inject('testPostgres'), 4));
});

afterAll(() => close());

const headers = ['Order ID', 'Email', 'Ordered At'];

function readFile(file: Partial<ReadFile>): ReadFile {
  return {
    kind: 'read',
    name: null,
    sheet: null,
    format: {
      encoding: { name: 'utf-16le', source: 'bom', certain: true },
      delimiter: { value: '\t', source: 'content' },
      decimalMark: ',',
      headerLine: 3,
      titleLines: [1, 2],
    },
    firstRow: 1,
    rowCount: 1,
    platform: 'generic',
    detection: detectPlatform(headers),
    columns: null,
    dateOrders: [],
    ...file,
  };
}

const skipped: SkippedFile = { kind: 'skipped', name: 'read me.pdf', reason: 'It is a PDF document.' };

async function storeAndSeal(files: Seal['files'], fileOfChunk: readonly number[]) {
  const { id } = await createUpload(db, { merchantId, campaign: 'Lamp', filename: 'all.zip' });
  const packer = createRowPacker(headers);
  for (const [index, fileIndex] of fileOfChunk.entries()) {
    packer.add([`A-${index}`, 'ada@example.com', '03/04/2024']);
    await storeChunk(db, id, {
      index,
      fileIndex,
      firstRow: index + 1,
      lines: [2],
      data: packer.take(),
    });
  }
  const sealed = await sealUpload(db, id, {
    rowCount: fileOfChunk.length,
    chunkCount: fileOfChunk.length,
    byteCount: 100,
    sha256: '0'.repeat(64),
    files,
  });
  return { id, ...sealed };
}

it('hands each chunk to the worker with the name, platform and date orders of its own file', async () => {
  const order = {
    header: 'Ordered At',
    source: 'evidence',
    ambiguous: 1,
    proofs: { dmy: 1, mdy: 0 },
    conflicting: false,
  } as const;
  const files = [
    readFile({ name: 'a.csv', dateOrders: [{ ...order, position: 2, order: 'dmy' }] }),
    skipped,
    readFile({
      name: 'b.csv',
      platform: 'kickstarter',
      dateOrders: [{ ...order, position: 2, order: null }],
    }),
  ];
  const { chunkIds, status } = await storeAndSeal(files, [0, 2]);
  expect(status).toBe('PENDING');
  const [first = '', second = ''] = chunkIds;
  expect(await claimChunk(db, first, { leaseMs: 1_000 })).toMatchObject({
    file: 'a.csv',
    platform: 'generic',
    dateOrders: [{ position: 2, order: 'dmy' }],
    decimalMark: ',',
    firstRow: 1,
    lines: [2],
    rows: [['A-0', 'ada@example.com', '03/04/2024']],
  });
  expect(await claimChunk(db, second, { leaseMs: 1_000 })).toMatchObject({
    file: 'b.csv',
    platform: 'kickstarter',
    dateOrders: [],
    firstRow: 2,
  });
});

it('tells of every file, read or skipped, in the order of the upload', async () => {
  const files = [skipped, readFile({ name: 'a.csv' })];
  const { id } = await storeAndSeal(files, [1]);
  const report = await readUpload(db, merchantId, id);
  expect(report).toMatchObject({ platform: 'generic', detection: { platform: 'generic' } });
  expect(report?.files).toEqual([
    expect.objectContaining({
      name: 'read me.pdf',
      skipped: 'It is a PDF document.',
      format: null,
      rowCount: 0,
    }),
    expect.objectContaining({ name: 'a.csv', skipped: null, rowCount: 1, platform: 'generic' }),
  ]);
  expect(report?.files[1]?.format).toEqual(readFile({}).format);
});

it('names a sheet where there is no file name', async () => {
  const { chunkIds } = await storeAndSeal([readFile({ sheet: 'Orders' })], [0]);
  expect(await claimChunk(db, chunkIds[0] ?? '', { leaseMs: 1_000 })).toMatchObject({ file: 'Orders' });
});

it('asks for a mapping when one of the files is unknown, and names it', async () => {
  const files = [readFile({ name: 'a.csv' }), readFile({ name: 'b.csv', platform: null })];
  const { id, status, chunkIds } = await storeAndSeal(files, [0, 1]);
  expect(status).toBe('NEEDS_MAPPING');
  expect(chunkIds).toEqual([]);
  const [notification] = await db.prisma.notification.findMany({ where: { uploadId: id } });
  expect(notification?.message).toContain('"b.csv"');
  expect(notification?.message).not.toContain('"a.csv"');
});

it('lets the file with the most rows speak for the upload, and the first of equals', () => {
  const small = readFile({ name: 'small', rowCount: 1 });
  const large = readFile({ name: 'large', rowCount: 5 });
  expect(mainFile([small, skipped, large, readFile({ name: 'later', rowCount: 5 })])).toBe(large);
  expect(mainFile([skipped])).toBeNull();
});
