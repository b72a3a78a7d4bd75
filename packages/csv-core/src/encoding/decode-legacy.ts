import { characterWidth } from './character-width.js';
import { concat } from './decode-utf8.js';
import { cutOff, invalidEncoding, type TextDecoding, type TextOutput } from './invalid-encoding.js';

/** Bytes decoded at once: in so many an illegal one is looked for when there is one. */
const SLICE_LENGTH = 65_536;

const CONTROLS = /[\u0080-\u009f]/;
const CONTROLS_AND_PRIVATE_USE = /[\u0080-\u009f\ue000-\uf8ff]/;

/**
 * Characters that the runtime gives for bytes which are no text in the encoding. Node's ICU reads some illegal bytes of
 * the East Asian encodings as controls, and of these two as private-use characters, though told to be strict.
 */
function illegalText(name: string, isGuess: boolean): RegExp | null {
  if (name === 'big5' || name === 'euc-kr') return CONTROLS_AND_PRIVATE_USE;
  if (characterWidth(name, 0xa1, 0xa1) > 1) return CONTROLS;
  // Some bytes of Windows-1252 and its like mean nothing. Who asks for one by name gets them as controls, as the standard
  // says.
  return isGuess ? CONTROLS : null;
}

export interface LegacyDecoderOptions {
  /** WHATWG name of an encoding other than UTF-8 and UTF-16. */
  readonly name: string;
  /** Whether nobody has asked for this encoding. */
  readonly isGuess: boolean;
  /** Which byte of the file the first one is. */
  readonly start: number;
}

/** Decodes one of the encodings from before Unicode, in pieces of any size. */
export function createLegacyDecoder(options: LegacyDecoderOptions, output: TextOutput): TextDecoding {
  const { name } = options;
  const illegal = illegalText(name, options.isGuess);
  const strict = new TextDecoder(name, { fatal: true, ignoreBOM: true });
  let bytesBefore = options.start;
  // The bytes of a character begun but not complete, at most three.
  let begun: Uint8Array = new Uint8Array(0);

  /** Null when the bytes, which must be whole characters, do not fit. */
  function decode(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): string | null {
    try {
      // Always as a stream: without it Node 20 reads 0x80 to 0x9F of Windows-1252 as Latin-1.
      const text = decoder.decode(bytes, { stream: true });
      return illegal?.test(text) ? null : text;
    } catch {
      return null;
    }
  }

  function fail(bytes: Uint8Array): Error {
    const decoder = new TextDecoder(name, { fatal: true, ignoreBOM: true });
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
      try {
        output.onText(strict.decode());
      } catch {
        throw cutOff(name, bytesBefore, output.currentLine());
      }
    },
  };
}

/** How many characters of some bytes, which may end within one, are no text in an encoding of East Asia. */
export function countIllegal(name: string, bytes: Uint8Array): number {
  const text = new TextDecoder(name).decode(bytes, { stream: true });
  return text.match(/[\u0080-\u009f\ue000-\uf8ff\ufffd]/g)?.length ?? 0;
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
