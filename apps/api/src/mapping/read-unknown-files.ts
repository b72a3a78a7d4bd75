import { suggestMapping, type UnknownFileReading } from '@pledgeline/csv-core';
import {
  type Database,
  type FileReport,
  type FileSample,
  readSample,
  readSuggestion,
  type UploadReport,
} from '@pledgeline/db';

/** How many rows are read to find how the file writes decimals. */
const SAMPLE_ROWS = 200;

/** A file of an upload that waits for a mapping. */
export interface UnknownFile {
  /** Which file of the upload, from 0. */
  readonly index: number;
  readonly report: FileReport;
  readonly sample: FileSample;
  /** What its columns may be, and what is open. */
  readonly reading: UnknownFileReading;
}

/** The files that an upload waits for; none when it does not wait for a mapping. */
export async function readUnknownFiles(
  database: Database,
  { id, files, status }: UploadReport,
): Promise<readonly UnknownFile[]> {
  if (status !== 'NEEDS_MAPPING') return [];
  const unknown: UnknownFile[] = [];
  for (const [index, report] of files.entries()) {
    if (report.skipped !== null || report.platform !== null) continue;
    const sample = await readSample(database, id, index, SAMPLE_ROWS);
    if (sample === null) continue;
    // A file that was received by the release before has no stored suggestion.
    const stored = await readSuggestion(database, id, index);
    const suggestion = stored ?? suggestMapping(sample.headers, sample.rows);
    unknown.push({ index, report, sample, reading: { suggestion, questions: report.questions } });
  }
  return unknown;
}
