import type pg from 'pg';

/** The upload that was opened with an idempotency key. */
export interface KeyHolder {
  readonly uploadId: string;
  /** False while its bytes arrive. */
  readonly sealed: boolean;
  readonly campaignId: string;
  readonly campaign: string;
}

/** Another upload has the key already, so none was opened. */
export class KeyTakenError extends Error {
  override readonly name = 'KeyTakenError';
  readonly holder: KeyHolder;

  constructor(holder: KeyHolder) {
    super(`The idempotency key belongs to the upload ${holder.uploadId}.`);
    this.holder = holder;
  }
}

/** The merchant's upload with this key. An upload that fails before it is sealed frees its key. */
export async function findKeyHolder(
  client: Pick<pg.ClientBase, 'query'>,
  merchantId: string,
  key: string,
): Promise<KeyHolder | null> {
  const { rows } = await client.query<KeyHolder>(
    `SELECT u.id AS "uploadId", u.sealed_at IS NOT NULL AS sealed, c.id AS "campaignId", c.name AS campaign
     FROM csv_upload u JOIN campaign c ON c.id = u.campaign_id
     WHERE u.merchant_id = $1 AND u.idempotency_key = $2`,
    [merchantId, key],
  );
  return rows[0] ?? null;
}
