import type { Assumption, Detection, OpenQuestion } from '@pledgeline/csv-core';
import type pg from 'pg';
import {
  type FileIssueFacts,
  maxAssumptions,
  maxNamedIssues,
  maxQuestions,
  maxUnknownFiles,
  outcomeStatuses,
  type UploadFacts,
} from '../messages/notifications/facts.js';

interface FactsRow {
  now: Date;
  merchant_id: string;
  status: UploadFacts['status'];
  filename: string | null;
  campaign_id: string;
  campaign: string;
  row_count: number;
  imported: number;
  rejected: number;
  left_out: number;
  gone_count: number;
  back_count: number;
  failure_code: string | null;
  failure_message: string | null;
  unknown: { name: string | null; detection: Detection | null; questions: OpenQuestion[] }[];
  assumptions: Assumption[];
  is_workbook: boolean;
  file_issues: FileIssueFacts;
}

/**
 * The issues of the files of the upload `u`. `$3` is how many of them are named: errors before warnings, and one of each
 * code before more of the same code.
 */
const fileIssuesSql = `
  SELECT jsonb_build_object(
           'count', count(*),
           'errors', count(*) FILTER (WHERE severity = 'error'),
           'codes', coalesce(jsonb_agg(DISTINCT code), '[]'),
           'first', coalesce(jsonb_agg(jsonb_build_object('file', file, 'code', code, 'message', message) ORDER BY nth)
                               FILTER (WHERE nth <= $3), '[]')) AS file_issues
  FROM (
    SELECT *, row_number() OVER (ORDER BY severity, nth_of_code, index, position) AS nth
    FROM (
      SELECT f.index, position, issue ->> 'severity' AS severity, issue ->> 'code' AS code, issue ->> 'file' AS file,
             issue ->> 'message' AS message,
             row_number() OVER (PARTITION BY issue ->> 'severity', issue ->> 'code' ORDER BY f.index, position) AS nth_of_code
      FROM csv_upload_file f
      CROSS JOIN LATERAL jsonb_array_elements(f.issues) WITH ORDINALITY AS e (issue, position)
      WHERE f.upload_id = u.id) found) ranked`;

/** The outcome of an upload, read from its rows. */
export interface Outcome {
  readonly merchantId: string;
  /** By the clock of Postgres. */
  readonly now: Date;
  readonly facts: UploadFacts;
}

/** Reads the outcome of an upload. @throws Error when it has none: it is not final and does not wait for a mapping */
export async function readOutcome(client: pg.ClientBase, uploadId: string): Promise<Outcome> {
  const { rows } = await client.query<FactsRow>(
    `SELECT clock_timestamp() AS now, u.merchant_id, u.status, u.filename, u.campaign_id, c.name AS campaign, u.row_count,
            u.gone_count, u.back_count, u.failure_code, u.failure_message, chunks.*, files.*, assumed.*, issues.*
     FROM csv_upload u
     JOIN campaign c ON c.id = u.campaign_id
     CROSS JOIN LATERAL (
       SELECT coalesce(sum(imported_count), 0) AS imported, coalesce(sum(rejected_count), 0) AS rejected,
              coalesce(sum(left_out_count), 0) AS left_out
       FROM csv_upload_chunk WHERE upload_id = u.id) chunks
     CROSS JOIN LATERAL (
       SELECT coalesce(jsonb_agg(jsonb_build_object('name', coalesce(name, sheet), 'detection', detection,
                                                 'questions', coalesce(reading -> 'questions', '[]')) ORDER BY index)
                         FILTER (WHERE u.status = 'NEEDS_MAPPING' AND skipped IS NULL AND platform IS NULL), '[]') AS unknown,
              coalesce(bool_or(name IS NULL AND sheet IS NOT NULL), false) AS is_workbook
       FROM csv_upload_file WHERE upload_id = u.id) files
     CROSS JOIN LATERAL (
       SELECT coalesce(jsonb_agg(DISTINCT assumption), '[]') AS assumptions
       FROM csv_upload_file, jsonb_array_elements(reading -> 'assumptions') AS assumption
       WHERE upload_id = u.id AND skipped IS NULL) assumed
     CROSS JOIN LATERAL (${fileIssuesSql}) issues
     WHERE u.id = $1 AND u.status = ANY ($2::"UploadStatus"[])`,
    [uploadId, outcomeStatuses, maxNamedIssues],
  );
  const row = rows[0];
  if (!row) throw new Error(`The upload ${uploadId} has no outcome`);
  const imported = Number(row.imported);
  const rejected = Number(row.rejected);
  const leftOut = Number(row.left_out);
  const facts: UploadFacts = {
    kind: 'upload',
    status: row.status,
    filename: row.filename,
    campaignId: row.campaign_id,
    campaign: row.campaign,
    rows: {
      total: row.row_count,
      imported,
      rejected,
      leftOut,
      open: row.row_count - imported - rejected - leftOut,
    },
    gone: { marked: row.gone_count, back: row.back_count },
    failure:
      row.failure_code === null ? null : { code: row.failure_code, message: row.failure_message ?? '' },
    unknownFiles: row.unknown
      .slice(0, maxUnknownFiles)
      .map(({ name, detection, questions }) => ({ name, reasons: whyUnknown(detection, questions) })),
    assumptions: row.assumptions.slice(0, maxAssumptions).map(({ message }) => message),
    unknownFileCount: row.unknown.length,
    isWorkbook: row.is_workbook,
    fileIssues: row.file_issues,
  };
  return { merchantId: row.merchant_id, now: row.now, facts };
}

/** Why a file waits: what must be answered, or else what the detection found. */
function whyUnknown(detection: Detection | null, questions: readonly OpenQuestion[]): readonly string[] {
  return questions.length === 0
    ? (detection?.reasons ?? [])
    : questions.slice(0, maxQuestions).map(({ message }) => message);
}
