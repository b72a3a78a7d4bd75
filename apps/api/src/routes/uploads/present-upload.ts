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
