import { type Invariant, sqlInvariant } from './upload-check.js';

const sumOfChunks = `LATERAL (
  SELECT count(*) AS chunks, coalesce(sum(row_count), 0) AS rows,
         coalesce(sum(imported_count), 0) AS imported, coalesce(sum(rejected_count), 0) AS rejected,
         coalesce(sum(left_out_count), 0) AS left_out
  FROM csv_upload_chunk WHERE upload_id = u.id) sum`;

/** Every row of the file is accounted for, and so is every amount. */
export const rowInvariants: readonly Invariant[] = [
  sqlInvariant(
    'chunk-rows',
    'The rows of its chunks are the rows of the upload.',
    `SELECT format('%s rows in %s chunks, but the upload says %s rows in %s chunks',
                   sum.rows, sum.chunks, u.row_count, u.chunk_count) AS problem
     FROM csv_upload u, ${sumOfChunks}
     WHERE u.id = $1 AND (u.sealed_at IS NOT NULL OR u.status = 'FAILED')
       AND (sum.rows, sum.chunks) <> (u.row_count, u.chunk_count)`,
  ),
  sqlInvariant(
    'rows-accounted',
    'Every row of a completed chunk is imported, rejected or left out, and so is every row of a completed upload.',
    `(SELECT format('chunk %s is %s: %s imported, %s rejected and %s left out of %s rows',
                    index, status, imported_count, rejected_count, left_out_count, row_count) AS problem
      FROM csv_upload_chunk
      WHERE upload_id = $1
        AND imported_count + rejected_count + left_out_count <> CASE status WHEN 'COMPLETED' THEN row_count ELSE 0 END
      ORDER BY index)
     UNION ALL
     SELECT format('the upload is COMPLETED: %s imported, %s rejected and %s left out of %s rows',
                   sum.imported, sum.rejected, sum.left_out, u.row_count)
     FROM csv_upload u, ${sumOfChunks}
     WHERE u.id = $1 AND u.status = 'COMPLETED' AND sum.imported + sum.rejected + sum.left_out <> u.row_count`,
  ),
  sqlInvariant(
    'rejects-explained',
    'Every rejected row has an error among the issues of its chunk, and no other row has.',
    `SELECT format('chunk %s: %s rows rejected, errors of %s rows', c.index, c.rejected_count, error.rows) AS problem
     FROM csv_upload_chunk c, LATERAL (
       SELECT count(DISTINCT issue -> 'row') AS rows FROM jsonb_array_elements(CASE jsonb_typeof(c.errors) WHEN 'array' THEN c.errors END) issue
       WHERE issue ->> 'severity' = 'error'
         AND (issue ->> 'row')::int BETWEEN c.first_row AND c.first_row + c.row_count - 1) error
     WHERE c.upload_id = $1 AND c.status = 'COMPLETED' AND error.rows <> c.rejected_count ORDER BY c.index`,
  ),
  sqlInvariant(
    'left-out-explained',
    'Every row that is left out has the warning that says so among the issues of its chunk, and no other row has.',
    `SELECT format('chunk %s: %s rows left out, warnings about %s rows', c.index, c.left_out_count, warning.rows) AS problem
     FROM csv_upload_chunk c, LATERAL (
       SELECT count(DISTINCT issue -> 'row') AS rows FROM jsonb_array_elements(CASE jsonb_typeof(c.errors) WHEN 'array' THEN c.errors END) issue
       WHERE issue ->> 'code' = 'left_out_row'
         AND (issue ->> 'row')::int BETWEEN c.first_row AND c.first_row + c.row_count - 1) warning
     WHERE c.upload_id = $1 AND c.status = 'COMPLETED' AND warning.rows <> c.left_out_count ORDER BY c.index`,
  ),
  sqlInvariant(
    'pledged-totals',
    'The amounts of accepted rows are the amounts stored, in every currency.',
    `SELECT format('chunk %s, %s: %s in the file, %s stored', c.index, coalesce(t.currency, 'no currency'), t.told, t.stored) AS problem
     FROM csv_upload_chunk c, jsonb_to_recordset(c.result -> 'totals') AS t (currency text, told numeric, stored numeric)
     WHERE c.upload_id = $1 AND c.status = 'COMPLETED' AND t.told IS DISTINCT FROM t.stored ORDER BY c.index, t.currency`,
  ),
];
