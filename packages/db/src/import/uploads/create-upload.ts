import type pg from 'pg';
import type { Database } from '../../client.js';
import { newId } from '../../ids.js';
import { inTransaction } from '../../transaction.js';
import { findKeyHolder, isContentFreeSql, KeyTakenError, type ReadingHintValues } from './idempotency-key.js';
import { UploadError } from './upload-error.js';

export interface NewUpload {
  readonly merchantId: string;
  /** A campaign's id or name; a name that the merchant does not have yet makes a new campaign. */
  readonly campaign: string;
  readonly filename?: string | undefined;
  /** Name of the platform as given by the client. */
  readonly requestedPlatform?: string | undefined;
  /**
   * All that the client said about reading the file. Without it the upload is never taken for one of the same content.
   */
  readonly hints?: ReadingHintValues | undefined;
  /** Whether it is only compared with the campaign, until somebody applies it. */
  readonly review?: boolean | undefined;
  /** Bytes of the whole file, where the client says how many. */
  readonly expectedBytes?: number | undefined;
  /** Whether it is the whole campaign: pledges of its platforms that it does not name become GONE. Default false. */
  readonly complete?: boolean | undefined;
  /** Held by the upload for good, unless it fails before it is sealed. */
  readonly idempotencyKey?: string | undefined;
}

/** An upload that is being received. */
export interface OpenUpload {
  readonly id: string;
  readonly campaignId: string;
  /** Larger than that of every upload of the campaign that was opened earlier. */
  readonly sequence: number;
}

const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Opens an upload: bytes may now arrive, and workers do not touch it before it is sealed. Of several calls with the same
 * idempotency key only one opens an upload, even at the same moment.
 *
 * @throws UploadError `campaign_not_found`, `campaign_archived`
 * @throws KeyTakenError when another upload has the idempotency key.
 */
export async function createUpload(db: Database, upload: NewUpload): Promise<OpenUpload> {
  for (;;) {
    try {
      return await inTransaction(db.pool, (client) => insertUpload(client, upload));
    } catch (error) {
      // Another request took the key or changed the campaign between our check and our insert. Try again: what it did is visible now.
      if (!(error instanceof LostRaceError)) throw error;
    }
  }
}

/** Rolls the transaction back, so that no sequence is used and no campaign is made. */
class LostRaceError extends Error {
  override readonly name = 'LostRaceError';
}

async function insertUpload(client: pg.PoolClient, upload: NewUpload): Promise<OpenUpload> {
  const { merchantId, idempotencyKey } = upload;
  if (idempotencyKey !== undefined) await freeKeyOfDeleted(client, merchantId, idempotencyKey);
  const holder =
    idempotencyKey === undefined ? null : await findKeyHolder(client, merchantId, idempotencyKey);
  if (holder !== null) throw new KeyTakenError(holder);
  const { campaignId, sequence } = await nextSequence(client, upload);
  const id = newId();
  const { rowCount } = await client.query(
    `INSERT INTO csv_upload (id, merchant_id, campaign_id, sequence, filename, requested_platform, hints, idempotency_key, review,
       expected_bytes, complete)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (merchant_id, idempotency_key) DO NOTHING`,
    [
      id,
      merchantId,
      campaignId,
      sequence,
      upload.filename ?? null,
      upload.requestedPlatform ?? null,
      upload.hints ? JSON.stringify(upload.hints) : null,
      idempotencyKey ?? null,
      upload.review ?? false,
      upload.expectedBytes ?? null,
      upload.complete ?? false,
    ],
  );
  if (rowCount !== 1) throw new LostRaceError('Another request took the idempotency key first.');
  if (idempotencyKey !== undefined) await takeDuplicateKey(client, merchantId, idempotencyKey);
  return { id, campaignId, sequence };
}

/** An upload of a deleted campaign is invisible, so it must not hold a key until the sweep removes it. */
async function freeKeyOfDeleted(client: pg.ClientBase, merchantId: string, key: string): Promise<void> {
  await client.query(
    `UPDATE csv_upload u SET idempotency_key = NULL FROM campaign c
     WHERE u.merchant_id = $1 AND u.idempotency_key = $2 AND c.id = u.campaign_id AND c.deleted_at IS NOT NULL`,
    [merchantId, key],
  );
}

/**
 * Lets the upload that was just opened have a key that a duplicate has left free. Our insert may have waited for a transaction
 * that bound the key to another upload.
 */
async function takeDuplicateKey(client: pg.ClientBase, merchantId: string, key: string): Promise<void> {
  const { rowCount } = await client.query(
    `DELETE FROM csv_duplicate_key d USING csv_upload u
     WHERE d.merchant_id = $1 AND d.idempotency_key = $2 AND u.id = d.upload_id
       AND (${isContentFreeSql}
         OR EXISTS (SELECT 1 FROM campaign c WHERE c.id = u.campaign_id AND c.deleted_at IS NOT NULL))`,
    [merchantId, key],
  );
  if (rowCount === 1) return;
  const { rows } = await client.query(
    'SELECT 1 FROM csv_duplicate_key WHERE merchant_id = $1 AND idempotency_key = $2',
    [merchantId, key],
  );
  if (rows.length > 0) throw new LostRaceError('The file of another request with the key was a duplicate.');
}

/**
 * Takes the next sequence. A new name makes a campaign, which stays unconfirmed until an upload to it is sealed. The
 * campaign's row stays locked until commit, so uploads become visible in the order of their sequences.
 */
export async function nextSequence(
  client: pg.ClientBase,
  { merchantId, campaign, complete = false }: Pick<NewUpload, 'merchantId' | 'campaign' | 'complete'>,
) {
  if (!uuidPattern.test(campaign)) {
    await client.query(
      'INSERT INTO campaign (id, merchant_id, name, unconfirmed) VALUES ($1, $2, $3, true) ON CONFLICT (merchant_id, name) DO NOTHING',
      [newId(), merchantId, campaign],
    );
  }
  const column = uuidPattern.test(campaign) ? 'id' : 'name';
  const { rows } = await client.query<{ id: string; last_upload_sequence: number }>(
    `UPDATE campaign SET last_upload_sequence = last_upload_sequence + 1,
       has_complete_uploads = has_complete_uploads OR $3
     WHERE merchant_id = $1 AND ${column} = $2 AND archived_at IS NULL AND deleted_at IS NULL
     RETURNING id, last_upload_sequence`,
    [merchantId, campaign, complete],
  );
  const row = rows[0];
  if (!row) throw await explainNoCampaign(client, column, { merchantId, campaign });
  return { campaignId: row.id, sequence: row.last_upload_sequence };
}

/** Why an upload cannot be opened to a campaign. */
async function explainNoCampaign(
  client: pg.ClientBase,
  column: 'id' | 'name',
  { merchantId, campaign }: Pick<NewUpload, 'merchantId' | 'campaign'>,
): Promise<Error> {
  const { rows } = await client.query<{ id: string; name: string; archived: boolean; deleted: boolean }>(
    `SELECT id, name, archived_at IS NOT NULL AS archived, deleted_at IS NOT NULL AS deleted
     FROM campaign WHERE merchant_id = $1 AND ${column} = $2`,
    [merchantId, campaign],
  );
  const [found] = rows;
  if (!found && column === 'name') return new LostRaceError('The campaign was renamed or deleted meanwhile.');
  if (!found || found.deleted) {
    return new UploadError('campaign_not_found', `There is no campaign with the ${column} ${campaign}.`);
  }
  // Opened again after our update has found it archived.
  if (!found.archived) return new LostRaceError('The campaign was opened again meanwhile.');
  return new UploadError(
    'campaign_archived',
    `The campaign "${found.name}" is archived. Open it again with PATCH /v1/campaigns/${found.id} and {"archived": false}, or name another one.`,
  );
}
