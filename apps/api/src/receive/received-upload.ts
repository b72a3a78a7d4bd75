import {
  commonPlatform,
  type FileReport,
  listedIssues,
  mainFile,
  maxReportedFiles,
  type OpenUpload,
  type Seal,
  type SealedUpload,
  type UploadFile,
  type UploadReport,
} from '@pledgeline/db';

/** An upload that was received completely. From now on the workers take care of it. */
export interface ReceivedUpload
  extends Pick<
    UploadReport,
    | 'id'
    | 'status'
    | 'campaignId'
    | 'campaign'
    | 'platform'
    | 'confidence'
    | 'byteCount'
    | 'sha256'
    | 'files'
    | 'fileCount'
  > {
  readonly rowCount: number;
}

/** Describes an upload that was just sealed. */
export function fromSeal(
  { id, campaignId }: OpenUpload,
  campaign: string,
  seal: Seal,
  { status }: SealedUpload,
): ReceivedUpload {
  return {
    id,
    status,
    campaignId,
    campaign,
    platform: commonPlatform(seal.files),
    confidence: mainFile(seal.files)?.detection.confidence ?? null,
    rowCount: seal.rowCount,
    byteCount: seal.byteCount,
    sha256: seal.sha256,
    files: seal.files.slice(0, maxReportedFiles).map(toFileReport),
    fileCount: seal.files.length,
  };
}

/** Describes an upload that was sealed earlier. */
export function fromReport({ rows, ...report }: UploadReport): ReceivedUpload {
  return { ...report, rowCount: rows.total };
}

function toFileReport(file: UploadFile): FileReport {
  if (file.kind === 'read') {
    const {
      kind: _kind,
      issues,
      headers: _headers,
      suggestion: _suggestion,
      ordersToJoin: _orders,
      repeats: _repeats,
      damage: _damage,
      repair: _repair,
      isSheet: _isSheet,
      fixes: _fixes,
      ...read
    } = file;
    return { ...read, skipped: null, issueCount: listedIssues(issues).length };
  }
  return {
    name: file.name,
    sheet: null,
    skipped: file.reason,
    format: null,
    firstRow: 1,
    rowCount: 0,
    platform: null,
    detection: null,
    columns: null,
    questions: [],
    assumptions: [],
    dateOrders: null,
    issueCount: file.issues.length,
  };
}
