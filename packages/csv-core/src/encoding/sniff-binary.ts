import { CsvFileError } from '../csv-file-error.js';

/** Bytes of a file that `refuseBinary` wants to see. */
export const SNIFF_LENGTH = 512;

const EXPORT_AS_CSV = 'Export the table as CSV instead.';
const UNPACK = 'Unpack it and send the CSV file itself.';
const SAVE_PAGE =
  'Download the export again, since you may have been signed out. If it came from an "Excel" button, open it in Excel and save it as .xlsx.';
const SAVE_SHEET = 'Save the sheet as "CSV UTF-8".';
const SAVE_AS_XLSX = 'Open it in Excel and save it as .xlsx.';

interface Signature {
  /** The first bytes, as Latin-1. */
  readonly start: string;
  /** Where letters alone might be text: what else is true of such a file. */
  readonly and?: (head: string) => boolean;
  readonly what: string;
  readonly advice: string;
}

function signature(start: string, what: string, advice: string, and?: Signature['and']): Signature {
  return and === undefined ? { start, what, advice } : { start, and, what, advice };
}

const PROGRAM = 'a program';
const VIDEO = 'a video';

/** How files begin that are sent in place of a CSV. */
const SIGNATURES: readonly Signature[] = [
  signature('%PDF-', 'a PDF document', EXPORT_AS_CSV, (head) => /^%PDF-\d/.test(head)),
  signature('\x89PNG', 'a PNG image', EXPORT_AS_CSV),
  signature('\xff\xd8\xff', 'a JPEG image', EXPORT_AS_CSV),
  signature('GIF87a', 'a GIF image', EXPORT_AS_CSV),
  signature('GIF89a', 'a GIF image', EXPORT_AS_CSV),
  signature('RIFF', 'a WebP image', EXPORT_AS_CSV, (head) => head.startsWith('WEBP', 8)),
  signature('\0\0\x01\0', 'an icon', EXPORT_AS_CSV),
  signature('BM', 'a BMP image', EXPORT_AS_CSV, (head) => head.startsWith('\0\0\0\0', 6)),
  signature('II*\0', 'a TIFF image', EXPORT_AS_CSV),
  signature('MM\0*', 'a TIFF image', EXPORT_AS_CSV),
  signature('\0\0', VIDEO, EXPORT_AS_CSV, (head) => head.startsWith('ftyp', 4)),
  signature('\x7fELF', PROGRAM, EXPORT_AS_CSV),
  signature('!<arch>\n', PROGRAM, EXPORT_AS_CSV),
  signature('MZ', PROGRAM, EXPORT_AS_CSV, (head) => head.slice(0, 64).includes('\0\0')),
  // Mach-O, of 32 and 64 bits, either way round, and of several machines. As letters they might be Chinese.
  ...['\xfe\xed\xfa\xce', '\xfe\xed\xfa\xcf', '\xce\xfa\xed\xfe', '\xcf\xfa\xed\xfe', '\xca\xfe\xba\xbe'].map(
    (start) => signature(start, PROGRAM, EXPORT_AS_CSV, (head) => head.slice(4, 8).includes('\0')),
  ),
  // After its name comes the header of a page in Thrift, which begins with a field of 32 bits.
  signature('PAR1\x15', 'a Parquet table', EXPORT_AS_CSV),
  // Archives and workbooks are unpacked before a file gets here, but not what is packed inside them.
  signature('PK\x03\x04', 'a zip archive or a workbook inside an archive', UNPACK),
  signature('PK\x05\x06', 'an empty zip archive inside an archive', UNPACK),
  signature('\x1f\x8b', 'a gzip archive inside an archive', UNPACK),
  signature("7z\xbc\xaf'\x1c", 'a 7-Zip archive', UNPACK),
  signature('Rar!\x1a\x07', 'a RAR archive', UNPACK),
  signature('BZh', 'a bzip2 archive', UNPACK, (head) => /^BZh[1-9]1AY&SY/.test(head)),
  signature('\xfd7zXZ\0', 'an xz archive', UNPACK),
  signature('\x28\xb5\x2f\xfd', 'a Zstandard archive', UNPACK),
  signature(
    '\xd0\xcf\x11\xe0',
    'an old Excel workbook, or one with a password',
    `Remove the password. ${SAVE_SHEET}`,
  ),
  signature('SQLite format 3\0', 'an SQLite database', EXPORT_AS_CSV),
  signature('{\\rtf1', 'a rich text document', EXPORT_AS_CSV),
];

/**
 * The same for text, after a byte order mark and blanks, in lower case. Programs give web pages and XML the name of a
 * workbook.
 */
const MARKUP: readonly (readonly [start: RegExp, what: string, advice: string])[] = [
  [
    /^(?:<\?xml[^>]*>\s*)?<(?:!doctype html|(?:html|head|meta|title|style|body|table)[\s>]|!--)/,
    'a web page',
    SAVE_PAGE,
  ],
  [/^<!doctype/, 'a web page', SAVE_PAGE],
  [
    /^<(?:\?xml|workbook)\b[\s\S]*(?:progid="excel\.sheet"|urn:schemas-microsoft-com:office:spreadsheet)/,
    'an Excel workbook in XML (XML Spreadsheet 2003)',
    SAVE_AS_XLSX,
  ],
  [/^<\?xml/, 'an XML document', EXPORT_AS_CSV],
  [
    /^(?=[\s\S]*\bmime-version:)[\w-]+:[\s\S]*\bcontent-type: *(?:multipart\/related|text\/html)/,
    'a web page in one file (MHTML)',
    SAVE_AS_XLSX,
  ],
  [/^(?:\{|\[\s*\{)\s*"/, 'JSON', EXPORT_AS_CSV],
  // `ID;P…` may also be a header of columns, but not with records of SYLK below it.
  [
    /^id;p[^\r\n]*(?:[\r\n]+(?:[bcfop]|n[neu]|w);[a-z][^\r\n]*){2}/,
    'a SYLK spreadsheet (.slk)',
    SAVE_AS_XLSX,
  ],
];

/** Where a tar archive says what it is, from the start of its first file. */
const TAR_MARK_AT = 257;
/** The standard's, and GNU's. */
const TAR_MARKS = ['ustar\0', 'ustar  \0'];

/**
 * Refuses a file that cannot be CSV text, going by its first bytes (`SNIFF_LENGTH`, or the whole of a shorter file).
 *
 * @throws CsvFileError `not_csv`, or `invalid_encoding` for UTF-32
 */
export function refuseBinary(head: Uint8Array): void {
  const start = String.fromCharCode(...head);
  const binary = SIGNATURES.find((known) => start.startsWith(known.start) && (known.and?.(start) ?? true));
  if (binary !== undefined) throw looksLike(binary.what, binary.advice);
  if (TAR_MARKS.some((mark) => start.startsWith(mark, TAR_MARK_AT))) throw looksLike('a tar archive', UNPACK);
  if (isUtf32(head)) throw utf32Error();
  // Of UTF-16 with its mark, the half that is ASCII.
  const letters = /^(?:\xff\xfe|\xfe\xff)/.test(start) ? start.slice(2).replaceAll('\0', '') : start;
  const text = letters
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase();
  const markup = MARKUP.find(([pattern]) => pattern.test(text));
  if (markup !== undefined) throw looksLike(markup[1], markup[2]);
}

const LAST_CODE_POINT = 0x10ffff;
const LAST_OF_TWO_BYTES = 0xffff;

/** Whether every four bytes are a code point, as a rule a low one. A byte order mark is one too. */
function isUtf32(head: Uint8Array): boolean {
  const units = Math.floor(head.length / 4);
  const view = new DataView(head.buffer, head.byteOffset);
  return [true, false].some((isLittle) => {
    const codes = Array.from({ length: units }, (_, index) => view.getUint32(index * 4, isLittle));
    const low = codes.filter((code) => code > 0 && code <= LAST_OF_TWO_BYTES).length;
    return units >= 2 && low * 4 >= units * 3 && codes.every((code) => code <= LAST_CODE_POINT);
  });
}

/**
 * Refuses what no text begins with. To be asked when the file is not UTF-16, which is half NULs.
 *
 * @throws CsvFileError `not_csv`
 */
export function refuseNulls(head: Uint8Array): void {
  const nulls = head.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  // A stray NUL is left to the row that holds it.
  if (nulls * 4 > head.length) {
    throw binaryData();
  }
}

/** Of control characters: one in so many bytes, and a few besides, may be damage. */
const BYTES_PER_CONTROL = 500;
const FEW_CONTROLS = 2;
const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;
const SUBSTITUTE = 0x1a;
const ESCAPE = 0x1b;

/**
 * Refuses bytes with more control characters than text has. To be asked where they are neither UTF-8 nor UTF-16: nearly
 * any bytes can be read in the encodings from before Unicode.
 *
 * @param isWhole whether the file ends with them
 * @throws CsvFileError `not_csv`
 */
export function refuseControls(bytes: Uint8Array, isWhole: boolean): void {
  const controls = bytes.reduce((count, byte) => count + (isStrayControl(byte) ? 1 : 0), 0);
  // DOS marks the end of a text with one of them.
  const endMarks = isWhole && bytes.at(-1) === SUBSTITUTE ? 1 : 0;
  if (controls - endMarks > FEW_CONTROLS + bytes.length / BYTES_PER_CONTROL) throw binaryData();
}

/** Tabs and ends of lines and pages are text, and so is the escape of encodings and terminals. */
function isStrayControl(byte: number): boolean {
  return byte < 0x20 && byte !== ESCAPE && (byte < TAB || byte > CARRIAGE_RETURN);
}

function looksLike(what: string, advice: string): CsvFileError {
  return notCsv(`The file looks like ${what}, not like CSV. ${advice}`);
}

function binaryData(): CsvFileError {
  return notCsv('The file is binary data, not CSV. Export the table as CSV and send that file.');
}

function notCsv(message: string): CsvFileError {
  return new CsvFileError('not_csv', message);
}

function utf32Error(): CsvFileError {
  return new CsvFileError(
    'invalid_encoding',
    'The file is UTF-32 text. Save it as "CSV UTF-8" and send it again.',
  );
}
