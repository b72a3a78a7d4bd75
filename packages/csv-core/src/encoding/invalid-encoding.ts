import { CsvFileError } from '../csv-file-error.js';

/** What a decoder needs of its surroundings. */
export interface TextOutput {
  /** Takes the text in order. */
  onText(text: string): void;
  /** The line on which the text handed out so far ends, from 1. */
  currentLine(): number;
}

/** Decodes a file from some byte on. */
export interface TextDecoding {
  /** Hands out the text of the bytes, but for a character that is not complete yet. @throws CsvFileError */
  push(bytes: Uint8Array): void;
  /** @throws CsvFileError when the last character is cut off */
  end(): void;
}

/**
 * @param encoding WHATWG name
 * @param byte of the file, from 0
 * @param line from 1
 */
export function invalidEncoding(encoding: string, byte: number, line: number): CsvFileError {
  return new CsvFileError(
    'invalid_encoding',
    `The file was read as ${encodingTitle(encoding)}, but byte ${byte}, on line ${line}, does not fit. Save it as "CSV UTF-8" and send it again, or name its encoding (?encoding=).`,
    line,
  );
}

/** For a file that ends within a character. Parameters as above. */
export function cutOff(encoding: string, byte: number, line: number): CsvFileError {
  return new CsvFileError(
    'invalid_encoding',
    `The file was read as ${encodingTitle(encoding)} and ends within a character, at byte ${byte} on line ${line}: it may be cut off. Export it again, or name its encoding (?encoding=).`,
    line,
  );
}

/** For text that makes no sense in the encoding that was asked for. */
export function senselessEncoding(encoding: string): CsvFileError {
  return new CsvFileError(
    'invalid_encoding',
    `The file was read as ${encodingTitle(encoding)} because you said so (?encoding=), and makes no sense: it has neither line ends nor delimiters. Leave the encoding out to have it found.`,
  );
}

/**
 * For a file that was put together from two.
 *
 * @param parts WHATWG names of the encodings before the line and from there on
 * @param line from 1
 */
export function gluedEncodings([before, after]: readonly [string, string], line: number): CsvFileError {
  return new CsvFileError(
    'invalid_encoding',
    `The file is written in two encodings: from line ${line} on it is ${encodingTitle(after)}, and before it ${encodingTitle(before)}. It may be two exports put together, or a damaged one. Save each of them as "CSV UTF-8", or send them one by one.`,
    line,
  );
}

/**
 * For bytes that are no text in any encoding that is known.
 *
 * @param encodings WHATWG names of those that come nearest
 * @param line the first line beyond ASCII, from 1
 */
export function unknownEncoding(encodings: readonly string[], line: number): CsvFileError {
  const names = encodings.map((name) => `?encoding=${name}`).join(', ');
  return new CsvFileError(
    'invalid_encoding',
    `Nobody can tell the encoding of the file: its letters, on line ${line} first, make no sense in any that is known. Save it as "CSV UTF-8" and send it again, or name its encoding; the nearest are ${names}.`,
    line,
  );
}

const DISPLAY_NAMES: ReadonlyMap<string, string> = new Map([
  ['shift_jis', 'Shift_JIS'],
  ['big5', 'Big5'],
  ['macintosh', 'Macintosh'],
  ['x-mac-ce', 'Macintosh (Central Europe)'],
  ['x-mac-cyrillic', 'Macintosh (Cyrillic)'],
]);

/** An encoding as people write it. */
export function encodingTitle(encoding: string): string {
  const known = DISPLAY_NAMES.get(encoding);
  if (known !== undefined) return known;
  if (encoding.startsWith('windows-')) return encoding.replace('windows', 'Windows');
  return encoding.startsWith('ibm')
    ? `MS-DOS (${encoding.replace('ibm', 'code page ')})`
    : encoding.toUpperCase();
}
