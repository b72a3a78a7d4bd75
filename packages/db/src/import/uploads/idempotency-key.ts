import type pg from 'pg';

/** What a client says about reading a file, by name. What it does not say is missing. */
export type ReadingHintValues = Readonly<Record<string, string | number | boolean>>;

/** The upload that was opened with an idempotency key, or that has had the content of the file that came with it. */
export interface KeyHolder {
  readonly uploadId: string;
  /** Whether the key came with content that this upload had already; see {@link keepDuplicateKey}. */
  readonly isDuplicate: boolean;
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

/**
 * SQL: whether the content of the upload `u` is imported when it is sent again, so that the key of a duplicate must not stand in the
 * way: the upload has failed, was canceled, or is taken back.
 */
export const isContentFreeSql = `u.status::text IN ('FAILED', 'CANCELED', 'UNDOING', 'UNDONE')`;

/**
 * The merchant's upload with this key. An upload that fails before it is sealed frees its key, and so does a deleted campaign.
 * The key of a duplicate is free again when the upload with the content was deleted, or {@link isContentFreeSql}. Its own key an
 * upload keeps when it is undone: the request that had opened it, sent once more, does not bring it back.
 */
export async function findKeyHolder(
  client: Pick<pg.ClientBase, 'query'>,
  merchantId: string,
  key: string,
): Promise<KeyHolder | null> {
  const { rows } = await client.query<KeyHolder>(
    `SELECT u.id AS "uploadId", held."isDuplicate", u.sealed_at IS NOT NULL AS sealed, c.id AS "campaignId",
            c.name AS campaign, u.hints, u.byte_count AS "byteCount", u.sha256,
            (extract(epoch FROM clock_timestamp() - u.received_at) * 1000)::float8 AS "silentMs"
     FROM (SELECT id, false AS "isDuplicate" FROM csv_upload WHERE merchant_id = $1 AND idempotency_key = $2
           UNION ALL
           SELECT upload_id, true FROM csv_duplicate_key WHERE merchant_id = $1 AND idempotency_key = $2) held
     JOIN csv_upload u ON u.id = held.id JOIN campaign c ON c.id = u.campaign_id
     WHERE c.deleted_at IS NULL AND NOT (held."isDuplicate" AND ${isContentFreeSql})
     ORDER BY held."isDuplicate" LIMIT 1`,
    [merchantId, key],
  );
  return rows[0] ?? null;
}

/**
 * Keeps the key of an upload that is about to be removed because another one has its content, so that the key stays bound to
 * this content. Does nothing for an upload without a key.
 */
export async function keepDuplicateKey(
  client: pg.ClientBase,
  uploadId: string,
  earlierId: string,
): Promise<void> {
  await client.query(
    `INSERT INTO csv_duplicate_key (merchant_id, idempotency_key, upload_id)
     SELECT merchant_id, idempotency_key, $2 FROM csv_upload WHERE id = $1 AND idempotency_key IS NOT NULL
     ON CONFLICT (merchant_id, idempotency_key) DO UPDATE SET upload_id = excluded.upload_id`,
    [uploadId, earlierId],
  );
}
