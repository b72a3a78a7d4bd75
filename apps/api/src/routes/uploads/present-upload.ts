import type { UploadReport } from '@pledgeline/db';
import { uploadLinks } from '../../links.js';
import { describeMissing, presentFiles } from './present-files.js';

/** An upload with all details. */
export function presentUpload(report: UploadReport, publicUrl: string | undefined) {
  const { files, ...upload } = report;
  return {
    ...upload,
    detail: describeMissing(report.status, files),
    ...presentFiles(files),
    links: uploadLinks(publicUrl, report.id),
  };
}

/** An upload in a list, without its files and detection. */
export function presentListed(report: UploadReport, publicUrl: string | undefined) {
  const { files, detection: _, ...upload } = report;
  return { ...upload, fileCount: files.length, links: uploadLinks(publicUrl, report.id) };
}
