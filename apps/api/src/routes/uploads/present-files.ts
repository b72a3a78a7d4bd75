import type { FileReport } from '@pledgeline/db';

/** How many files an upload shows; `GET …/files` has all of them. */
const SHOWN_FILES = 100;
/** How many unknown columns a file shows. */
const SHOWN_COLUMNS = 100;

/** The files of an upload in an answer about it. */
export function presentFiles(files: readonly FileReport[]) {
  return { files: files.slice(0, SHOWN_FILES).map(presentFile), fileCount: files.length };
}

/** A file with a limited list of unknown columns: a thousand files of an archive may have thousands of columns each. */
export function presentFile(file: FileReport): FileReport {
  const { detection } = file;
  if (detection === null || detection.unknownColumns.length <= SHOWN_COLUMNS) return file;
  const unknownColumns = detection.unknownColumns.slice(0, SHOWN_COLUMNS);
  return { ...file, detection: { ...detection, unknownColumns } };
}

/** Why an upload waits for a mapping, and what to do; undefined when it does not. */
export function describeMissing(status: string, files: readonly FileReport[]): string | undefined {
  if (status !== 'NEEDS_MAPPING') return undefined;
  return files
    .filter(({ skipped, platform }) => skipped === null && platform === null)
    .slice(0, 10)
    .map(whatIsMissing)
    .join(' ');
}

/** How many questions an answer repeats in words; all of them are in the file's `questions`. */
const SHOWN_QUESTIONS = 5;

function whatIsMissing(file: FileReport): string {
  const { name, detection, format, questions } = file;
  const { reasons = [], unknownColumns = [] } = detection ?? {};
  const what = name === null ? 'the file' : `"${name}"`;
  const [only = ''] = unknownColumns;
  const other = unknownColumns.length === 1 ? otherDelimiter(only, format?.delimiter?.value) : undefined;
  const advice =
    other === undefined
      ? `Accept what is suggested (PUT …/mapping {"accept": true}), say there what the columns are, or send it again with "?platform=" if you know it.${name === null ? '' : ' A file that is no part of the import can be left out there.'}`
      : `It was read as one column, named "${only.slice(0, 60)}": send it again with "?delimiter=${encodeURIComponent(other)}".`;
  const open = questions.slice(0, SHOWN_QUESTIONS).map(({ message }) => message);
  const more =
    questions.length > open.length ? [`And ${questions.length - open.length} more questions.`] : [];
  return [`Of ${what} something must be known first (${reasons.join('; ')}).`, ...open, ...more, advice].join(
    ' ',
  );
}

function otherDelimiter(header: string, delimiter: string | undefined): string | undefined {
  return [',', ';', '\t', '|'].find((candidate) => candidate !== delimiter && header.includes(candidate));
}
