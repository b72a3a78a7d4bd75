import type { UploadReport } from '@pledgeline/db';
import { uploadLinks } from '../../links.js';
import { describeMissing, presentFiles } from './present-files.js';

/** An upload with everything there is to say about it. */
export function presentUpload(report: UploadReport, publicUrl: string | undefined) {
  const { files, ...upload } = report;
  return {
    ...upload,
    detail: describeMissing(report.status, files),
    ...presentFiles(files),
    links: uploadLinks(publicUrl, report.id),
  };
}

/** An upload in a list: how it is, without what its files are. */
export function presentListed(report: UploadReport, publicUrl: string | undefined) {
  const { files, detection: _, ...upload } = report;
  return { ...upload, fileCount: files.length, links: uploadLinks(publicUrl, report.id) };
}
