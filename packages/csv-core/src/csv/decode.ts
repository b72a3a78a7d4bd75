import { CsvFileError } from './csv-file-error.js';

export interface TextDecoding {
  /** The text of the bytes so far, but for a character that is not complete yet. */
  push(bytes: Uint8Array): string;
  /** @throws CsvFileError `invalid_encoding` when the last character is cut off */
  end(): string;
}

/**
 * Decodes UTF-8 in pieces of any size and drops the byte order mark.
 *
 * @param currentLine the line reached by the reader of the text so far, so that an error can name one
 * @throws CsvFileError `invalid_encoding`, naming the byte (from 0) and the line
 */
export function createUtf8Decoder(currentLine: () => number = () => 1): TextDecoding {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytesBefore = 0;
  // The bytes of a character begun but not complete, at most three: only to locate an error.
  let begun: Uint8Array = new Uint8Array(0);

  function fail(bytes: Uint8Array): CsvFileError {
    const all = concat(begun, bytes);
    const at = firstInvalid(all);
    const line = currentLine() + countLineEnds(all.subarray(0, at));
    return new CsvFileError(
      'invalid_encoding',
      `The file is not UTF-8: byte ${bytesBefore - begun.length + at}, on line ${line}, does not fit. Save it as "CSV UTF-8" and send it again.`,
      line,
    );
  }

  return {
    push(bytes) {
      let text: string;
      try {
        text = decoder.decode(bytes, { stream: true });
      } catch {
        throw fail(bytes);
      }
      begun = unfinishedTail(bytes.length < 4 ? concat(begun, bytes) : bytes);
      bytesBefore += bytes.length;
      return text;
    },
    end() {
      try {
        return decoder.decode();
      } catch {
        throw fail(new Uint8Array(0));
      }
    },
  };
}

function concat(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right;
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
}

/** The bytes at the end of valid UTF-8 that begin a character without completing it, as a copy. */
function unfinishedTail(bytes: Uint8Array): Uint8Array {
  for (let count = 1; count <= 3 && count <= bytes.length; count += 1) {
    const at = bytes.length - count;
    const width = characterWidth(bytes[at] ?? 0);
    if (width > 0) return width > count ? bytes.slice(at) : new Uint8Array(0);
  }
  return new Uint8Array(0);
}

/** Bytes in the character that a byte begins, 0 for one that begins none. */
function characterWidth(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xc2) return 0;
  if (byte < 0xe0) return 2;
  if (byte < 0xf0) return 3;
  return byte < 0xf5 ? 4 : 0;
}

/** Index of the first byte of the first character that is not valid UTF-8 (RFC 3629), or the length. */
function firstInvalid(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const width = characterWidth(bytes[at] ?? 0);
    if (width === 0) return at;
    if (width > 1 && !isValid(bytes.subarray(at, at + width), width)) return at;
    at += width;
  }
  return at;
}

function isValid(character: Uint8Array, width: number): boolean {
  const [first = 0, second = 0] = character;
  if (character.length < width) return false;
  if (!character.subarray(1).every((byte) => byte >= 0x80 && byte < 0xc0)) return false;
  // Overlong forms, surrogates, and code points past U+10FFFF.
  if (first === 0xe0) return second >= 0xa0;
  if (first === 0xed) return second < 0xa0;
  if (first === 0xf0) return second >= 0x90;
  return first !== 0xf4 || second < 0x90;
}

function countLineEnds(bytes: Uint8Array): number {
  let count = 0;
  for (const [index, byte] of bytes.entries()) {
    if (byte === 10 || (byte === 13 && bytes[index + 1] !== 10)) count += 1;
  }
  return count;
}
