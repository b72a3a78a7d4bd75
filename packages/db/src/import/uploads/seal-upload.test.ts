import { detectPlatform, type Issue } from '@pledgeline/csv-core';
import { createDamageEvidence } from '@pledgeline/csv-core/map';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Database } from '../../client.js';
import { brokenChecks } from '../../test-support/broken-checks.js';
import { openTestDatabase } from '../../test-support/open-test-database.js';
import { processChunk } from '../../test-support/process-upload.js';
import { claimChunk } from '../chunks/claim-chunk.js';
import { mapFiles } from '../mappings/map-files.js';
import { readSuggestion } from '../mappings/read-suggestion.js';
import { groupIssues, listIssues } from '../reports/list-issues.js';
import { readUpload } from '../reports/read-upload.js';
import { createUpload } from './create-upload.js';
import { createRowPacker } from './pack-rows.js';
import { mainFile, type Seal, sealUpload } from './seal-upload.js';
import { storeChunk } from './store-chunk.js';
import type { ReadFile, SkippedFile } from './upload-file.js';

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
    headers,
    firstRow: 1,
    rowCount: 1,
    platform: 'generic',
    detection: detectPlatform(headers),
    columns: null,
    questions: [],
    suggestion: null,
    assumptions: [],
    ordersToJoin: null,
    repeats: { groups: [], unlisted: 0 },
    dateOrders: [],
    newestDate: null,
    damage: createDamageEvidence([]).result(),
    repair: true,
    isSheet: false,
    fixes: null,
    issues: [],
    ...file,
  };
}

const skipped: SkippedFile = {
  kind: 'skipped',
  name: 'read me.pdf',
  reason: 'It is a PDF document.',
  issues: [],
};

function issue(change: Partial<Issue> = {}): Issue {
  const nothing = { row: null, line: null, column: null, value: null };
  return {
    file: 'a.csv',
    ...nothing,
    code: 'uncertain_encoding',
    message: 'Look.',
    severity: 'warning',
    ...change,
  };
}

const issuesOf = async (id: string) => (await listIssues(db, id, { limit: 1_000 })).issues;

async function storeAndSeal(files: Seal['files'], fileOfChunk: readonly number[]) {
  const { id } = await createUpload(db, { merchantId, campaign: 'Lamp', filename: 'all.zip' });
  const packer = createRowPacker();
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

it('a sealed upload gives each chunk the name, platform and date orders of its own file', async () => {
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

it('a sealed upload reports every file, read or skipped, in the order of the upload', async () => {
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

it('a sealed upload names the sheet of a chunk where there is no file name', async () => {
  const { chunkIds } = await storeAndSeal([readFile({ sheet: 'Orders' })], [0]);
  expect(await claimChunk(db, chunkIds[0] ?? '', { leaseMs: 1_000 })).toMatchObject({ file: 'Orders' });
});

it('a sealed upload asks for a mapping when one of its files is unknown, and names the file', async () => {
  const files = [readFile({ name: 'a.csv' }), readFile({ name: 'b.csv', platform: null })];
  const { id, status, chunkIds } = await storeAndSeal(files, [0, 1]);
  expect(status).toBe('NEEDS_MAPPING');
  expect(chunkIds).toEqual([]);
  const [notification] = await db.prisma.notification.findMany({ where: { uploadId: id } });
  expect(notification?.message).toContain('"b.csv"');
  expect(notification?.message).not.toContain('"a.csv"');
});

it('mainFile is the file with the most rows, and the first of equals', () => {
  const small = readFile({ name: 'small', rowCount: 1 });
  const large = readFile({ name: 'large', rowCount: 5 });
  expect(mainFile([small, skipped, large, readFile({ name: 'later', rowCount: 5 })])).toBe(large);
  expect(mainFile([skipped])).toBeNull();
});

it('a sealed upload keeps the issues of every file, read or not, and counts them in its report', async () => {
  const slipped = issue({ code: 'slipped_row', row: 1, line: 2, value: 'A-0 | ada@example.com' });
  const unread = issue({ file: 'b.xls', code: 'unread_file', severity: 'error' });
  const files = [
    readFile({ name: 'a.csv', issues: [issue(), slipped] }),
    { ...skipped, name: 'b.xls', issues: [unread] },
    skipped,
  ];
  const { id } = await storeAndSeal(files, [0]);
  expect(await issuesOf(id)).toEqual([issue(), slipped, unread]);
  const report = await readUpload(db, merchantId, id);
  expect(report?.files.map(({ name, issueCount }) => [name, issueCount])).toEqual([
    ['a.csv', 2],
    ['b.xls', 1],
    ['read me.pdf', 0],
  ]);
  expect(await brokenChecks(db, id)).toEqual([]);
});

it.each([
  [99, 99, undefined],
  [100, 100, undefined],
  [101, 101, 'The file has 1 more issue than'],
  [5_000, 101, 'The file has 4900 more issues than'],
])('a sealed upload with %i issues in a file lists %i', async (count, kept, more) => {
  const issues = Array.from({ length: count }, (_, at) => issue({ value: String(at) }));
  const { id } = await storeAndSeal([readFile({ name: 'a.csv', issues })], [0]);
  const stored = await issuesOf(id);
  expect(stored).toHaveLength(kept);
  expect(stored.slice(0, 100)).toEqual(issues.slice(0, 100));
  if (more !== undefined) {
    expect(stored[100]).toEqual(issue({ code: 'more_issues', message: expect.stringContaining(more) }));
  }
  expect(await brokenChecks(db, id)).toEqual([]);
});

it('a sealed upload stores issues with replacement characters for those that Postgres refuses', async () => {
  const odd = 'a\0b\ud83d';
  const issues = [issue({ file: odd, column: odd, message: odd, value: odd })];
  const { id } = await storeAndSeal([readFile({ name: 'a.csv', issues })], [0]);
  const shown = 'a\u2400b\ufffd';
  expect(await issuesOf(id)).toEqual([issue({ file: shown, column: shown, message: shown, value: shown })]);
});

it('a file that the release before stored without issues reads as having none, and is imported', async () => {
  const { id } = await storeAndSeal([readFile({ name: 'a.csv' })], [0]);
  // That release seals without the column `issues`, which it does not know.
  await db.pool.query(
    `INSERT INTO csv_upload_file (upload_id, index, name, skipped, first_row, row_count)
     VALUES ($1, 1, 'b.xls', 'It is old.', 1, 0)`,
    [id],
  );
  const { rows } = await db.pool.query('SELECT issues FROM csv_upload_file WHERE upload_id = $1', [id]);
  expect(rows).toEqual([{ issues: null }, { issues: null }]);
  expect(await issuesOf(id)).toEqual([]);
  expect(await groupIssues(db, id, { examples: 1 })).toEqual([]);
  const report = await readUpload(db, merchantId, id);
  expect(report?.files.map(({ issueCount }) => issueCount)).toEqual([0, 0]);
});

it('issues of files stay while the upload waits for a mapping and after it, except those of a file that is left out', async () => {
  const files = [
    readFile({ name: 'a.csv', platform: null, issues: [issue()] }),
    readFile({ name: 'b.csv', platform: null, firstRow: 2, issues: [issue({ file: 'b.csv' })] }),
  ];
  const { id, status } = await storeAndSeal(files, [0, 1]);
  expect(status).toBe('NEEDS_MAPPING');
  expect(await issuesOf(id)).toEqual([issue(), issue({ file: 'b.csv' })]);
  const mapping = {
    fileIndex: 0,
    platform: 'generic',
    columns: null,
    orders: null,
    decimalMark: null,
    assumptions: [],
  };
  const chunkIds = await mapFiles(db, id, [mapping, { fileIndex: 1, skip: 'It is no part of it.' }]);
  expect(await issuesOf(id)).toEqual([issue()]);
  for (const chunkId of chunkIds) await processChunk(db, chunkId);
  expect(await issuesOf(id)).toMatchObject([issue(), { code: 'ambiguous_date', row: 1 }]);
  expect(await brokenChecks(db, id)).toEqual([]);
});

it('rows of an order that the chunks have divided are joined by the seal', async () => {
  const { id } = await createUpload(db, { merchantId, campaign: 'Joined', filename: 'all.csv' });
  const packer = createRowPacker();
  for (const [index, orders] of [['A-1', 'A-2'], ['A-2', 'A-3'], ['A-3']].entries()) {
    for (const order of orders) packer.add([order, 'ada@example.com', '']);
    const lines = orders.map((_, at) => 2 + 2 * index + at);
    await storeChunk(db, id, { index, fileIndex: 0, firstRow: 1 + 2 * index, lines, data: packer.take() });
  }
  const file = readFile({ rowCount: 5, ordersToJoin: { orderColumn: 0, blankContinues: false } });
  const seal = { rowCount: 5, chunkCount: 3, byteCount: 100, sha256: '0'.repeat(64), files: [file] };
  const { chunkIds } = await sealUpload(db, id, seal);
  const chunks = await db.prisma.csvUploadChunk.findMany({
    where: { uploadId: id },
    orderBy: { index: 'asc' },
  });
  expect(chunks).toMatchObject([
    { rowCount: 3, firstRow: 1, lines: [2, 3, 4] },
    { rowCount: 2, firstRow: 4, lines: [5, 6] },
  ]);
  expect(chunkIds).toEqual(chunks.map((chunk) => chunk.id));
  expect(await readUpload(db, merchantId, id)).toMatchObject({ rows: { total: 5 }, chunks: { total: 2 } });
});

it('a sealed upload has all files of a large archive in their order, whose suggestions need several statements', async () => {
  const suggestion = (number: number) => ({
    columns: [
      {
        position: 0,
        header: `Figure ${number}`,
        as: 'kept',
        score: 0.9,
        reason: 'x'.repeat(200_000),
        alternatives: [],
      },
    ],
    missing: ['email'],
    confidence: 0.1,
  });
  const files = Array.from({ length: 7 }, (_, n) =>
    readFile({ name: `${n}.csv`, platform: null, suggestion: JSON.stringify(suggestion(n)) }),
  );
  const { id } = await storeAndSeal([...files, skipped], [0, 1, 2, 3, 4, 5, 6]);
  const { rows } = await db.pool.query(
    'SELECT index, name FROM csv_upload_file WHERE upload_id = $1 ORDER BY index',
    [id],
  );
  const names = [...files.map(({ name }) => name), 'read me.pdf'];
  expect(rows).toEqual(names.map((name, index) => ({ index, name })));
  for (const index of files.keys()) expect(await readSuggestion(db, id, index)).toEqual(suggestion(index));
});
