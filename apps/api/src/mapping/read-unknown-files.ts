import type { UnknownFileReading } from '@pledgeline/csv-core';
import { suggestForSample } from '@pledgeline/csv-core/import';
import {
  type Database,
  type FileReport,
  type FileSample,
  listFiles,
  type PageStart,
  readSample,
  readSuggestion,
} from '@pledgeline/db';
import { inSlices } from '../turns/in-slices.js';

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

/**
 * Reads the files at these indexes of an upload, one after the other: an archive may hold a thousand of them, of thousands
 * of columns each.
 */
export async function* readUnknownFiles(
  database: Database,
  uploadId: string,
  indexes: Iterable<number>,
): AsyncGenerator<UnknownFile, void, undefined> {
  for (const index of indexes) {
    const file = await readUnknownFile(database, uploadId, index);
    if (file !== null) yield file;
  }
}

async function readUnknownFile(
  database: Database,
  uploadId: string,
  index: number,
): Promise<UnknownFile | null> {
  const sample = await readSample(database, uploadId, index, SAMPLE_ROWS);
  if (sample === null) return null;
  const stored = await readSuggestion(database, uploadId, index);
  const before: PageStart<number> = { side: 'after', key: index - 1 };
  for await (const [found] of listFiles(database, uploadId, { start: before, limit: 1 })) {
    if (found === undefined) return null;
    const { file: report } = found;
    // A file of a large archive, or one that was received by the release before, has none.
    const suggestion = stored ?? (await inSlices(suggestForSample(sample.headers, sample.rows)));
    return { index, report, sample, reading: { suggestion, questions: report.questions } };
  }
  return null;
}
