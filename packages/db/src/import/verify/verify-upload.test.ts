import { randomUUID } from 'node:crypto';
import type { Issue } from '@pledgeline/csv-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../client.js';
import { brokenChecks } from '../../test-support/broken-checks.js';
import { openTestDatabase } from '../../test-support/open-test-database.js';
import { claimChunkForSure, processChunk, processUpload } from '../../test-support/process-upload.js';
import { receiveCsv } from '../../test-support/receive-csv.js';
import { inTransaction } from '../../transaction.js';
import { releaseChunk } from '../chunks/release-chunk.js';
import { listIssues } from '../reports/list-issues.js';
import { cancelUpload } from '../uploads/cancel-upload.js';
import { createUpload } from '../uploads/create-upload.js';
import { failUpload } from '../uploads/fail-upload.js';
import { retryUpload } from '../uploads/retry-upload.js';
import { verifyUpload } from './verify-upload.js';

let db: Database;
let close: () => Promise<void>;
let merchantId: string;
let campaigns = 0;

beforeAll(async () => {
  ({ db, merchantId, close } = await openTestDatabase(inject('testPostgres'), 4));
  await db.pool.query('ALTER TABLE csv_upload_chunk DROP CONSTRAINT csv_upload_chunk_every_row_check');
});

afterAll(() => close());

/** Orders of several rows, rejected ones too, and a cell with what JSONB refuses. */
const csv = [
  'Order ID,Email,Status,Total,SKU,Quantity,Notes',
  '1,ada@example.com,paid,$30.00 USD,MUG,1,',
  '1,ada@example.com,paid,$30.00 USD,HAT,2,',
  '2,bob@example.com,paid,$10.00 USD,MUG,1,\0',
  '3,cyd@example.com,paid,$10.00 USD,MUG,some,',
  '3,cyd@example.com,paid,$10.00 USD,HAT,1,',
  '4,nobody,paid,$10.00 USD,HAT,1,',
  '5,dee@example.com,refunded,$20.00 EUR,HAT,3,',
  '6,eve@example.com,paid,$10.00 USD,MUG,1,',
  '7,fay@example.com,paid,$10.00 USD,HAT,1,',
  '',
].join('\n');

const issueOfFile: Issue = {
  file: null,
  row: 1,
  line: 2,
  column: null,
  code: 'slipped_row',
  message: 'The row slipped.',
  value: null,
  severity: 'warning',
};

const receive = (text = csv) =>
  receiveCsv(db, {
    merchantId,
    campaign: `campaign ${++campaigns}`,
    csv: text,
    chunkRows: 2,
    issues: [issueOfFile],
  });

const claim = (id: string) => claimChunkForSure(db, id);
const complete = (id: string) => processChunk(db, id);

async function fail(id: string): Promise<void> {
  await releaseChunk(db, await claim(id), { reason: 'disk full', maxAttempts: 1 });
}

async function importFile(text = csv) {
  const upload = await receive(text);
  await processUpload(db, upload.id);
  return upload;
}

/** An upload whose first chunk has failed and whose others are done. */
async function importMost() {
  const upload = await receive();
  const [first = '', ...others] = upload.chunkIds;
  await fail(first);
  for (const id of others) await complete(id);
  return { ...upload, first };
}

describe('verifyUpload finds every invariant to hold', () => {
  const lives: Readonly<Record<string, () => Promise<{ readonly id: string }>>> = {
    'is received': () => createUpload(db, { merchantId, campaign: `campaign ${++campaigns}` }),
    'was given up while it was received': async () => {
      const upload = await createUpload(db, { merchantId, campaign: `campaign ${++campaigns}` });
      await failUpload(db, upload.id, { code: 'empty_file', message: 'The file is empty.' });
      return upload;
    },
    waits: () => receive(),
    'has one chunk done and one in progress': async () => {
      const upload = await receive();
      await complete(upload.chunkIds[1] ?? '');
      await claim(upload.chunkIds[0] ?? '');
      return upload;
    },
    'is completed, with rejects': () => importFile(),
    failed: importMost,
    'is retried': async () => {
      const upload = await importMost();
      await retryUpload(db, upload.id);
      return upload;
    },
    'failed twice and is completed then': async () => {
      const upload = await importMost();
      await retryUpload(db, upload.id);
      await fail(upload.first);
      await retryUpload(db, upload.id);
      await complete(upload.first);
      return upload;
    },
    'was canceled in the middle': async () => {
      const upload = await receive();
      await complete(upload.chunkIds[0] ?? '');
      await claim(upload.chunkIds[1] ?? '');
      await cancelUpload(db, upload.id);
      return upload;
    },
    'needs a mapping': () => receive('first,second\n1,2\n'),
    'was canceled while it waited for a mapping': async () => {
      const upload = await receive('first,second\n1,2\n');
      await cancelUpload(db, upload.id);
      return upload;
    },
  };

  it.each(Object.entries(lives))('for an upload that %s', async (_name, live) => {
    expect(await brokenChecks(db, (await live()).id)).toEqual([]);
  });

  it('for an upload of the release before, whose numbers do not say how many rows were left out', async () => {
    const { id } = await importFile();
    await db.pool.query(`UPDATE notification SET facts = facts #- '{rows,leftOut}' WHERE upload_id = $1`, [
      id,
    ]);
    await db.pool.query(`UPDATE csv_upload SET statistics = statistics #- '{rows,leftOut}' WHERE id = $1`, [
      id,
    ]);
    expect(await brokenChecks(db, id)).toEqual([]);
  });

  it('for an order that Postgres refused, with a row in its middle that is left out', async () => {
    await db.pool.query(`ALTER TABLE pledge ADD CONSTRAINT no_one CHECK (external_id <> '1') NOT VALID`);
    const { id } = await importFile(
      'Order ID,Email,SKU\n1,a@example.com,MUG\nPage 1 of 2,,\n1,a@example.com,HAT\n',
    );
    await db.pool.query('ALTER TABLE pledge DROP CONSTRAINT no_one');
    expect(await brokenChecks(db, id)).toEqual([]);
    const { issues } = await listIssues(db, id, { limit: 10 });
    expect(
      issues.filter(({ code }) => code !== 'slipped_row').map(({ row, code }) => ({ row, code })),
    ).toEqual([
      { row: 1, code: 'refused_by_database' },
      { row: 2, code: 'left_out_row' },
      { row: 3, code: 'refused_by_database' },
    ]);
  });

  it('for an upload with an order of several rows that Postgres refused: each row has an issue', async () => {
    await db.pool.query(`ALTER TABLE pledge ADD CONSTRAINT no_one CHECK (external_id <> '1') NOT VALID`);
    const { id } = await importFile();
    await db.pool.query('ALTER TABLE pledge DROP CONSTRAINT no_one');
    expect(await brokenChecks(db, id)).toEqual([]);
    const { issues } = await listIssues(db, id, { limit: 10, code: 'refused_by_database' });
    expect(issues.map(({ row, line, message }) => ({ row, line, message }))).toEqual([
      { row: 1, line: 2, message: expect.stringContaining('refused the order that begins here (2 rows)') },
      { row: 2, line: 3, message: expect.stringContaining('the order that begins in line 2 (2 rows)') },
    ]);
  });

  it('or returns null for an upload that does not exist', async () => {
    expect(await verifyUpload(db, randomUUID())).toBeNull();
  });
});

/** Makes a change that no code of ours makes, without triggers and foreign keys. */
async function damage(uploadId: string, statement: string): Promise<void> {
  await inTransaction(db.pool, async (client) => {
    await client.query('SET LOCAL session_replication_role = replica');
    const { rowCount } = await client.query(statement, [uploadId]);
    expect(rowCount).toBeGreaterThan(0);
  });
}

const chunk = 'UPDATE csv_upload_chunk SET';
const firstChunk = 'WHERE upload_id = $1 AND index = 0';
const upload = 'UPDATE csv_upload SET';
const file = 'UPDATE csv_upload_file SET';
const campaign = '(SELECT campaign_id FROM csv_upload WHERE id = $1)';
const write = (event: string, occurrence: number, at: string) =>
  `INSERT INTO notification (id, merchant_id, upload_id, event, occurrence, message, created_at)
   SELECT gen_random_uuid(), merchant_id, id, '${event}', ${occurrence}, '', ${at} FROM csv_upload WHERE id = $1`;

/** Issues in which something is missing or contradictory. */
const badIssues: readonly object[] = [
  { ...issueOfFile, row: 99, line: 99 },
  { ...issueOfFile, row: 0 },
  { ...issueOfFile, row: null },
  { ...issueOfFile, line: null },
  { ...issueOfFile, severity: 'hint' },
  { ...issueOfFile, code: '' },
  { ...issueOfFile, message: '' },
  { ...issueOfFile, value: 7 },
];

/** Each statement violates the named checks and no others. */
const damages: readonly (readonly [checks: string, statement: string, detail: string])[] = [
  [
    'chunk-rows',
    `${upload} chunk_count = 9 WHERE id = $1`,
    '9 rows in 4 chunks, but the upload says 9 rows in 9 chunks',
  ],
  [
    'chunk-rows rows-accounted statistics notification-facts',
    `DELETE FROM csv_upload_chunk ${firstChunk}`,
    '7 rows in 3 chunks',
  ],
  [
    'rows-accounted statistics notification-facts',
    `${chunk} imported_count = imported_count - 1 ${firstChunk}`,
    'chunk 0 is COMPLETED: 1 imported, 0 rejected and 0 left out of 2 rows; the upload is COMPLETED: 4 imported, 4 rejected and 0 left out of 9 rows',
  ],
  [
    'rows-accounted left-out-explained statistics notification-facts',
    `${chunk} left_out_count = 1 ${firstChunk}`,
    'chunk 0: 1 rows left out, warnings about 0 rows',
  ],
  [
    'rejects-explained',
    `${chunk} errors = '[]' WHERE upload_id = $1 AND rejected_count = 3`,
    '3 rows rejected, errors of 0 rows',
  ],
  [
    'rejects-explained issue-lists',
    `${chunk} errors = '[{"row": 1, "severity": "error"}]' ${firstChunk}`,
    'chunk 0: 0 rows rejected, errors of 1 rows',
  ],
  ...badIssues.map(
    (issue) =>
      [
        'issue-lists',
        `${chunk} errors = coalesce(errors, '[]') || '${JSON.stringify(issue)}' ${firstChunk}`,
        'issue 1 of chunk 0 is malformed: {',
      ] as const,
  ),
  [
    'issue-lists',
    `${chunk} errors = coalesce(errors, '[]') || '${JSON.stringify({ ...issueOfFile, row: null, line: null })}' ${firstChunk}`,
    'issue 1 of chunk 0 is malformed: {',
  ],
  ['issue-lists', `${chunk} errors = '{}' ${firstChunk}`, 'the issues of chunk 0 are no list'],
  ...badIssues.map(
    (issue) =>
      [
        'issue-lists',
        `${file} issues = issues - 0 || '${JSON.stringify(issue)}' WHERE upload_id = $1`,
        'issue 1 of file 0 is malformed: {',
      ] as const,
  ),
  [
    'issue-lists notification-facts',
    `${file} issues = '"none"' WHERE upload_id = $1`,
    'the issues of file 0 are no list',
  ],
  [
    'issue-lists notification-facts',
    `${file} issues = (SELECT jsonb_agg(same) FROM (SELECT issues -> 0 AS same FROM generate_series(1, 102)) each) WHERE upload_id = $1`,
    'file 0 has more than 100 issues',
  ],
  [
    'notification-facts',
    `${file} issues = NULL WHERE upload_id = $1`,
    'number 1 says the issues {"count": 1, "errors": 0}, the files have {"count": 0, "errors": 0}',
  ],
  [
    'pledged-totals',
    `${chunk} result = jsonb_set(result, '{totals,0,stored}', '"29.5"') ${firstChunk}`,
    'chunk 0, USD: 30.0000 in the file, 29.5 stored',
  ],
  [
    'chunk-contents',
    `${chunk} lines = '{2}' ${firstChunk}`,
    'chunk 0 says 2 rows, and holds 2 rows and 1 line numbers',
  ],
  [
    'chunk-contents',
    `${chunk} data = '{"headers": [], "rows": [[]]}' ${firstChunk}`,
    'chunk 0 says 2 rows, and holds 1 rows and 2 line numbers',
  ],
  [
    'chunk-contents',
    `${chunk} data = 'null' ${firstChunk}`,
    'chunk 0 says 2 rows, and holds no rows and 2 line numbers',
  ],
  [
    'rows-accounted chunk-states statistics',
    `${chunk} status = 'PENDING' ${firstChunk}`,
    'the upload is COMPLETED, chunk 0 is PENDING',
  ],
  [
    'chunk-states',
    `${upload} failure_code = 'chunks_failed' WHERE id = $1`,
    'the upload is COMPLETED with the failure "chunks_failed"',
  ],
  [
    'chunk-states notifications',
    `${upload} status = 'FAILED', failure_code = 'chunks_failed' WHERE id = $1`,
    'the upload is FAILED because of its chunks, but none is',
  ],
  ['leases', `${chunk} attempt_token = id ${firstChunk}`, 'chunk 0 is COMPLETED with a token and no lease'],
  ['statistics', `${upload} statistics = NULL WHERE id = $1`, 'the upload is COMPLETED without statistics'],
  [
    'statistics',
    `${upload} statistics = jsonb_set(statistics, '{rows,imported}', '6') WHERE id = $1`,
    'the statistics say {"total": 9, "leftOut": 0, "imported": 6, "rejected": 4}, the chunks {"total": 9, "leftOut": 0, "imported": 5, "rejected": 4}',
  ],
  [
    'statistics',
    `${upload} status = 'PROCESSING', finished_at = NULL WHERE id = $1`,
    'the upload is PROCESSING with statistics',
  ],
  [
    'notifications',
    'DELETE FROM notification WHERE upload_id = $1',
    'the upload is COMPLETED, and there is no message',
  ],
  ['notifications', write('upload.completed', 2, 'now()'), 'number 2 says upload.completed'],
  ['notifications', write('upload.completed', 2, 'finished_at'), 'number 1 says upload.completed'],
  ['notifications', write('upload.failed', 0, 'created_at'), 'the message at position 1 has the number 0'],
  [
    'notifications',
    `UPDATE notification SET event = 'upload.failed' WHERE upload_id = $1`,
    'number 1 says upload.failed',
  ],
  [
    'notification-facts',
    `UPDATE notification SET facts = jsonb_set(facts, '{rows,imported}', '6') WHERE upload_id = $1`,
    'number 1 says the rows {"open": 0, "total": 9, "leftOut": 0, "imported": 6, "rejected": 4}, the chunks say {"open": 0, "total": 9, "leftOut": 0, "imported": 5, "rejected": 4}',
  ],
  [
    'notification-facts',
    `UPDATE notification SET facts = facts - 'rows' WHERE upload_id = $1`,
    'number 1 says the rows , the chunks say',
  ],
  [
    'inventory',
    `UPDATE inventory SET committed = committed + 1 WHERE campaign_id = ${campaign} AND committed = 2`,
    '3 in the inventory, 2 counted',
  ],
  [
    'inventory',
    `DELETE FROM inventory WHERE campaign_id = ${campaign}`,
    'nothing in the inventory, 2 counted',
  ],
  ['record-links', `DELETE FROM backer WHERE campaign_id = ${campaign}`, '4 pledges without their backer'],
  [
    'record-links',
    `DELETE FROM product WHERE campaign_id = ${campaign} AND key = 'HAT'`,
    '3 items without their product',
  ],
  [
    'inventory',
    `DELETE FROM pledge WHERE campaign_id = ${campaign} AND external_id = '1'`,
    'in the inventory,',
  ],
  [
    'record-links',
    `INSERT INTO survey (pledge_id, campaign_id, answers, upload_sequence, row_number, base_sequence)
     SELECT gen_random_uuid(), campaign_id, '[]', 1, 1, 1 FROM csv_upload WHERE id = $1`,
    '1 surveys without their pledge',
  ],
];

describe('verifyUpload', () => {
  it.each(damages)('finds a violation of %s after: %s', async (checks, statement, detail) => {
    const { id } = await importFile();
    await damage(id, statement);
    const found = await brokenChecks(db, id);
    expect(found.map(({ check }) => check).join(' ')).toBe(checks);
    expect(found.map((each) => each.detail).join('\n')).toContain(detail);
  });

  it('accepts that a message of an older release has no facts', async () => {
    const { id } = await importFile();
    await damage(id, 'UPDATE notification SET facts = NULL WHERE upload_id = $1');
    expect(await brokenChecks(db, id)).toEqual([]);
  });

  it('accepts that a message of the release before has no issues of files', async () => {
    const { id } = await importFile();
    await damage(id, `UPDATE notification SET facts = facts - 'fileIssues' WHERE upload_id = $1`);
    expect(await brokenChecks(db, id)).toEqual([]);
  });

  it('accepts an issue of a file as a whole, and one of a row of a file that was left out later', async () => {
    const { id } = await importFile();
    const whole = JSON.stringify([{ ...issueOfFile, row: null, line: null }]);
    await damage(id, `${file} issues = '${whole}' WHERE upload_id = $1`);
    expect(await brokenChecks(db, id)).toEqual([]);
    await damage(
      id,
      `${file} issues = '${JSON.stringify([issueOfFile])}', skipped = 'No.', row_count = 0 WHERE upload_id = $1`,
    );
    expect(await brokenChecks(db, id)).toEqual([]);
  });

  it('accepts other numbers in an earlier message, when the upload went on after it', async () => {
    const { id } = await importMost();
    await damage(
      id,
      `UPDATE notification SET facts = jsonb_set(facts, '{rows,imported}', '0') WHERE upload_id = $1`,
    );
    expect((await brokenChecks(db, id)).map(({ check }) => check)).toEqual(['notification-facts']);
    await retryUpload(db, id);
    expect(await brokenChecks(db, id)).toEqual([]);
  });

  it('lists the first three violations of each invariant', async () => {
    const { id } = await importFile();
    await damage(id, `${chunk} lines = '{}' WHERE upload_id = $1`);
    expect(await brokenChecks(db, id)).toMatchObject([
      { detail: expect.stringMatching(/^chunk 0 .*; and 1 more$/) },
    ]);
  });

  it('finds violations while chunks are open', async () => {
    const { id, chunkIds } = await receive();
    await claim(chunkIds[0] ?? '');
    await damage(id, `${chunk} lease_until = NULL ${firstChunk}`);
    await damage(id, `${chunk} imported_count = 1 ${firstChunk}`);
    expect((await brokenChecks(db, id)).map(({ check }) => check)).toEqual(['rows-accounted', 'leases']);
  });
});
