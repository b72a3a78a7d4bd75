import type pg from 'pg';
import type { Database } from '../client.js';
import { newId } from '../ids.js';
import { inTransaction } from '../transaction.js';
import { UploadError } from './upload-error.js';

export interface NewUpload {
  readonly merchantId: string;
  /** A campaign's id, or a name; a name that the merchant has not used yet makes a new campaign. */
  readonly campaign: string;
  readonly filename?: string | undefined;
  /** Name of the platform that the client says the file is from. */
  readonly requestedPlatform?: string | undefined;
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
 * Opens an upload: bytes may now arrive, workers do not touch it before it is sealed.
 *
 * @throws UploadError `campaign_not_found`
 */
export function createUpload(db: Database, upload: NewUpload): Promise<OpenUpload> {
  return inTransaction(db.pool, async (client) => {
    const { campaignId, sequence } = await nextSequence(client, upload);
    const id = newId();
    await client.query(
      `INSERT INTO csv_upload (id, merchant_id, campaign_id, sequence, filename, requested_platform, idempotency_key)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        id,
        upload.merchantId,
        campaignId,
        sequence,
        upload.filename ?? null,
        upload.requestedPlatform ?? null,
        upload.idempotencyKey ?? null,
      ],
    );
    return { id, campaignId, sequence };
  });
}

/** The campaign's row stays locked until commit, so sequences become visible in their order. */
async function nextSequence(client: pg.PoolClient, { merchantId, campaign }: NewUpload) {
  if (!uuidPattern.test(campaign)) {
    await client.query(
      'INSERT INTO campaign (id, merchant_id, name) VALUES ($1, $2, $3) ON CONFLICT (merchant_id, name) DO NOTHING',
      [newId(), merchantId, campaign],
    );
  }
  const column = uuidPattern.test(campaign) ? 'id' : 'name';
  const { rows } = await client.query<{ id: string; last_upload_sequence: number }>(
    `UPDATE campaign SET last_upload_sequence = last_upload_sequence + 1
     WHERE merchant_id = $1 AND ${column} = $2 RETURNING id, last_upload_sequence`,
    [merchantId, campaign],
  );
  const row = rows[0];
  if (!row) throw new UploadError('campaign_not_found', `There is no campaign with the id ${campaign}.`);
  return { campaignId: row.id, sequence: row.last_upload_sequence };
}
