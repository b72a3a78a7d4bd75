import { type Database, type FileReport, listFiles } from '@pledgeline/db';

/** A file of an upload that was read. */
export interface KeptFile {
  /** Which file of the upload, from 0. */
  readonly index: number;
  readonly report: FileReport;
}

/** The files of an upload that were read: all but those that were left out. */
export async function listKeptFiles(database: Database, uploadId: string): Promise<readonly KeptFile[]> {
  const files: KeptFile[] = [];
  for await (const batch of listFiles(database, uploadId, { limit: Infinity })) {
    for (const { index, file } of batch) if (file.skipped === null) files.push({ index, report: file });
  }
  return files;
}
