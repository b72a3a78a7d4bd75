import { CsvFileError } from './csv-file-error.js';

/** Bytes of a file that `refuseBinary` wants to see. */
export const SNIFF_LENGTH = 512;

const EXPORT_AS_CSV = 'Export the table as CSV instead.';
const UNPACK = 'Unpack it and send the CSV file itself.';
const DOWNLOAD_AGAIN = 'Download the export again; you may have been signed out.';

type Signature = readonly [start: string, what: string, advice: string];

/** How files begin that are sent in place of a CSV, as Latin-1. */
const SIGNATURES: readonly Signature[] = [
  ['%PDF-', 'a PDF document', EXPORT_AS_CSV],
  ['\x89PNG', 'a PNG image', EXPORT_AS_CSV],
  ['\xff\xd8\xff', 'a JPEG image', EXPORT_AS_CSV],
  ['GIF8', 'a GIF image', EXPORT_AS_CSV],
  ['PK\x03\x04', 'a zip archive or an Excel workbook', 'Unpack it, or save the sheet as "CSV UTF-8".'],
  ['PK\x05\x06', 'an empty zip archive', 'Send the CSV file itself.'],
  ['\x1f\x8b', 'a gzip archive', UNPACK],
  ["7z\xbc\xaf'\x1c", 'a 7-Zip archive', UNPACK],
  ['Rar!\x1a\x07', 'a RAR archive', UNPACK],
  ['\xd0\xcf\x11\xe0', 'an old Excel workbook', 'Save the sheet as "CSV UTF-8".'],
  ['{\\rtf', 'a rich text document', EXPORT_AS_CSV],
];

/** The same for markup, after a byte order mark and blanks, in lower case. */
const MARKUP: readonly Signature[] = [
  ['<!doctype', 'a web page', DOWNLOAD_AGAIN],
  ['<html', 'a web page', DOWNLOAD_AGAIN],
  ['<?xml', 'an XML document', EXPORT_AS_CSV],
];

const UTF16_BOMS = ['\xff\xfe', '\xfe\xff'];

/**
 * Refuses a file that cannot be CSV text, going by its first bytes (`SNIFF_LENGTH`, or the whole of a shorter file).
 *
 * @throws CsvFileError `not_csv`, or `invalid_encoding` for UTF-16
 */
export function refuseBinary(head: Uint8Array): void {
  const start = String.fromCharCode(...head.subarray(0, 64));
  if (UTF16_BOMS.some((bom) => start.startsWith(bom))) throw utf16Error();
  const markup = start.replace(/^(?:\xef\xbb\xbf)?\s*/, '').toLowerCase();
  const found =
    SIGNATURES.find(([signature]) => start.startsWith(signature)) ??
    MARKUP.find(([signature]) => markup.startsWith(signature));
  if (found !== undefined) throw notCsv(`The file looks like ${found[1]}, not like CSV. ${found[2]}`);
  const nulls = countNulls(head);
  // Latin text in UTF-16 is half NULs, all in the even or all in the odd places. A stray NUL is left to
  // the row that holds it.
  if (nulls.total * 4 <= head.length) return;
  if (nulls.total === nulls.odd || nulls.odd === 0) throw utf16Error();
  throw notCsv('The file is binary data, not CSV. Export the table as CSV and send that file.');
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
