import { cutOff, invalidEncoding, type TextDecoding, type TextOutput } from './invalid-encoding.js';

/**
 * Decodes UTF-8 in pieces of any size.
 *
 * @param start which byte of the file the first one is; the byte order mark must be behind it
 */
export function createUtf8Decoder(output: TextOutput, start: number): TextDecoding {
  // As a stream, which for text beyond ASCII is the quicker way through Node before version 24.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let bytesBefore = start;
  // The bytes of a character begun but not complete, at most three: only to locate an error.
  let begun: Uint8Array = new Uint8Array(0);

  function fail(piece: Uint8Array): Error {
    const bytes = concat(begun, piece);
    const at = firstInvalid(bytes);
    output.onText(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, at)));
    return invalidEncoding('utf-8', bytesBefore - begun.length + at, output.currentLine());
  }

  return {
    push(piece) {
      let text: string;
      try {
        text = decoder.decode(piece, { stream: true });
      } catch {
        throw fail(piece);
      }
      const end = piece.length < 4 ? concat(begun, piece) : piece;
      begun = end.slice(end.length - unfinishedLength(end));
      bytesBefore += piece.length;
      output.onText(text);
    },
    end() {
      if (begun.length > 0) throw cutOff('utf-8', bytesBefore - begun.length, output.currentLine());
    },
  };
}

/** What speaks for UTF-8 and against it. */
export interface Utf8Evidence {
  /** Characters of three bytes or four. */
  readonly long: number;
  /** Bytes that fit in no character; those of a character cut off at the end are not counted. */
  readonly invalid: number;
  /** Whether the bytes end within a character. */
  readonly isCut: boolean;
}

/** Looks for what tells whether bytes are UTF-8. */
export function countUtf8(bytes: Uint8Array): Utf8Evidence {
  const end = bytes.length - unfinishedLength(bytes);
  let long = 0;
  let invalid = 0;
  for (let at = 0; at < end; ) {
    const width = validWidth(bytes, at);
    if (width === 0) invalid += 1;
    else if (width > 2) long += 1;
    at += width || 1;
  }
  return { long, invalid, isCut: end < bytes.length };
}

/** The one array after the other; copies only when it must. */
export function concat(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right;
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
}

/** Bytes at the end that begin a character without completing it. */
function unfinishedLength(bytes: Uint8Array): number {
  for (let count = 1; count <= 3 && count <= bytes.length; count += 1) {
    const width = characterWidth(bytes[bytes.length - count] ?? 0);
    if (width > 0) return width > count ? count : 0;
  }
  return 0;
}

/** Bytes in the character that a byte begins, 0 for one that begins none. */
function characterWidth(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xc2) return 0;
  if (byte < 0xe0) return 2;
  if (byte < 0xf0) return 3;
  return byte < 0xf5 ? 4 : 0;
}

/** Index of the first byte of the first character that is not valid UTF-8, or the length. */
function firstInvalid(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const width = validWidth(bytes, at);
    if (width === 0) return at;
    at += width;
  }
  return at;
}

/** Bytes in the character at a place, 0 where there is none that is valid (RFC 3629). */
function validWidth(bytes: Uint8Array, at: number): number {
  const width = characterWidth(bytes[at] ?? 0);
  return width > 1 && !isValid(bytes.subarray(at, at + width), width) ? 0 : width;
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
