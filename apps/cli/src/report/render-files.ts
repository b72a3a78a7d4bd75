import { isUnrecognized, type UploadedFile } from '../upload/file-answer.js';
import { fileFormatText, isPlainFormat } from './file-format-text.js';
import type { FileNames } from './file-names.js';
import { nameList } from './name-list.js';
import { formatCount } from './numbers.js';
import { platformTitle } from './platform-title.js';
import { renderFields } from './render-fields.js';
import type { Section } from './section.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';
import { cut, printable, wrap } from './text.js';

/** Renders how the file was read, unless it is plain, or every file of an archive. */
export function renderFiles(files: readonly UploadedFile[], nameFile: FileNames, style: Style): Section {
  const [only, ...others] = files;
  if (only === undefined) return { title: 'File', lines: [] };
  return others.length === 0 && only.skipped === null
    ? { title: 'File', lines: renderFields(onlyFileFields(only), style) }
    : { title: 'Files', lines: archiveLines(files, nameFile, style) };
}

const LOOK = 'look at a few names, or give --encoding';
const MAX_LINE_LIST = 40;

function onlyFileFields(file: UploadedFile): readonly (readonly [string, string])[] {
  const { name, sheet, format } = file;
  const fields: (readonly [string, string])[] = [];
  if (name !== null) fields.push(['Name', printable(name)]);
  if (!isPlainFormat(file)) fields.push(['Read as', fileFormatText(file, `a guess: ${LOOK}`)]);
  if (format !== null && format.titleLines.length > 0) {
    const word = sheet === null ? 'line' : 'row';
    const above = cut(format.titleLines.join(', '), MAX_LINE_LIST);
    const words = format.titleLines.length === 1 ? word : `${word}s`;
    fields.push([
      'Header',
      `in ${word} ${format.headerLine}; left out as no part of the table: ${words} ${above}`,
    ]);
  }
  return fields;
}

const MAX_FILES = 20;

const columns = [
  { title: 'name', flexible: true },
  { title: 'platform' },
  { title: 'rows', align: 'right' },
  { title: 'read as', flexible: true },
] as const;

function archiveLines(files: readonly UploadedFile[], nameFile: FileNames, style: Style): readonly string[] {
  // Files that need attention come first, so that they are not cut from a long list.
  const shown = files.length > MAX_FILES ? [...files].sort(byAttention).slice(0, MAX_FILES) : files;
  const [head = '', ...lines] = renderTable(
    columns,
    shown.map((file) => fileCells(file, nameFile)),
    style,
  );
  const rest = files.length - shown.length;
  const hasGuess = files.some(isGuess);
  return [
    head,
    ...lines.flatMap((line, at) => [line, ...adviceLines(shown[at], style)]),
    ...(rest > 0 ? [`  … and ${formatCount(rest)} more files`] : []),
    ...(hasGuess ? renderFields([['', `Where the encoding is a guess: ${LOOK}.`]], style) : []),
  ];
}

function fileCells(file: UploadedFile, nameFile: FileNames): readonly string[] {
  const name = nameFile(file.name ?? 'without a name');
  if (file.skipped !== null) return [name, '', '', 'skipped'];
  return [name, platformTitle(file.platform), formatCount(file.rowCount), archiveFormatText(file)];
}

function archiveFormatText(file: UploadedFile): string {
  const { format } = file;
  const hasTitle = format !== null && format.titleLines.length > 0;
  const header = hasTitle ? `, header in line ${format.headerLine}` : '';
  return `${fileFormatText(file, 'a guess')}${header}`;
}

/** The reason below a file that is not imported. */
function adviceLines(file: UploadedFile | undefined, style: Style): readonly string[] {
  const reason = file === undefined ? '' : whyNot(file);
  return wrap(printable(reason), style.width - 4).map((line) => `    ${style.dim(line)}`);
}

function whyNot(file: UploadedFile): string {
  if (file.skipped !== null) return file.skipped;
  if (!isUnrecognized(file) || file.detection === null) return '';
  if (file.questions.length > 0) return file.questions.map(({ message }) => message).join(' ');
  const { reasons, missingColumns } = file.detection;
  return [...reasons, ...(missingColumns.length > 0 ? [`Missing: ${nameList(missingColumns)}`] : [])].join(
    '; ',
  );
}

function byAttention(a: UploadedFile, b: UploadedFile): number {
  return attention(a) - attention(b);
}

function attention(file: UploadedFile): number {
  if (isUnrecognized(file)) return 0;
  if (file.skipped !== null) return 1;
  return isGuess(file) ? 2 : 3;
}

function isGuess({ format }: UploadedFile): boolean {
  return format?.encoding?.certain === false;
}
