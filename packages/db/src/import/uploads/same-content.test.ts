import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Database } from '../../client.js';
import { newId } from '../../ids.js';
import { processChunk, processUpload } from '../../test-support/process-upload.js';
import { receiveCsv } from '../../test-support/receive-csv.js';
import { setUpMerchant } from '../../test-support/set-up-merchant.js';
import { finishDraft } from '../../test-support/work-on-drafts.js';
import { inTransaction } from '../../transaction.js';
import { openWall } from '../../wall/open-wall.js';
import { discardRemap, startRemap } from '../drafts/remap.js';
import { startRedo, startUndo } from '../drafts/start-undo.js';
import { createUpload } from './create-upload.js';
import { findKeyHolder, keepDuplicateKey } from './idempotency-key.js';
import { findSameContent, removeOpenUpload, sameContentStatement } from './same-content.js';

let db: Database;
let merchantId: string;
setUpMerchant(4, (setUp) => {
  ({ db, merchantId } = setUp);
});

const UPLOADS = 5_000;

it('The upload with the same content is found by an index, behind the wall, in a campaign of many uploads', async () => {
  const { id, campaignId } = await createUpload(db, { merchantId, campaign: 'Many', hints: {} });
  const ids = Array.from({ length: UPLOADS }, newId);
  await db.pool.query(
    `INSERT INTO csv_upload (id, merchant_id, campaign_id, sequence, status, hints, sha256, sealed_at)
     SELECT each.id, $1, $2, 10 + each.at, 'COMPLETED', '{}', encode(sha256(each.at::text::bytea), 'hex'), now()
     FROM unnest($3::uuid[]) WITH ORDINALITY each (id, at)`,
    [merchantId, campaignId, ids],
  );
  await db.pool.query(`UPDATE campaign SET last_upload_sequence = 10 + ${UPLOADS} WHERE id = $1`, [
    campaignId,
  ]);
  await db.pool.query('ANALYZE csv_upload');
  const { rows } = await db.pool.query<{ sha256: string }>('SELECT sha256 FROM csv_upload WHERE id = $1', [
    ids[1],
  ]);
  const sha256 = rows[0]?.sha256 ?? '';
  const walled = openWall(db, () => merchantId);
  try {
    const found = inTransaction(walled.pool, (client) =>
      findSameContent(client, id, { sha256, status: 'PENDING' }),
    );
    expect(await found).toBe(ids[1]);
    const plan = await walled.pool.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN (ANALYZE, BUFFERS) ${sameContentStatement}`,
      [id, sha256, 'PENDING'],
    );
    const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n');
    if (process.env['SHOW']) console.log(text);
    expect(text).toContain('csv_upload_content_idx');
    expect(text).not.toContain('Seq Scan on csv_upload');
  } finally {
    await walled.close();
  }
});

it('Of uploads with the same content the newest is found, and none with another', async () => {
  const campaign = randomUUID().slice(0, 8);
  const open = await createUpload(db, { merchantId, campaign, hints: {} });
  const find = (sha256: string) =>
    inTransaction(db.pool, (client) => findSameContent(client, open.id, { sha256, status: 'PENDING' }));
  expect(await find('a')).toBeNull();
  const [older, newer] = [newId(), newId()];
  await db.pool.query(
    `INSERT INTO csv_upload (id, merchant_id, campaign_id, sequence, status, hints, sha256, sealed_at)
     SELECT each.id, $1, $2, 100 + each.at, 'COMPLETED', '{}', 'a', now()
     FROM unnest($3::uuid[]) WITH ORDINALITY each (id, at)`,
    [merchantId, open.campaignId, [older, newer]],
  );
  expect(await find('a')).toBe(newer);
  expect(await find('b')).toBeNull();
});

const csv = 'Order ID,Email,Name,Total\n1,ada@example.com,Ada,10.00\n';

/** An upload that is imported, and what looks for its content as another upload of it that is about to be sealed does. */
async function importContent() {
  const campaign = randomUUID().slice(0, 8);
  const { id, campaignId } = await receiveCsv(db, { merchantId, campaign, csv, chunkRows: 10 });
  await processUpload(db, id);
  const { rows } = await db.pool.query<{ sha256: string; platform: string }>(
    'SELECT u.sha256, f.platform FROM csv_upload u JOIN csv_upload_file f ON f.upload_id = u.id WHERE u.id = $1',
    [id],
  );
  const { sha256 = '', platform = '' } = rows[0] ?? {};
  const open = await createUpload(db, { merchantId, campaign: campaignId, hints: {} });
  const find = () =>
    inTransaction(db.pool, (client) => findSameContent(client, open.id, { sha256, status: 'PENDING' }));
  return { id, campaignId, platform, find };
}

it('Content that is taken back is new when it is sent again, until it is brought back', async () => {
  const { id, find } = await importContent();
  expect(await find()).toBe(id);
  const { draftId } = await startUndo(db, id);
  expect(await find()).toBeNull();
  await finishDraft(db, draftId);
  expect(await find()).toBeNull();
  for (const chunkId of await startRedo(db, id)) await processChunk(db, chunkId);
  expect(await find()).toBe(id);
});

it('The key of a duplicate is free when the content is taken back, and that of the upload itself is not', async () => {
  const { id, campaignId } = await importContent();
  const [key, own] = [randomUUID(), randomUUID()];
  await db.pool.query('UPDATE csv_upload SET idempotency_key = $2 WHERE id = $1', [id, own]);
  const open = () => createUpload(db, { merchantId, campaign: campaignId, hints: {}, idempotencyKey: key });
  const duplicate = await open();
  await inTransaction(db.pool, async (client) => {
    await keepDuplicateKey(client, duplicate.id, id);
    await removeOpenUpload(client, duplicate.id);
  });
  expect(await findKeyHolder(db.pool, merchantId, key)).toMatchObject({ uploadId: id, isDuplicate: true });
  const { draftId } = await startUndo(db, id);
  expect(await findKeyHolder(db.pool, merchantId, key)).toBeNull();
  await finishDraft(db, draftId);
  expect(await findKeyHolder(db.pool, merchantId, key)).toBeNull();
  expect(await findKeyHolder(db.pool, merchantId, own)).toMatchObject({ uploadId: id, isDuplicate: false });
  const again = await open();
  expect(await findKeyHolder(db.pool, merchantId, key)).toMatchObject({
    uploadId: again.id,
    isDuplicate: false,
  });
});

it('Content that is read with other columns counts as sent', async () => {
  const { id, platform, find } = await importContent();
  const mapping = { fileIndex: 0, platform, columns: null, orders: null, decimalMark: null, assumptions: [] };
  const { draftId } = await startRemap(db, id, [mapping], { review: true });
  expect(await find()).toBe(id);
  await finishDraft(db, draftId);
  expect(await find()).toBe(id);
  await discardRemap(db, id);
  expect(await find()).toBe(id);
});
