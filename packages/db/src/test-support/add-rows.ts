import type { Database } from '../client.js';
import { saveTemplate } from '../import/mappings/templates.js';
import { reserveFile } from '../import/resumable/resumable-files.js';
import { createKey } from '../keys/api-keys.js';
import { openPageSession } from '../keys/page-sessions.js';
import { changeSettings } from '../messages/settings.js';
import { addDelivery, addEndpoint, addMerchant, attemptNow, attemptRecords } from './deliveries.js';
import { processUpload } from './process-upload.js';
import { receiveCsv } from './receive-csv.js';

const csv = [
  'Backer Number,Backer UID,Backer Name,Email,Reward Title,Reward ID,Pledge Amount,Pledged Status,What colour?',
  '1,1001,Grace,grace@example.com,Lamp,501,$25.00,collected,red',
  '',
].join('\n');

/** Adds a merchant with a row in every table, and returns the id. */
export async function addMerchantWithRows(db: Database): Promise<string> {
  const merchantId = await addMerchant(db);
  const upload = await receiveCsv(db, { merchantId, campaign: 'Lamp', csv, chunkRows: 10 });
  await processUpload(db, upload.id);
  await db.pool.query(
    `INSERT INTO survey (pledge_id, campaign_id, answers, upload_sequence, row_number, base_sequence)
     SELECT id, campaign_id, '{}', 1, 1, 1 FROM pledge WHERE campaign_id = $1 ON CONFLICT DO NOTHING`,
    [upload.campaignId],
  );
  await db.pool.query(
    `WITH drafted AS (
       INSERT INTO draft (id, merchant_id, campaign_id, upload_id, kind) VALUES (gen_random_uuid(), $1, $2, $3, 'HISTORY')
       RETURNING id),
     part AS (INSERT INTO draft_part (draft_id, bucket, position, states) SELECT id, 0, 0, '[]' FROM drafted)
     INSERT INTO draft_record (draft_id, "table", id, change) SELECT id, 'backer', gen_random_uuid(), 'REMOVED' FROM drafted`,
    [merchantId, upload.campaignId, upload.id],
  );
  await db.pool.query(
    `INSERT INTO csv_duplicate_key (merchant_id, idempotency_key, upload_id) VALUES ($1, 'x', $2)`,
    [merchantId, upload.id],
  );
  await saveTemplate(db, merchantId, {
    name: 'Mine',
    headerFingerprint: 'x',
    platform: 'generic',
    columns: null,
  });
  await changeSettings(db, merchantId, { email: 'me@example.com' });
  const limits = { merchantFiles: 1, merchantBytes: 1, totalBytes: 10 };
  await reserveFile(db, { merchantId, size: 1, lifeMs: 60_000 }, limits);
  const { report } = await createKey(db, merchantId, { name: 'page', scope: 'read', expiresAt: null });
  await openPageSession(db, report.id);
  await addEndpoint(db, merchantId);
  await attemptNow(db, await addDelivery(db, merchantId), attemptRecords.failed);
  return merchantId;
}
