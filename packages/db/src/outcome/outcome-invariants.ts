import { type Invariant, isFinal, isReworked, sqlInvariant } from '../import/verify/upload-check.js';

/** There is a message about every outcome, with its numbers. */
export const outcomeInvariants: readonly Invariant[] = [
  sqlInvariant(
    'notifications',
    'There is one message about each outcome of the upload, and they are numbered without a gap.',
    // The message about a final state is written in the transaction that sets it, so both have the same time. After a
    // retry or a merge there are others before it.
    `WITH message AS (
       SELECT event, occurrence, created_at, row_number() OVER (ORDER BY occurrence) AS position,
              occurrence = max(occurrence) OVER () AS is_last,
              bool_or(event = 'upload.undone') OVER () AS is_undone
       FROM notification WHERE upload_id = $1)
     SELECT format('the message at position %s has the number %s', position, occurrence) AS problem FROM message WHERE occurrence <> position
     UNION ALL
     SELECT format('the upload is %s, and there is no message', u.status) FROM csv_upload u
     WHERE u.id = $1 AND (${isFinal} OR u.status IN ('NEEDS_MAPPING', 'NEEDS_REVIEW', 'UNDONE')) AND NOT EXISTS (SELECT 1 FROM message)
     UNION ALL
     SELECT format('the upload is %s since %s, number %s says %s at %s',
                   u.status, coalesce(u.finished_at, u.sealed_at), m.occurrence, m.event, m.created_at)
     FROM csv_upload u, message m
     WHERE u.id = $1 AND CASE
       WHEN m.is_last AND (${isFinal} OR u.status = 'UNDONE')
         THEN m.event <> 'upload.' || lower(u.status::text) OR m.created_at IS DISTINCT FROM u.finished_at
       WHEN m.is_last AND u.status = 'NEEDS_MAPPING' THEN m.event <> 'upload.needs_mapping' OR m.position > 1
       WHEN m.is_last AND u.status = 'NEEDS_REVIEW' THEN m.event <> 'upload.needs_review'
       WHEN m.is_last AND ${isReworked}
         THEN m.event NOT IN ('upload.failed', 'upload.completed', 'upload.canceled') OR m.created_at IS DISTINCT FROM u.finished_at
       ELSE m.created_at IS NOT DISTINCT FROM u.finished_at
         OR NOT (m.event IN ('upload.failed', 'upload.completed', 'upload.needs_review', 'upload.undone')
           OR (m.event = 'upload.canceled' AND m.is_undone)
           OR (m.event = 'upload.needs_mapping' AND m.position = 1)) END`,
  ),
  sqlInvariant(
    'notification-facts',
    'The message about the current state of the upload has the numbers of its chunks, and of the issues of its files.',
    // A message without facts is of an older release, and so is one that does not say how many rows were left out.
    // One about a state that a retry or a mapping has ended is not checked.
    `WITH message AS (
       SELECT n.occurrence, n.facts FROM notification n JOIN csv_upload u ON u.id = n.upload_id
       WHERE u.id = $1 AND (${isFinal} OR u.status IN ('NEEDS_MAPPING', 'NEEDS_REVIEW', 'UNDONE')) ORDER BY n.occurrence DESC LIMIT 1)
     SELECT format('number %s says the rows %s, the chunks say %s', m.occurrence, said, counted) AS problem
     FROM csv_upload u, message m, LATERAL (
       SELECT jsonb_build_object('total', u.row_count, 'imported', imported, 'rejected', rejected,
                                 'leftOut', left_out, 'open', u.row_count - imported - rejected - left_out) AS counted
       FROM (SELECT coalesce(sum(imported_count), 0) AS imported, coalesce(sum(rejected_count), 0) AS rejected,
                    coalesce(sum(left_out_count), 0) AS left_out
             FROM csv_upload_chunk WHERE upload_id = u.id) sum) chunks,
       LATERAL (SELECT '{"leftOut": 0}' || (m.facts -> 'rows')) in_message (said)
     WHERE u.id = $1 AND jsonb_typeof(m.facts) = 'object' AND said IS DISTINCT FROM counted
     UNION ALL
     SELECT format('number %s says the issues %s, the files have %s', m.occurrence, said, counted)
     FROM message m, LATERAL (
       SELECT jsonb_build_object('count', count(*), 'errors', count(*) FILTER (WHERE issue ->> 'severity' = 'error')) AS counted
       FROM csv_upload_file f, jsonb_array_elements(CASE jsonb_typeof(f.issues) WHEN 'array' THEN f.issues END) issue
       WHERE f.upload_id = $1) files, LATERAL (
       SELECT jsonb_build_object('count', m.facts -> 'fileIssues' -> 'count', 'errors', m.facts -> 'fileIssues' -> 'errors')) in_message (said)
     WHERE m.facts -> 'fileIssues' IS NOT NULL AND said <> counted`,
  ),
];
