import { type FileReport, maxReportedFiles, type UploadReport } from '@pledgeline/db';

/** How long the files in an answer about their upload may be together, in characters of JSON. */
const MAX_LENGTH = 1_048_576;

/** The files in an answer about their upload: the first ones, as many as are not too long. `GET …/files` has all. */
export function presentFiles({ files, fileCount }: Pick<UploadReport, 'files' | 'fileCount'>) {
  let length = 0;
  const shown = files.slice(0, maxReportedFiles).filter((file) => {
    if (length <= MAX_LENGTH) length += JSON.stringify(file).length;
    return length <= MAX_LENGTH;
  });
  return { files: shown, fileCount };
}

/** Why an upload waits for a mapping, and what to do; undefined when it does not. */
export function describeMissing(status: string, files: readonly FileReport[]): string | null {
  if (status !== 'NEEDS_MAPPING') return null;
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
      ? `${whatToSay(questions)}, or send it again with "?platform=" if you know it.${name === null ? '' : ' A file that is no part of the import can be left out there.'}`
      : `It was read as one column, named "${only.slice(0, 60)}": send it again with "?delimiter=${encodeURIComponent(other)}".`;
  const open = questions.slice(0, SHOWN_QUESTIONS).map(({ message }) => message);
  const more =
    questions.length > open.length ? [`And ${questions.length - open.length} more questions.`] : [];
  return [`Of ${what} something must be known first (${reasons.join('; ')}).`, ...open, ...more, advice].join(
    ' ',
  );
}

/** The suggestion alone is refused while a column is missing, or a word is unknown. */
function whatToSay(questions: FileReport['questions']): string {
  const codes = new Set(questions.map(({ code }) => code));
  if (codes.has('missing_column')) return 'Say what the columns are (PUT …/mapping {"columns": […]})';
  const accepted = codes.has('unknown_words') ? '{"accept": true, "values": {…}}' : '{"accept": true}';
  return `Accept what is suggested (PUT …/mapping ${accepted}), say there what the columns are`;
}

function otherDelimiter(header: string, delimiter: string | undefined): string | undefined {
  return [',', ';', '\t', '|'].find((candidate) => candidate !== delimiter && header.includes(candidate));
}
