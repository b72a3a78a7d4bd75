import type { UploadReport, UploadSummary } from '@pledgeline/db';
import { uploadLinks } from '../../links.js';
import { describeMissing, presentFiles } from './present-files.js';
import { presentStatistics } from './present-statistics.js';

/** An upload with all details. */
export function presentUpload(report: UploadReport, publicUrl: string | undefined) {
  return {
    ...presentListed(report, publicUrl),
    detail: describeMissing(report.status, report.files),
    madeGoodBy: report.madeGoodBy,
    warnings: report.warnings,
    detection: report.detection,
    ...presentFiles(report),
  };
}

/** An upload in a list, without its files and detection. */
export function presentListed({ statistics, ...report }: UploadSummary, publicUrl: string | undefined) {
  return {
    ...report,
    statistics: statistics && presentStatistics(statistics),
    links: uploadLinks(publicUrl, report.id),
  };
}

/** The earlier upload of the same content, in the answer to a file that was sent once more. */
export function presentDuplicate(upload: ReturnType<typeof presentUpload>) {
  const detail = [
    `The campaign has this content already: it was sent as the upload ${upload.id}, and nothing is imported again. To import it once more, for example because its rejected rows would be read otherwise now, send it with "?force=true"; and if it has an Idempotency-Key, with a new one.`,
    ...(upload.detail ? [upload.detail] : []),
  ].join(' ');
  return { ...upload, detail, duplicateOf: upload.id };
}
