import {
  commonPlatform,
  type FileReport,
  listedIssues,
  mainFile,
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
    'id' | 'status' | 'campaignId' | 'campaign' | 'platform' | 'confidence' | 'byteCount' | 'sha256' | 'files'
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
    files: seal.files.map(toFileReport),
  };
}

/** Describes an upload that was sealed earlier. */
export function fromReport({ rows, ...report }: UploadReport): ReceivedUpload {
  return { ...report, rowCount: rows.total };
}

function toFileReport(file: UploadFile): FileReport {
  if (file.kind === 'read') {
    const { kind: _, issues, suggestion: _suggestion, ordersToJoin: _orders, ...read } = file;
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
