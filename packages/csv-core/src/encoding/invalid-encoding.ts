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
    `The file was read as ${displayName(encoding)}, but byte ${byte}, on line ${line}, does not fit. Save it as "CSV UTF-8" and send it again, or name its encoding (?encoding=).`,
    line,
  );
}

/** For a file that ends within a character. Parameters as above. */
export function cutOff(encoding: string, byte: number, line: number): CsvFileError {
  return new CsvFileError(
    'invalid_encoding',
    `The file was read as ${displayName(encoding)} and ends within a character, at byte ${byte} on line ${line}: it may be cut off. Export it again, or name its encoding (?encoding=).`,
    line,
  );
}

/** For text that makes no sense in the encoding that was asked for. */
export function senselessEncoding(encoding: string): CsvFileError {
  return new CsvFileError(
    'invalid_encoding',
    `The file was read as ${displayName(encoding)} because you said so (?encoding=), and makes no sense: it has neither line ends nor delimiters. Leave the encoding out to have it found.`,
  );
}

const DISPLAY_NAMES: ReadonlyMap<string, string> = new Map([
  ['shift_jis', 'Shift_JIS'],
  ['big5', 'Big5'],
  ['windows-1252', 'Windows-1252'],
  ['windows-1251', 'Windows-1251'],
  ['windows-1250', 'Windows-1250'],
  ['windows-1253', 'Windows-1253'],
  ['windows-1254', 'Windows-1254'],
  ['macintosh', 'Macintosh'],
]);

/** An encoding as people write it. */
function displayName(encoding: string): string {
  return DISPLAY_NAMES.get(encoding) ?? encoding.toUpperCase();
}
