import { type Invariant, sqlInvariant } from './upload-check.js';

const isFinal = `u.status = ANY (ARRAY['COMPLETED', 'FAILED', 'CANCELED']::"UploadStatus"[])`;

/** That upload and chunks agree on where they stand, and that every end was told, with its numbers. */
export const stateInvariants: readonly Invariant[] = [
  sqlInvariant(
    'chunk-states',
    'No chunk is open under a final upload or begun under a waiting one, and a failed upload has a reason.',
    `(SELECT format('the upload is %s, chunk %s is %s', u.status, c.index, c.status) AS problem
      FROM csv_upload u JOIN csv_upload_chunk c ON c.upload_id = u.id
      WHERE u.id = $1 AND CASE u.status
        WHEN 'COMPLETED' THEN c.status <> 'COMPLETED'
        WHEN 'FAILED' THEN c.status IN ('PENDING', 'PROCESSING')
        WHEN 'CANCELED' THEN c.status IN ('PENDING', 'PROCESSING')
        WHEN 'PROCESSING' THEN c.status = 'CANCELED'
        ELSE c.status <> 'PENDING' END
      ORDER BY c.index)
     UNION ALL
     SELECT format('the upload is %s with the failure "%s"', u.status, coalesce(u.failure_code, 'none'))
     FROM csv_upload u WHERE u.id = $1 AND (u.status = 'FAILED') <> (u.failure_code IS NOT NULL)
     UNION ALL
     SELECT 'the upload is FAILED because of its chunks, but none is' FROM csv_upload u
     WHERE u.id = $1 AND u.status = 'FAILED' AND u.failure_code = 'chunks_failed'
       AND NOT EXISTS (SELECT 1 FROM csv_upload_chunk WHERE upload_id = $1 AND status = 'FAILED')`,
  ),
  sqlInvariant(
    'leases',
    'A chunk that is being processed has a token and a lease that ends; no other chunk has one.',
    `SELECT format('chunk %s is %s with %s and %s', index, status,
                   CASE WHEN attempt_token IS NULL THEN 'no token' ELSE 'a token' END,
                   CASE WHEN lease_until IS NULL THEN 'no lease' ELSE 'a lease' END) AS problem
     FROM csv_upload_chunk
     WHERE upload_id = $1
       AND ((status = 'PROCESSING') <> (attempt_token IS NOT NULL) OR (status = 'PROCESSING') <> (lease_until IS NOT NULL))
     ORDER BY index`,
  ),
  sqlInvariant(
    'statistics',
    'An upload has statistics exactly when it was read to its end and is final, and their rows are those of its chunks.',
    `SELECT CASE WHEN u.statistics IS NULL THEN format('the upload is %s without statistics', u.status)
                 WHEN told IS NULL THEN format('the upload is %s with statistics', u.status)
                 ELSE format('the statistics say %s, the chunks %s', u.statistics -> 'rows', told) END AS problem
     FROM csv_upload u LEFT JOIN LATERAL (
       SELECT jsonb_build_object('total', u.row_count, 'imported', coalesce(sum(imported_count), 0),
                                 'rejected', coalesce(sum(rejected_count), 0)) AS told
       FROM csv_upload_chunk WHERE upload_id = u.id AND status = 'COMPLETED') chunks ON ${isFinal} AND u.sealed_at IS NOT NULL
     WHERE u.id = $1 AND u.statistics -> 'rows' IS DISTINCT FROM told`,
  ),
  sqlInvariant(
    'notifications',
    'Each state that ends or halts the upload was told once, and the tellings are numbered without a gap.',
    // The message about an end is written in the transaction that sets it, so that both bear the same time.
    `WITH told AS (
       SELECT event, occurrence, created_at, row_number() OVER (ORDER BY occurrence) AS position,
              occurrence = max(occurrence) OVER () AS is_last
       FROM notification WHERE upload_id = $1)
     SELECT format('number %s bears the number %s', position, occurrence) AS problem FROM told WHERE occurrence <> position
     UNION ALL
     SELECT format('the upload is %s, and nobody was told', u.status) FROM csv_upload u
     WHERE u.id = $1 AND (${isFinal} OR u.status = 'NEEDS_MAPPING') AND NOT EXISTS (SELECT 1 FROM told)
     UNION ALL
     SELECT format('the upload is %s since %s, number %s tells of %s at %s',
                   u.status, coalesce(u.finished_at, u.sealed_at), t.occurrence, t.event, t.created_at)
     FROM csv_upload u, told t
     WHERE u.id = $1 AND CASE
       WHEN t.is_last AND ${isFinal}
         THEN t.event <> 'upload.' || lower(u.status::text) OR t.created_at IS DISTINCT FROM u.finished_at
       WHEN t.is_last AND u.status = 'NEEDS_MAPPING' THEN t.event <> 'upload.needs_mapping' OR t.position > 1
       ELSE t.created_at IS NOT DISTINCT FROM u.finished_at
         OR NOT (t.event = 'upload.failed' OR (t.event = 'upload.needs_mapping' AND t.position = 1)) END`,
  ),
  sqlInvariant(
    'notification-facts',
    'The message about the state in which the upload is now says the numbers of its chunks, and of the issues of its files.',
    // A message without facts is of an older version. One about an end that a retry or a mapping has undone is history.
    `WITH told AS (
       SELECT n.occurrence, n.facts FROM notification n JOIN csv_upload u ON u.id = n.upload_id
       WHERE u.id = $1 AND (${isFinal} OR u.status = 'NEEDS_MAPPING') ORDER BY n.occurrence DESC LIMIT 1)
     SELECT format('number %s tells of the rows %s, the chunks say %s', t.occurrence, t.facts -> 'rows', counted) AS problem
     FROM csv_upload u, told t, LATERAL (
       SELECT jsonb_build_object('total', u.row_count, 'imported', imported, 'rejected', rejected,
                                 'open', u.row_count - imported - rejected) AS counted
       FROM (SELECT coalesce(sum(imported_count), 0) AS imported, coalesce(sum(rejected_count), 0) AS rejected
             FROM csv_upload_chunk WHERE upload_id = u.id) sum) chunks
     WHERE u.id = $1 AND jsonb_typeof(t.facts) = 'object' AND t.facts -> 'rows' IS DISTINCT FROM counted
     UNION ALL
     SELECT format('number %s tells of the issues %s, the files have %s', t.occurrence, said, counted)
     FROM told t, LATERAL (
       SELECT jsonb_build_object('count', count(*), 'errors', count(*) FILTER (WHERE issue ->> 'severity' = 'error')) AS counted
       FROM csv_upload_file f, jsonb_array_elements(CASE jsonb_typeof(f.issues) WHEN 'array' THEN f.issues END) issue
       WHERE f.upload_id = $1) files, LATERAL (
       SELECT jsonb_build_object('count', t.facts -> 'fileIssues' -> 'count', 'errors', t.facts -> 'fileIssues' -> 'errors')) told_of (said)
     WHERE t.facts -> 'fileIssues' IS NOT NULL AND said <> counted`,
  ),
];
