import type { UploadReport, UploadSummary } from '@pledgeline/db';
import { uploadLinks } from '../../links.js';
import { describeMissing, presentFiles } from './present-files.js';

/** An upload with all details. */
export function presentUpload(report: UploadReport, publicUrl: string | undefined) {
  return {
    ...report,
    detail: describeMissing(report.status, report.files),
    ...presentFiles(report),
    links: uploadLinks(publicUrl, report.id),
  };
}

/** An upload in a list, without its files and detection. */
export function presentListed(report: UploadSummary, publicUrl: string | undefined) {
  return { ...report, links: uploadLinks(publicUrl, report.id) };
}
