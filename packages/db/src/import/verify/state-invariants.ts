import { type Invariant, isFinal, isReworked, sqlInvariant } from './upload-check.js';

/** Invariants between the status of an upload and those of its chunks. */
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
        WHEN 'UNDOING' THEN c.status IN ('PENDING', 'PROCESSING')
        WHEN 'UNDONE' THEN c.status IN ('PENDING', 'PROCESSING')
        WHEN 'REMAPPING' THEN c.status IN ('PENDING', 'PROCESSING')
        WHEN 'NEEDS_REVIEW' THEN c.status IN ('PENDING', 'PROCESSING')
        -- One that was canceled, undone, and is brought back.
        WHEN 'PROCESSING' THEN c.status = 'CANCELED' AND NOT EXISTS (
          SELECT 1 FROM draft d WHERE d.upload_id = u.id AND d.kind = 'UNDO' AND d.previous_status = 'CANCELED')
        ELSE c.status <> 'PENDING' END
      ORDER BY c.index)
     UNION ALL
     SELECT format('the upload is %s with the failure "%s"', u.status, coalesce(u.failure_code, 'none'))
     FROM csv_upload u WHERE u.id = $1 AND (u.status = 'FAILED') <> (u.failure_code IS NOT NULL)
       -- They keep it until something is changed, since they may be given up.
       AND u.status NOT IN ('UNDOING', 'REMAPPING')
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
    'An upload has statistics exactly when it was read to its end and is final or about to be changed, and their rows are those of its chunks.',
    `SELECT CASE WHEN u.statistics IS NULL THEN format('the upload is %s without statistics', u.status)
                 WHEN counted IS NULL THEN format('the upload is %s with statistics', u.status)
                 ELSE format('the statistics say %s, the chunks %s', said, counted) END AS problem
     FROM csv_upload u LEFT JOIN LATERAL (
       SELECT jsonb_build_object('total', u.row_count, 'imported', coalesce(sum(imported_count), 0),
                                 'rejected', coalesce(sum(rejected_count), 0),
                                 'leftOut', coalesce(sum(left_out_count), 0)) AS counted
       FROM csv_upload_chunk WHERE upload_id = u.id AND status = 'COMPLETED') chunks ON (${isFinal} OR ${isReworked}) AND u.sealed_at IS NOT NULL
     , LATERAL (SELECT '{"leftOut": 0}' || (u.statistics -> 'rows')) in_statistics (said)
     WHERE u.id = $1 AND said IS DISTINCT FROM counted`,
  ),
];
