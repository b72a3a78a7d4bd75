import { detectPlatform, type Issue } from '@pledgeline/csv-core';
import { createDamageEvidence } from '@pledgeline/csv-core/map';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../client.js';
import { openTestDatabase } from '../../test-support/open-test-database.js';
import { processChunk } from '../../test-support/process-upload.js';
import { createUpload } from '../uploads/create-upload.js';
import { createRowPacker } from '../uploads/pack-rows.js';
import { sealUpload } from '../uploads/seal-upload.js';
import { storeChunk } from '../uploads/store-chunk.js';
import type { ReadFile, SkippedFile } from '../uploads/upload-file.js';
import { groupIssues, type IssuesPage, type IssuesQuery, listIssues } from './list-issues.js';

let db: Database;
let close: () => Promise<void>;
let merchantId: string;

beforeAll(async () => {
  ({ db, merchantId, close } = await openTestDatabase(inject('testPostgres'), 4));
});

afterAll(() => close());

const headers = ['Order ID', 'Email', 'Total', 'Phone'];
/** An error, a warning, both, and nothing. */
const rows = [
  ['1', 'nobody', '1.50 EUR', ''],
  ['2', '', '1.50 EUR', ''],
  ['3', 'c@example', 'much', '555'],
  ['4', 'd@example.com', '1.50 EUR', ''],
];

function issueOf(file: string, issue: Partial<Issue>): Issue {
  const nothing = { row: null, line: null, column: null, value: null };
  return { file, ...nothing, code: 'uncertain_encoding', message: 'Look.', severity: 'warning', ...issue };
}

const readFile = (index: number, issues: readonly Issue[]): ReadFile => ({
  kind: 'read',
  name: `${index}.csv`,
  sheet: null,
  format: { encoding: null, delimiter: null, decimalMark: null, headerLine: 1, titleLines: [] },
  headers,
  firstRow: 1 + rows.length * index,
  rowCount: rows.length,
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
  issues,
});

const unread: SkippedFile = {
  kind: 'skipped',
  name: 'old.xls',
  reason: 'It is old.',
  issues: [issueOf('old.xls', { code: 'unread_file', severity: 'error' })],
};

/** Issues of the files in their order. */
const ofFiles: readonly (readonly Issue[])[] = [
  [issueOf('0.csv', {}), issueOf('0.csv', { code: 'slipped_row', row: 2, line: 3 })],
  [],
  [
    // A code and a severity that rows have as well.
    issueOf('2.csv', { code: 'invalid_email', severity: 'error', column: 'Email', row: 9, line: 2 }),
    issueOf('2.csv', { code: 'slipped_row', row: 10, line: 3 }),
    issueOf('2.csv', { code: 'slipped_row', row: 11, line: 4 }),
  ],
];

/** Three files of four rows, each a chunk, and one that was not read; `isDone` when their rows have issues as well. */
async function receive({ isDone }: { readonly isDone: boolean }): Promise<string> {
  const { id } = await createUpload(db, { merchantId, campaign: 'Lamp', filename: 'all.zip' });
  for (const fileIndex of ofFiles.keys()) {
    const packer = createRowPacker();
    for (const row of rows) packer.add(row);
    const firstRow = 1 + rows.length * fileIndex;
    const place = { index: fileIndex, fileIndex: fileIndex + 1, firstRow, lines: [2, 3, 4, 5] };
    await storeChunk(db, id, { ...place, data: packer.take() });
  }
  const { chunkIds } = await sealUpload(db, id, {
    rowCount: rows.length * ofFiles.length,
    chunkCount: ofFiles.length,
    byteCount: 1,
    sha256: '0'.repeat(64),
    files: [unread, ...ofFiles.map((issues, index) => readFile(index, issues))],
  });
  if (isDone) for (const chunkId of chunkIds) await processChunk(db, chunkId);
  return id;
}

async function readAll(uploadId: string, query: IssuesQuery): Promise<readonly Issue[]> {
  const pages: IssuesPage[] = [];
  for (let { start } = query; ; ) {
    const page = await listIssues(db, uploadId, { ...query, start });
    pages.push(page);
    if (page.next === null) break;
    // Every page but the last is full.
    expect(page.issues).toHaveLength(query.limit);
    start = page.next;
  }
  await expectTheSameBackwards(uploadId, query, pages);
  return pages.flatMap(({ issues }) => issues);
}

async function expectTheSameBackwards(uploadId: string, query: IssuesQuery, pages: readonly IssuesPage[]) {
  let previous = pages.at(-1)?.previous ?? null;
  for (const { issues } of pages.slice(0, -1).toReversed()) {
    if (previous === null) throw new Error('A page names no page before it');
    const page = await listIssues(db, uploadId, { ...query, start: previous });
    expect(page.issues).toEqual(issues);
    previous = page.previous;
  }
  expect(previous).toBeNull();
}

const fileIssues = [...unread.issues, ...ofFiles.flat()];

describe('the issues of an upload', () => {
  it('are those of its files, in their order, as soon as it is sealed', async () => {
    const id = await receive({ isDone: false });
    expect(await listIssues(db, id, { limit: 50 })).toEqual({
      issues: fileIssues,
      next: null,
      previous: null,
    });
  });

  it('are then those of its rows, once they are processed', async () => {
    const id = await receive({ isDone: true });
    const all = await readAll(id, { limit: 1_000 });
    expect(all.slice(0, fileIssues.length)).toEqual(fileIssues);
    const ofRows = all.slice(fileIssues.length).map(({ row }) => row ?? 0);
    expect(ofRows).toEqual(ofRows.toSorted((a, b) => a - b));
    expect(new Set(ofRows)).toEqual(new Set([1, 2, 3, 5, 6, 7, 9, 10, 11]));
  });

  it('come in pages of any size, none lost and none repeated, with every filter', async () => {
    const id = await receive({ isDone: true });
    const all = await readAll(id, { limit: 1_000 });
    const severities = [undefined, 'error', 'warning'] as const;
    const codes = [undefined, ...new Set(all.map(({ code }) => code)), 'no_such_code'];
    expect(codes).toContain('invalid_money');
    for (const severity of severities) {
      for (const code of codes) {
        const wanted = all.filter(
          (issue) =>
            (severity === undefined || issue.severity === severity) &&
            (code === undefined || issue.code === code),
        );
        for (let limit = 1; limit <= wanted.length + 1; limit += 1) {
          const read = await readAll(id, { limit, code, severity });
          expect(read, `${severity} ${code}, ${limit} a page`).toEqual(wanted);
        }
      }
    }
  });

  it('are grouped: the kinds that files have come first, with examples of files before those of rows', async () => {
    const id = await receive({ isDone: true });
    const groups = await groupIssues(db, id, { examples: 2 });
    expect(groups.map(({ severity, code, count }) => `${severity} ${code} ${count}`)).toEqual([
      'error invalid_email 7',
      'error unread_file 1',
      'warning slipped_row 3',
      'warning uncertain_encoding 1',
      'error invalid_money 3',
      'warning fake_phone 3',
      'warning missing_email 3',
    ]);
    expect(groups[0]?.examples).toMatchObject([
      { file: '2.csv', row: 9, message: 'Look.' },
      { file: '0.csv', row: 1, value: 'nobody' },
    ]);
    expect(groups[1]).toEqual({
      code: 'unread_file',
      severity: 'error',
      column: null,
      count: 1,
      examples: unread.issues,
    });
  });
});
