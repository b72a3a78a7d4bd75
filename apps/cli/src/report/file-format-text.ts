import type { FileFormat, UploadedFile } from '../upload/file-answer.js';
import { printable } from './text.js';

const delimiterTitles: ReadonlyMap<string, string> = new Map([
  [',', 'commas'],
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'pipes'],
]);

/** How a file was read: `UTF-16LE, semicolons`, or its sheet. `doubt` follows an encoding that is a guess. */
export function fileFormatText(
  { format, sheet }: Pick<UploadedFile, 'format' | 'sheet'>,
  doubt: string,
): string {
  const parts = [
    ...(sheet === null ? [] : [`sheet "${printable(sheet)}"`]),
    ...(format === null ? [] : [...encodingTexts(format, doubt), ...delimiterTexts(format)]),
  ];
  return parts.join(', ');
}

function encodingTexts({ encoding }: FileFormat, doubt: string): readonly string[] {
  if (encoding === null) return [];
  const { name, certain } = encoding;
  // Other names are shown in the form that `--encoding` accepts.
  const title = name.startsWith('utf-') ? name.toUpperCase() : printable(name);
  return [certain ? title : `${title} (${doubt})`];
}

function delimiterTexts({ delimiter }: FileFormat): readonly string[] {
  if (delimiter === null) return [];
  return [delimiterTitles.get(delimiter.value) ?? `"${printable(delimiter.value)}" between cells`];
}

/** Whether a file is UTF-8 with commas, as it should be, so that the report need not mention it. */
export function isPlainFormat({ format, sheet }: UploadedFile): boolean {
  if (sheet !== null) return false;
  if (format === null) return true;
  const { encoding, delimiter } = format;
  const isUtf8 = encoding === null || (encoding.name === 'utf-8' && encoding.certain);
  return isUtf8 && (delimiter === null || delimiter.value === ',');
}
