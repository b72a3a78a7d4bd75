import type { TableReport } from '@pledgeline/csv-core';
import { type ReadFile, toReadFile } from '@pledgeline/db';
import type { TableSource } from './body-reader.js';
import { fileIssues } from './file-issues.js';

/** Describes what was found in a file. To be called when the file has been read to its end. */
export function describeFile(source: TableSource, report: TableReport): Omit<ReadFile, 'firstRow'> {
  const issues = fileIssues({
    kind: 'read',
    file: fileNameForIssues(source),
    encoding: report.format.encoding,
    doubt: report.doubt,
    garbled: report.damage.garbled,
    headers: report.headers,
    notices: source.notices(),
    quoting: report.quoting,
    slippedRows: report.slippedRows,
    secrets: report.secrets,
  });
  const sheet = source.kind === 'sheet' ? source.sheet : null;
  return toReadFile({ name: source.name, sheet, issues }, report);
}

/** The name of the file in its issues: the path in the archive, or the sheet; null for a plain file. */
export function fileNameForIssues(source: TableSource): string | null {
  return source.name ?? (source.kind === 'sheet' ? source.sheet : null);
}
