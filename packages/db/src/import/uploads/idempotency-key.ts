import type pg from 'pg';

/** What a client says about reading a file, by name. What it does not say is missing. */
export type ReadingHintValues = Readonly<Record<string, string | number | boolean>>;

/** The upload that was opened with an idempotency key. */
export interface KeyHolder {
  readonly uploadId: string;
  /** False while its bytes arrive. */
  readonly sealed: boolean;
  readonly campaignId: string;
  readonly campaign: string;
  /** How its file was to be read; null when a release without that column has opened it. */
  readonly hints: ReadingHintValues | null;
  /** Bytes received; meaningless while they arrive. */
  readonly byteCount: number;
  /** Lower-case hex SHA-256 of the bytes received; null while they arrive. */
  readonly sha256: string | null;
  /** How long ago bytes arrived last. */
  readonly silentMs: number;
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

/** The merchant's upload with this key. An upload that fails before it is sealed frees its key, and so does a deleted campaign. */
export async function findKeyHolder(
  client: Pick<pg.ClientBase, 'query'>,
  merchantId: string,
  key: string,
): Promise<KeyHolder | null> {
  const { rows } = await client.query<KeyHolder>(
    `SELECT u.id AS "uploadId", u.sealed_at IS NOT NULL AS sealed, c.id AS "campaignId", c.name AS campaign,
            u.hints, u.byte_count AS "byteCount", u.sha256,
            (extract(epoch FROM clock_timestamp() - u.received_at) * 1000)::float8 AS "silentMs"
     FROM csv_upload u JOIN campaign c ON c.id = u.campaign_id
     WHERE u.merchant_id = $1 AND u.idempotency_key = $2 AND c.deleted_at IS NULL`,
    [merchantId, key],
  );
  return rows[0] ?? null;
}
