import type { Upload } from '../upload/answers.js';
import type { UploadedFile } from '../upload/file-answer.js';
import type { FileNames } from './file-names.js';
import { nameList } from './name-list.js';
import { formatBytes, formatCount } from './numbers.js';
import { platformTitle } from './platform-title.js';
import { renderFields } from './render-fields.js';
import type { Section } from './section.js';
import type { Style } from './style.js';
import { printable } from './text.js';

/** Renders what the file is, how the import ended, and the equation of its rows. */
export function renderSummary(
  upload: Upload,
  hasUnread: boolean,
  nameFile: FileNames,
  style: Style,
): Section {
  const { detection } = upload;
  const fields: (readonly [string, string])[] = [
    ['File', `${printable(upload.filename ?? 'without a name')}, ${formatBytes(upload.byteCount)}`],
    ['Campaign', printable(upload.campaign)],
    ['Platform', platformText(upload, nameFile)],
    ...(detection?.reasons ?? []).map((reason) => ['', `· ${printable(reason)}`] as const),
  ];
  if (detection !== null && detection.missingColumns.length > 0) {
    fields.push(['', `· Missing: ${nameList(detection.missingColumns)}`]);
  }
  if (detection !== null && detection.unknownColumns.length > 0) {
    fields.push(['', `· Kept as they are: ${nameList(detection.unknownColumns)}`]);
  }
  for (const sentence of openSentences(upload.files)) fields.push(['', `· ${printable(sentence)}`]);
  const outcome = renderFields(
    upload.failure === null
      ? []
      : [['Reason', `${upload.failure.code}: ${printable(upload.failure.message)}`] as const],
    style,
  );
  const chunkErrors = upload.chunkErrors.map((error) => ['Failure', printable(error)] as const);
  return {
    // Said here because the equation below holds even though rows may be missing.
    title: `Import ${statusWords[upload.status]}${hasUnread ? '; not all of the file was read' : ''}`,
    lines: [
      ...renderFields(fields, style),
      ...equationLines(upload.rows, style),
      ...outcome,
      ...renderFields(chunkErrors, style),
    ],
  };
}

/** What must be said before the import, and what is assumed, each once. */
function openSentences(files: readonly UploadedFile[]): readonly string[] {
  const [only, ...others] = files.filter(({ skipped }) => skipped === null);
  // In an archive the list of files says what is open.
  const questions = only !== undefined && others.length === 0 ? only.questions : [];
  const assumptions = files.flatMap((file) => file.assumptions);
  return [...new Set([...questions, ...assumptions].map(({ message }) => message))];
}

const statusWords = {
  PENDING: 'waiting',
  PROCESSING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  NEEDS_MAPPING: 'stopped: the columns could not be matched',
  NEEDS_REVIEW: 'waits for you to look at what would change',
  CANCELED: 'canceled',
  UNDOING: 'is being taken back',
  UNDONE: 'taken back',
  REMAPPING: 'is being read with other columns',
} as const satisfies Record<Upload['status'], string>;

function platformText({ platform, confidence, files }: Upload, nameFile: FileNames): string {
  const isKnown = platform !== null && confidence !== null;
  const percent = isKnown ? `, confidence ${Math.round(confidence * 100)} %` : '';
  return `${platformTitle(platform)}${percent}${whichFile(files, nameFile)}`;
}

/** The API reports platform and columns of the largest file of an archive, so the report names that file. */
function whichFile(files: readonly UploadedFile[], nameFile: FileNames): string {
  const [largest, ...others] = files
    .filter(({ skipped }) => skipped === null)
    .sort((a, b) => b.rowCount - a.rowCount);
  if (largest === undefined || others.length === 0) return '';
  return ` (of "${nameFile(largest.name ?? '')}", the largest of ${others.length + 1} files)`;
}

/** Every row must be accounted for. If the sum is wrong, the report says so. */
function equationLines(rows: Upload['rows'], style: Style): readonly string[] {
  const parts = [`${formatCount(rows.imported)} imported`, `${formatCount(rows.rejected)} rejected`];
  if (rows.leftOut > 0) parts.push(`${formatCount(rows.leftOut)} left out`);
  if (rows.open > 0) parts.push(`${formatCount(rows.open)} not processed`);
  const equation = `${formatCount(rows.total)} in the file = ${parts.join(' + ')}`;
  const isEven = rows.total === rows.imported + rows.rejected + rows.leftOut + rows.open;
  const verdict = isEven ? style.good('✓') : style.bad('✗ this sum is wrong: please report it');
  return [`  ${style.dim('Rows'.padEnd(12))}${equation}  ${verdict}`];
}
