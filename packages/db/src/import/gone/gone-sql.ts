const hasIssue = (...codes: readonly string[]) =>
  `EXISTS (SELECT 1 FROM csv_upload_file f
     WHERE f.upload_id = u.id AND f.issues @? '$[*] ? (${codes.map((code) => `@.code == "${code}"`).join(' || ')})')`;

/**
 * SQL: why the complete upload `u` says nothing about pledges that it does not name; null when it does. A chunk without `named` was
 * refused unread, or processed by a release that does not know complete uploads and so leaves versions of unchanged pledges alone.
 */
export const notMarkedSql = `CASE
  WHEN EXISTS (SELECT 1 FROM csv_upload_file f WHERE f.upload_id = u.id AND f.fixes IS NOT NULL) THEN 'part_of_file'
  WHEN ${hasIssue('unread_file', 'unfinished_table')} THEN 'unread_file'
  WHEN ${hasIssue('slipped_row')} OR EXISTS (SELECT 1 FROM csv_upload_chunk c WHERE c.upload_id = u.id
                 AND coalesce((c.result -> 'named' ->> 'unnamedRows')::int, 1) > 0) THEN 'unnamed_rows'
  WHEN NOT EXISTS (SELECT 1 FROM csv_upload_chunk c WHERE c.upload_id = u.id
                     AND jsonb_array_length(c.result -> 'named' -> 'platforms') > 0) THEN 'no_pledges' END`;

/**
 * SQL: whether the upload `u` is imported as a whole. One whose other columns wait to be looked at still is, until they are applied;
 * while they are written, it is not.
 */
const isImported = `(u.status = 'COMPLETED' OR u.status::text = 'REMAPPING' AND EXISTS (
  SELECT 1 FROM draft d WHERE d.upload_id = u.id AND d.kind = 'REMAP' AND d.previous_status = 'COMPLETED'
    AND d.status IN ('BUILDING', 'READY')))`;

/**
 * SQL, to begin a statement with: the lists that complete uploads of the campaign `$1` make, one for each of their platforms; and
 * the pledges that are in such a list though their row was rejected. The upload `$2` counts as completed, whatever it still is.
 */
export const withLists = `WITH complete AS MATERIALIZED (
    SELECT u.id, u.sequence FROM csv_upload u
    WHERE u.campaign_id = $1 AND u.complete AND (${isImported} OR u.id = $2::uuid) AND (${notMarkedSql}) IS NULL),
  list AS MATERIALIZED (
    SELECT DISTINCT u.sequence, platform FROM complete u
    JOIN csv_upload_chunk c ON c.upload_id = u.id, jsonb_array_elements_text(c.result -> 'named' -> 'platforms') AS platform),
  newest AS MATERIALIZED (SELECT platform, max(sequence) AS sequence FROM list GROUP BY 1),
  named AS MATERIALIZED (
    SELECT pledge::uuid AS id, max(u.sequence) AS sequence FROM complete u
    JOIN csv_upload_chunk c ON c.upload_id = u.id, jsonb_array_elements_text(c.result -> 'named' -> 'rejected') AS pledge
    GROUP BY 1)`;

/** When the pledge `l` was named last. */
const lastNamed = 'greatest(l.upload_sequence, named.sequence)';

/**
 * SQL, behind {@link withLists}: the pledges `l` of the campaign whose `gone_sequence` is not `derived.gone`, the first list of their
 * platform after they were named last. A mark of an upload that was deleted stays, as records that it wrote do.
 */
export const wronglyMarked = `pledge l
  LEFT JOIN newest ON newest.platform = l.platform
  LEFT JOIN named ON named.id = l.id
  CROSS JOIN LATERAL (
    SELECT least(
      (SELECT min(sequence) FROM list WHERE list.platform = l.platform AND list.sequence > ${lastNamed}),
      CASE WHEN l.gone_sequence > ${lastNamed} AND NOT EXISTS (
        SELECT 1 FROM csv_upload WHERE campaign_id = $1 AND sequence = l.gone_sequence) THEN l.gone_sequence END) AS gone) derived
  WHERE l.campaign_id = $1 AND (l.upload_sequence < newest.sequence OR l.gone_sequence IS NOT NULL)
    AND derived.gone IS DISTINCT FROM l.gone_sequence`;
