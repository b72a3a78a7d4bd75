import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Database } from '../../client.js';
import { newId } from '../../ids.js';
import { setUpMerchant } from '../../test-support/set-up-merchant.js';
import { inTransaction } from '../../transaction.js';
import { openWall } from '../../wall/open-wall.js';
import { createUpload } from './create-upload.js';
import { findSameContent, sameContentStatement } from './same-content.js';

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
