import { CsvFileError } from './csv-file-error.js';

/** Bytes of a file that `refuseBinary` wants to see. */
export const SNIFF_LENGTH = 512;

/** How files begin that are sent in place of a CSV, as Latin-1; text signatures are matched in any case. */
const SIGNATURES: readonly (readonly [start: string, what: string, advice: string])[] = [
  ['%pdf-', 'a PDF document', 'Export the table as CSV instead.'],
  ['\x89png', 'a PNG image', 'Export the table as CSV instead.'],
  ['\xff\xd8\xff', 'a JPEG image', 'Export the table as CSV instead.'],
  ['gif8', 'a GIF image', 'Export the table as CSV instead.'],
  ['riff', 'an image, sound or video file', 'Export the table as CSV instead.'],
  ['pk\x03\x04', 'a zip archive or an Excel workbook', 'Unpack it, or save the sheet as "CSV UTF-8".'],
  ['pk\x05\x06', 'an empty zip archive', 'Send the CSV file itself.'],
  ['\x1f\x8b', 'a gzip archive', 'Unpack it and send the CSV file itself.'],
  ["7z\xbc\xaf'\x1c", 'a 7-Zip archive', 'Unpack it and send the CSV file itself.'],
  ['rar!\x1a\x07', 'a RAR archive', 'Unpack it and send the CSV file itself.'],
  ['\xd0\xcf\x11\xe0', 'an old Excel workbook', 'Save the sheet as "CSV UTF-8".'],
  ['{\\rtf', 'a rich text document', 'Export the table as CSV instead.'],
  ['<!doctype', 'a web page', 'Download the export again; you may have been signed out.'],
  ['<html', 'a web page', 'Download the export again; you may have been signed out.'],
  ['<?xml', 'an XML document', 'Export the table as CSV instead.'],
];

const UTF16_BOMS = ['\xff\xfe', '\xfe\xff'];

/**
 * Refuses a file that cannot be CSV text, going by its first bytes (`SNIFF_LENGTH`, or the whole of a shorter file).
 *
 * @throws CsvFileError `not_csv`, or `invalid_encoding` for UTF-16
 */
export function refuseBinary(head: Uint8Array): void {
  const start = latin1(head.subarray(0, 16));
  if (UTF16_BOMS.some((bom) => start.startsWith(bom))) throw utf16Error();
  const lowered = start.toLowerCase();
  for (const [signature, what, advice] of SIGNATURES) {
    if (lowered.startsWith(signature)) throw notCsv(`The file looks like ${what}, not like CSV. ${advice}`);
  }
  const nulls = countNulls(head);
  // Latin text in UTF-16 is half NULs, all in the even or all in the odd places. A stray NUL is left to
  // the row that holds it.
  if (nulls.total * 4 <= head.length) return;
  if (nulls.total === nulls.odd || nulls.odd === 0) throw utf16Error();
  throw notCsv('The file is binary data, not CSV. Export the table as CSV and send that file.');
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function countNulls(bytes: Uint8Array): { total: number; odd: number } {
  let total = 0;
  let odd = 0;
  for (const [index, byte] of bytes.entries()) {
    if (byte !== 0) continue;
    total += 1;
    odd += index % 2;
  }
  return { total, odd };
}

function notCsv(message: string): CsvFileError {
  return new CsvFileError('not_csv', message);
}

function utf16Error(): CsvFileError {
  return new CsvFileError(
    'invalid_encoding',
    'The file is UTF-16 text. Save it as "CSV UTF-8" and send it again.',
  );
}
