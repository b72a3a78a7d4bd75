import { type ByteDecoder, createByteDecoder } from './byte-decoder.js';
import { characterWidth } from './character-width.js';
import { concat } from './decode-utf8.js';
import { cutOff, invalidEncoding, type TextDecoding, type TextOutput } from './invalid-encoding.js';

/** Bytes decoded at once: in so many an illegal one is looked for when there is one. */
const SLICE_LENGTH = 65_536;

/** What some bytes of Windows-1252 and its like are that mean nothing. */
const CONTROLS = /[\u0080-\u009f]/;

export interface LegacyDecoderOptions {
  /** WHATWG name of an encoding other than UTF-8 and UTF-16, or the name of a code page. */
  readonly name: string;
  /** Whether nobody has asked for this encoding. Who does gets controls, as the standard says. */
  readonly isGuess: boolean;
  /** Which byte of the file the first one is. */
  readonly start: number;
}

/** Decodes one of the encodings from before Unicode, in pieces of any size. */
export function createLegacyDecoder(
  { name, isGuess, start }: LegacyDecoderOptions,
  output: TextOutput,
): TextDecoding {
  const strict = createByteDecoder(name, { isStrict: true });
  let bytesBefore = start;
  // The bytes of a character begun but not complete, at most three.
  let begun: Uint8Array = new Uint8Array(0);

  /** Null when the bytes, which must be whole characters, do not fit. */
  function decode(decoder: ByteDecoder, bytes: Uint8Array): string | null {
    try {
      const text = decoder.decode(bytes);
      return isGuess && CONTROLS.test(text) ? null : text;
    } catch (error) {
      if (error instanceof TypeError) return null;
      throw error;
    }
  }

  function fail(bytes: Uint8Array): Error {
    const decoder = createByteDecoder(name, { isStrict: true });
    let at = 0;
    while (at < bytes.length) {
      const width = characterWidth(name, bytes[at] ?? 0, bytes[at + 1] ?? 0);
      const text = decode(decoder, bytes.subarray(at, at + width));
      if (text === null) break;
      output.onText(text);
      at += width;
    }
    return invalidEncoding(name, bytesBefore + at, output.currentLine());
  }

  function pushSlice(slice: Uint8Array): void {
    const bytes = concat(begun, slice);
    const complete = bytes.subarray(0, completeLength(name, bytes));
    const text = decode(strict, complete);
    if (text === null) throw fail(complete);
    begun = bytes.slice(complete.length);
    bytesBefore += complete.length;
    output.onText(text);
  }

  return {
    push(bytes) {
      for (let at = 0; at < bytes.length; at += SLICE_LENGTH)
        pushSlice(bytes.subarray(at, at + SLICE_LENGTH));
    },
    end() {
      if (begun.length > 0) throw cutOff(name, bytesBefore, output.currentLine());
    },
  };
}

/** Bytes up to the end of the last whole character; the first byte must begin one. */
function completeLength(name: string, bytes: Uint8Array): number {
  let at = bytes.length;
  // Commas, blanks, quotes and line ends are below 0x30, and no such byte is ever the end of a longer character.
  while (at > 0 && (bytes[at - 1] ?? 0) >= 0x30) at -= 1;
  for (;;) {
    const next = at + characterWidth(name, bytes[at] ?? 0, bytes[at + 1] ?? 0);
    if (next > bytes.length) return at;
    at = next;
  }
}
