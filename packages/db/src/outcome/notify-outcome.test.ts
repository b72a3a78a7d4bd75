import { detectPlatform, type Issue } from '@pledgeline/csv-core';
import { createDamageEvidence } from '@pledgeline/csv-core/map';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type { Database } from '../client.js';
import { releaseChunk } from '../import/chunks/release-chunk.js';
import { mapFiles } from '../import/mappings/map-files.js';
import { readUpload } from '../import/reports/read-upload.js';
import { settleFinal } from '../import/settle/settle-upload.js';
import { sweep } from '../import/sweep/sweep.js';
import { cancelUpload } from '../import/uploads/cancel-upload.js';
import { createUpload } from '../import/uploads/create-upload.js';
import { failUpload } from '../import/uploads/fail-upload.js';
import { createRowPacker } from '../import/uploads/pack-rows.js';
import { retryUpload } from '../import/uploads/retry-upload.js';
import { sealUpload } from '../import/uploads/seal-upload.js';
import { storeChunk } from '../import/uploads/store-chunk.js';
import type { ReadFile } from '../import/uploads/upload-file.js';
import { describeNotification, oneLine } from '../messages/notifications/describe-notification.js';
import { listNotifications } from '../messages/notifications/list-notifications.js';
import { brokenChecks } from '../test-support/broken-checks.js';
import { openTestDatabase } from '../test-support/open-test-database.js';
import { claimChunkForSure, processChunk } from '../test-support/process-upload.js';
import { receiveCsv } from '../test-support/receive-csv.js';
import { inTransaction } from '../transaction.js';

let db: Database;
let close: () => Promise<void>;
let merchantId: string;
let campaigns = 0;

beforeAll(async () => {
  ({ db, merchantId, close } = await openTestDatabase(inject('testPostgres'), 4));
});

afterAll(() => close());

const campaign = () => `campaign ${++campaigns}`;
const order = (n: number) => `${n},b${n}@example.com,${n}.50,EUR`;
const bad = (n: number) => `${n},nobody,${n}.50,EUR`;
const receive = (...lines: readonly string[]) => receiveWith([], ...lines);
const receiveWith = (issues: readonly Issue[], ...lines: readonly string[]) =>
  receiveCsv(db, {
    merchantId,
    campaign: campaign(),
    csv: ['Order ID,Email,Total,Currency', ...lines, ''].join('\n'),
    chunkRows: 2,
    issues,
  });
const receiveUnknown = () =>
  receiveCsv(db, { merchantId, campaign: campaign(), csv: 'first,second\n1,2\n3,4\n', chunkRows: 2 });

const claim = (id: string | undefined) => claimChunkForSure(db, id);

async function complete(...ids: readonly (string | undefined)[]): Promise<void> {
  for (const id of ids) await processChunk(db, id);
}

async function fail(id: string | undefined): Promise<void> {
  await releaseChunk(db, await claim(id), { reason: 'disk full', maxAttempts: 1 });
}

async function imported(...lines: readonly string[]) {
  const upload = await receive(...lines);
  await complete(...upload.chunkIds);
  return upload;
}

/** An upload whose second chunk of two has failed. */
async function importedInPart() {
  const upload = await receive(order(1), bad(2), order(3), order(4), order(5));
  await complete(upload.chunkIds[0], upload.chunkIds[2]);
  await fail(upload.chunkIds[1]);
  return upload;
}

const unknown = detectPlatform(['first', 'second']);

function fileIssue(change: Partial<Issue>): Issue {
  return {
    file: null,
    row: null,
    line: null,
    column: null,
    code: 'uncertain_encoding',
    message: 'The encoding is a guess.',
    value: null,
    severity: 'warning',
    ...change,
  };
}
const guess = fileIssue({});
const unread = fileIssue({
  file: 'old.xls',
  code: 'unread_file',
  message: 'Not read: It is old.',
  severity: 'error',
});
const slipped = (row: number) =>
  fileIssue({ file: 'file 0.csv', code: 'slipped_row', message: `Row ${row} slipped.` });

/** An archive with this many files of one row each; all but the first are unknown. `issues` are those of the first. */
async function receiveArchive(fileCount: number, issues: readonly Issue[] = []) {
  const upload = await createUpload(db, { merchantId, campaign: campaign(), filename: 'all.zip' });
  const files = Array.from({ length: fileCount }, (_, index): ReadFile => {
    const headers = index === 0 ? ['Order ID', 'Email'] : ['first', 'second'];
    return {
      kind: 'read',
      name: `file ${index}.csv`,
      sheet: null,
      format: { encoding: null, delimiter: null, decimalMark: null, headerLine: 1, titleLines: [] },
      headers,
      firstRow: index + 1,
      rowCount: 1,
      platform: index === 0 ? 'generic' : null,
      detection: index === 0 ? detectPlatform(headers) : unknown,
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
      issues: index === 0 ? issues : [],
    };
  });
  for (const index of files.keys()) {
    const packer = createRowPacker();
    packer.add(['1', '2']);
    await storeChunk(db, upload.id, {
      index,
      fileIndex: index,
      firstRow: index + 1,
      lines: [2],
      data: packer.take(),
    });
  }
  await sealUpload(db, upload.id, {
    rowCount: fileCount,
    chunkCount: fileCount,
    byteCount: 100,
    sha256: '0'.repeat(64),
    files: [
      ...files,
      { kind: 'skipped', name: 'read me.pdf', reason: 'It is a PDF document.', issues: [] },
      { kind: 'skipped', name: 'old.xls', reason: 'It is old.', issues: issues.length > 0 ? [unread] : [] },
    ],
  });
  return upload;
}

async function messagesOf(uploadId: string) {
  const { notifications } = await listNotifications(db, merchantId, { limit: 50, uploadId });
  return notifications.toReversed();
}

type Expected = readonly [event: string, ...words: readonly string[]];

/** What happens to an upload, and the expected messages about it: each an event and parts of its text. */
const lives: Readonly<Record<string, readonly [() => Promise<{ readonly id: string }>, ...Expected[]]>> = {
  'is imported': [
    () => imported(order(1), order(2), order(3)),
    ['upload.completed', '"test.csv" is imported.', 'All 3 rows were imported.'],
  ],
  'is imported except for one row': [
    () => imported(order(1), bad(2), order(3)),
    [
      'upload.completed',
      'without its rejected rows',
      '2 of 3 rows were imported, 1 rejected.',
      'Correct these',
    ],
  ],
  'waits for a review': [
    async () => {
      const csv = ['Order ID,Email,Total,Currency', order(1), bad(2), ''].join('\n');
      const upload = await receiveCsv(db, {
        merchantId,
        campaign: campaign(),
        csv,
        chunkRows: 2,
        review: true,
      });
      await complete(...upload.chunkIds);
      return upload;
    },
    [
      'upload.needs_review',
      '"test.csv" waits for you to look at what it would change.',
      '1 of 2 rows can be imported, 1 would be rejected.',
      'Nothing is written before.',
    ],
  ],
  'has no valid row': [
    () => imported(bad(1), bad(2), bad(3)),
    ['upload.completed', 'Nothing of "test.csv" was imported. All 3 rows were rejected.'],
  ],
  'failed in part': [
    importedInPart,
    [
      'upload.failed',
      'imported only in part',
      '2 of 5 rows were imported, 1 rejected, 2 not processed.',
      'disk full',
    ],
  ],
  'failed in whole': [
    async () => {
      const upload = await receive(order(1));
      await fail(upload.chunkIds[0]);
      return upload;
    },
    ['upload.failed', '"test.csv" was not imported. 0 of 1 row were imported, 0 rejected, 1 not processed.'],
  ],
  'could not be read to its end': [
    async () => {
      const upload = await createUpload(db, { merchantId, campaign: campaign() });
      const packer = createRowPacker();
      packer.add(['1', 'ada@example.com']);
      await storeChunk(db, upload.id, {
        index: 0,
        fileIndex: 0,
        firstRow: 1,
        lines: [2],
        data: packer.take(),
      });
      await failUpload(db, upload.id, { code: 'invalid_csv', message: 'A quote is open in line "\0".' });
      return upload;
    },
    [
      'upload.failed',
      'The file could not be imported. A quote is open in line "\u2400". Nothing of it was stored.',
    ],
  ],
  'fell silent': [
    async () => {
      const upload = await createUpload(db, { merchantId, campaign: campaign(), filename: 'slow.csv' });
      await db.pool.query(`UPDATE csv_upload SET received_at = now() - interval '1 hour' WHERE id = $1`, [
        upload.id,
      ]);
      await sweep(db, { pendingAfterMs: 60_000, silentAfterMs: 60_000, limit: 10 });
      return upload;
    },
    ['upload.failed', '"slow.csv" could not be imported. The file stopped coming before its end.'],
  ],
  'was canceled before any chunk was processed': [
    async () => {
      const upload = await receive(order(1), order(2), order(3));
      await cancelUpload(db, upload.id);
      return upload;
    },
    ['upload.canceled', 'was canceled. 0 of 3 rows were imported, 0 rejected, 3 not processed. To import it'],
  ],
  'was canceled in the middle': [
    async () => {
      const upload = await receive(order(1), bad(2), order(3));
      await complete(upload.chunkIds[0]);
      await claim(upload.chunkIds[1]);
      await cancelUpload(db, upload.id);
      return upload;
    },
    [
      'upload.canceled',
      '1 of 3 rows was imported, 1 rejected, 1 not processed. What was imported before stays.',
    ],
  ],
  'has unknown columns': [
    receiveUnknown,
    [
      'upload.needs_mapping',
      '"test.csv" waits for you',
      'The columns are not those of a known platform: Which column holds an order number? None seems to.',
    ],
  ],
  'has twelve unknown files, one known, and one that is no table': [
    () => receiveArchive(13),
    [
      'upload.needs_mapping',
      '"all.zip" waits',
      'of "file 1.csv"',
      'of "file 10.csv"',
      'goes for 2 other files.',
    ],
  ],
  'had unknown columns and was canceled': [
    async () => {
      const upload = await receiveUnknown();
      await cancelUpload(db, upload.id);
      return upload;
    },
    ['upload.needs_mapping', 'waits for you'],
    ['upload.canceled', '0 of 2 rows were imported'],
  ],
  'had unknown columns, was mapped, and has no valid row': [
    async () => {
      const upload = await receiveUnknown();
      const mapping = {
        fileIndex: 0,
        platform: 'generic',
        columns: null,
        orders: null,
        decimalMark: null,
        assumptions: [],
      };
      await complete(...(await mapFiles(db, upload.id, [mapping])));
      return upload;
    },
    ['upload.needs_mapping', 'waits for you'],
    ['upload.completed', 'Nothing of "test.csv" was imported.'],
  ],
  'is imported though its encoding is a guess': [
    async () => {
      const upload = await receiveWith([guess], order(1), order(2));
      await complete(...upload.chunkIds);
      return upload;
    },
    [
      'upload.completed',
      '"test.csv" is imported. All 2 rows were imported. Look at this: The encoding is a guess.',
    ],
  ],
  'failed in part, and its encoding is a guess': [
    async () => {
      const upload = await receiveWith([guess], order(1), order(2), order(3));
      await complete(upload.chunkIds[0]);
      await fail(upload.chunkIds[1]);
      return upload;
    },
    ['upload.failed', 'imported only in part', 'Look at this: The encoding is a guess.'],
  ],
  'was canceled, and its encoding is a guess': [
    async () => {
      const upload = await receiveWith([guess], order(1));
      await cancelUpload(db, upload.id);
      return upload;
    },
    ['upload.canceled', 'To import it, send the file again. Look at this: The encoding is a guess.'],
  ],
  'has unknown columns and a file that could not be read, and is imported without it': [
    async () => {
      const upload = await receiveArchive(2, [slipped(1), guess]);
      const mapping = {
        fileIndex: 1,
        platform: 'generic',
        columns: null,
        orders: null,
        decimalMark: null,
        assumptions: [],
      };
      await complete(...(await mapFiles(db, upload.id, [mapping])));
      return upload;
    },
    [
      'upload.needs_mapping',
      '"all.zip" waits for you',
      'Besides, not all of its files could be read. "old.xls": Not read: It is old.',
      'Look at this: "file 0.csv": Row 1 slipped.',
    ],
    ['upload.completed', '"old.xls": Not read: It is old. Look at this: "file 0.csv": Row 1 slipped.'],
  ],
  'failed, failed again, and is imported then': [
    async () => {
      const upload = await importedInPart();
      await retryUpload(db, upload.id);
      await fail(upload.chunkIds[1]);
      await retryUpload(db, upload.id);
      await complete(upload.chunkIds[1]);
      return upload;
    },
    ['upload.failed', '2 of 5 rows were imported'],
    ['upload.failed', '2 of 5 rows were imported'],
    ['upload.completed', '4 of 5 rows were imported, 1 rejected.'],
  ],
};

/** Checks the messages: their events and texts; the newest has the numbers of the report, and the text of each matches its facts. */
async function expectMessages(uploadId: string, expected: readonly Expected[]): Promise<void> {
  const messages = await messagesOf(uploadId);
  expect(messages.map(({ event }) => event)).toEqual(expected.map(([event]) => event));
  for (const [index, [, ...words]] of expected.entries()) {
    for (const each of words) expect(messages[index]?.message).toContain(each);
  }
  for (const { message, facts } of messages)
    expect(message).toBe(facts && oneLine(describeNotification(facts)));
  const report = await readUpload(db, merchantId, uploadId);
  const newest = messages.at(-1);
  expect(newest?.facts).toMatchObject({
    kind: 'upload',
    status: report?.status,
    rows: report?.rows,
    failure: report?.failure,
    filename: report?.filename,
    campaignId: report?.campaignId,
    campaign: report?.campaign,
  });
  expect(newest?.event).toBe(`upload.${report?.status.toLowerCase()}`);
  // Both are `now()` of the same transaction.
  if (report?.finishedAt) expect(newest?.createdAt).toEqual(report.finishedAt);
  expect(await brokenChecks(db, uploadId)).toEqual([]);
}

describe('the merchant gets one message about each outcome of an upload that', () => {
  it.each(Object.entries(lives))('%s', async (_what, [live, ...messages]) => {
    await expectMessages((await live()).id, messages);
  });
});

describe('the message about an outcome', () => {
  afterEach(() => db.pool.query('DROP FUNCTION IF EXISTS spoil CASCADE'));

  it('never calls a file imported if none of its rows was', async () => {
    const { id } = await imported(bad(1), bad(2));
    const [message] = await messagesOf(id);
    expect(message?.message).not.toMatch(/(?:is|were) imported/);
  });

  it('says that the account does not close, not that a part is missing', async () => {
    await db.pool.query(
      `CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.amount := 0; RETURN NEW; END $$`,
    );
    await db.pool.query('CREATE TRIGGER spoil BEFORE INSERT ON pledge FOR EACH ROW EXECUTE FUNCTION spoil()');
    const { id } = await imported(order(1), order(2));
    const [message] = await messagesOf(id);
    expect(message?.event).toBe('upload.failed');
    expect(message?.message).toContain('The account of "test.csv" does not close. 2 of 2 rows were imported');
    expect(message?.message).not.toContain('in part');
    expect(message?.facts).toMatchObject({
      failure: { code: 'accounting_mismatch' },
      rows: { total: 2, imported: 2, rejected: 0, leftOut: 0, open: 0 },
    });
  });

  it('counts the issues of the files, and names three: files that could not be read, then one issue of each code', async () => {
    const { id } = await receiveArchive(1, [slipped(1), slipped(2), slipped(3), slipped(4), guess]);
    await cancelUpload(db, id);
    const [message] = await messagesOf(id);
    expect(message?.facts).toMatchObject({
      isWorkbook: false,
      fileIssues: {
        count: 6,
        errors: 1,
        codes: ['slipped_row', 'uncertain_encoding', 'unread_file'],
        first: [
          { file: 'old.xls', code: 'unread_file', message: 'Not read: It is old.' },
          { file: 'file 0.csv', code: 'slipped_row', message: 'Row 1 slipped.' },
          { file: null, code: 'uncertain_encoding', message: 'The encoding is a guess.' },
        ],
      },
    });
    expect(message?.message).toContain('There are 3 more: see the issues of the upload.');
  });

  it('has exactly these facts', async () => {
    const { id } = await imported(order(1));
    const [message] = await messagesOf(id);
    expect(message?.facts).toEqual({
      kind: 'upload',
      status: 'COMPLETED',
      filename: 'test.csv',
      campaignId: expect.any(String),
      campaign: expect.any(String),
      rows: { total: 1, imported: 1, rejected: 0, leftOut: 0, open: 0 },
      gone: { marked: 0, back: 0 },
      failure: null,
      unknownFiles: [],
      assumptions: [
        'The file has no date of the pledge.',
        'The file has no product and no reward: no units are counted.',
        'The file has no payment status: every pledge counts as paid.',
      ],
      unknownFileCount: 0,
      isWorkbook: false,
      fileIssues: { count: 0, errors: 0, codes: [], first: [] },
    });
  });

  it('names the first ten unknown files with the reasons, and counts all of them', async () => {
    const { id } = await receiveArchive(13);
    const [message] = await messagesOf(id);
    expect(message?.facts).toMatchObject({
      unknownFiles: Array.from({ length: 10 }, (_, index) => ({
        name: `file ${index + 1}.csv`,
        reasons: unknown.reasons,
      })),
      unknownFileCount: 12,
      rows: { total: 13, imported: 0, rejected: 0, leftOut: 0, open: 13 },
    });
    expect(message?.message).not.toContain('read me.pdf');
  });

  it.each(['my "final" file.csv', 'Ünïcode 最新 🎲.csv', "'; DROP TABLE notification; --", '{}\\u0000'])(
    'bears the file name %j as it is',
    async (filename) => {
      const { id } = await createUpload(db, { merchantId, campaign: campaign(), filename });
      await failUpload(db, id, { code: 'empty_file', message: 'The file is empty.' });
      const [message] = await messagesOf(id);
      expect(message?.facts).toMatchObject({ filename });
      expect(message?.message).toBe(
        `"${filename}" could not be imported. The file is empty. Nothing of it was stored.`,
      );
    },
  );

  it('bears no mark of a file name that turns the direction of what follows', async () => {
    const filename = 'invoice\u202Efdp.csv';
    const { id } = await createUpload(db, { merchantId, campaign: campaign(), filename });
    await failUpload(db, id, { code: 'empty_file', message: 'The file is empty.' });
    const [message] = await messagesOf(id);
    expect(message?.message).toMatch(/^"invoice\ufffdfdp\.csv" could not be imported\./);
  });

  it('is not written when the transaction that ends the upload is rolled back', async () => {
    const { id } = await receive(order(1));
    const settled = inTransaction(db.pool, async (client) => {
      expect(await settleFinal(client, id, 'CANCELED')).toMatchObject({ status: 'CANCELED' });
      const { rowCount } = await client.query('SELECT 1 FROM notification WHERE upload_id = $1', [id]);
      expect(rowCount).toBe(1);
      throw new Error('the power is gone');
    });
    await expect(settled).rejects.toThrow('the power is gone');
    expect(await messagesOf(id)).toEqual([]);
  });

  it('belongs to the same transaction: when it cannot be written, the upload does not end', async () => {
    await db.pool.query(
      `CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room'; END $$`,
    );
    await db.pool.query(
      'CREATE TRIGGER spoil BEFORE INSERT ON notification FOR EACH ROW EXECUTE FUNCTION spoil()',
    );
    const { id, chunkIds } = await receive(order(1));
    await expect(complete(chunkIds[0])).rejects.toMatchObject({
      name: 'SettleError',
      cause: { message: 'no room' },
    });
    const waiting = await receive(order(1));
    await expect(cancelUpload(db, waiting.id)).rejects.toThrow('no room');
    const open = await createUpload(db, { merchantId, campaign: campaign() });
    await expect(failUpload(db, open.id, { code: 'empty_file', message: 'Empty.' })).rejects.toThrow(
      'no room',
    );
    expect(await readUpload(db, merchantId, id)).toMatchObject({ status: 'PROCESSING', rows: { open: 0 } });
    expect(await readUpload(db, merchantId, open.id)).toMatchObject({ status: 'PENDING', failure: null });
    await expect(receiveUnknown()).rejects.toThrow('no room');
  });
});

describe('the id of a message', () => {
  afterEach(() => void vi.useRealTimers());

  it.each([-1, 1])(
    'is made by the clock of Postgres, also in a process whose clock is %i h off',
    async (hours) => {
      const upload = await receive(order(1));
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 3_600_000 });
      await cancelUpload(db, upload.id);
      vi.useRealTimers();
      const { id } = await db.prisma.notification.findFirstOrThrow({ where: { uploadId: upload.id } });
      const madeAt = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
      expect(Math.abs(madeAt - Date.now())).toBeLessThan(60_000);
    },
  );
});
