import { storableText } from '@pledgeline/csv-core';
import type pg from 'pg';
import { addFileWarning } from './add-file-warning.js';

/** How many earlier uploads of the campaign are looked at: the last ones. */
const MAX_EARLIER = 100;

/** Where dates in a file are later than this, they are mistakes and show nothing. */
const FUTURE = "clock_timestamp() + interval '1 day'";

/** A file, and an upload with newer content of its platform. */
interface OlderFile {
  readonly index: number;
  /** Null when the same bytes were here before that upload, whatever their dates. */
  readonly newest: string | null;
  readonly id: string;
  readonly filename: string | null;
  /** Date of the newest pledge in that upload, or when that upload was sent. */
  readonly than: string;
}

const asDay = (time: string) => `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')`;

/**
 * Files are compared when they are of one platform. Files of no known platform may be from anywhere: only those with the same
 * header row are.
 */
const isLike = `(other.platform = f.platform AND (f.platform <> 'generic' OR other.headers::text = f.headers::text))`;

/**
 * Two signs of older content: a file whose newest pledge is older than that of a file before it; or bytes that were here before,
 * with other files behind them. A file of rejects that come back is a part of an older file on purpose.
 */
const olderFiles = `
  WITH sent AS (
    SELECT id, sequence, sha256, filename, created_at FROM csv_upload
    WHERE campaign_id = (SELECT campaign_id FROM csv_upload WHERE id = $1)
      AND sequence < (SELECT sequence FROM csv_upload WHERE id = $1) AND sealed_at IS NOT NULL AND status <> 'CANCELED'
    ORDER BY sequence DESC LIMIT ${MAX_EARLIER})
  SELECT f.index, ${asDay('CASE WHEN newer.by_date THEN f.newest_at END')} AS newest, newer.id, newer.filename, newer.than
  FROM csv_upload_file f CROSS JOIN LATERAL (
    SELECT sent.id, sent.filename, by_date, ${asDay('CASE WHEN by_date THEN other.newest_at ELSE sent.created_at END')} AS than
    FROM sent JOIN csv_upload_file other ON other.upload_id = sent.id
    CROSS JOIN LATERAL (SELECT coalesce(other.newest_at > f.newest_at AND other.newest_at < ${FUTURE}, false) AS by_date) date
    WHERE ${isLike} AND (by_date OR sent.sha256 <> $2 AND sent.sequence > (SELECT max(sequence) FROM sent WHERE sha256 = $2))
    ORDER BY by_date DESC, CASE WHEN by_date THEN other.newest_at END DESC, sent.sequence DESC LIMIT 1) newer
  WHERE f.upload_id = $1 AND f.fixes IS NULL ORDER BY f.index`;

/**
 * Warns of files whose content is older than what the campaign has from their platform, before any of their rows is imported. To
 * be called in the transaction that seals the upload, when its files are stored.
 */
export async function warnOfOlderContent(
  client: pg.ClientBase,
  uploadId: string,
  sha256: string,
): Promise<void> {
  const { rows } = await client.query<OlderFile>(olderFiles, [uploadId, sha256]);
  for (const file of rows) {
    const message = storableText(describe(uploadId, file));
    await addFileWarning(client, uploadId, file.index, { code: 'older_content', message });
  }
}

function describe(uploadId: string, { newest, id, filename, than }: OlderFile): string {
  const newer = `the upload ${id}${filename === null ? '' : ` ("${filename}")`}`;
  const sign =
    newest === null
      ? `The same content was sent to the campaign before, and ${newer} came behind it on ${than} (UTC).`
      : `The newest pledge in the file is of ${newest} (UTC), but ${newer} has pledges up to ${than}.`;
  return `${sign} The file seems to be an older export, and its values replace newer ones. If that is not what you want, cancel it with POST /v1/uploads/${uploadId}/cancel, and send the newest file again with "?force=true".`;
}
