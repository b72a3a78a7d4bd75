import { type Invariant, isFinal, sqlInvariant } from '../import/verify/upload-check.js';

/** That every outcome was told, with its numbers. */
export const outcomeInvariants: readonly Invariant[] = [
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
