import { concat } from './decode-utf8.js';
import { cutOff, invalidEncoding, type TextDecoding, type TextOutput } from './invalid-encoding.js';

const NAME = 'iso-2022-jp';
const ESCAPE = 0x1b;
const ESCAPE_LENGTH = 3;
const DOLLAR = 0x24;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** A character or an escape. */
interface Unit {
  readonly width: number;
  /** The escape by which the bytes after it are read; none is ASCII. */
  readonly escape: Uint8Array;
}

const NO_ESCAPE: Uint8Array = new Uint8Array(0);

/**
 * Decodes ISO-2022-JP, Japanese in bytes of seven bits, in pieces of any size. Unlike in other encodings a byte means
 * what the last escape before it says.
 *
 * @param start which byte of the file the first one is; it must be read as ASCII
 */
export function createIso2022JpDecoder(output: TextOutput, start: number): TextDecoding {
  const strict = openStrict();
  let bytesBefore = start;
  let inForce = NO_ESCAPE;
  let begun: Uint8Array = new Uint8Array(0);

  function fail(bytes: Uint8Array): Error {
    const decoder = openStrict();
    let at = 0;
    let current = inForce;
    decoder.decode(current, { stream: true });
    while (at < bytes.length) {
      const unit = unitAt(bytes, at, current);
      const text = decode(decoder, bytes.subarray(at, at + unit.width));
      if (text === null) break;
      output.onText(text);
      at += unit.width;
      current = unit.escape;
    }
    return invalidEncoding(NAME, bytesBefore + at, output.currentLine());
  }

  return {
    push(piece) {
      const bytes = concat(begun, piece);
      let at = 0;
      let next = inForce;
      for (;;) {
        const unit = unitAt(bytes, at, next);
        if (at + unit.width > bytes.length) break;
        at += unit.width;
        next = unit.escape;
      }
      const text = decode(strict, bytes.subarray(0, at));
      if (text === null) throw fail(bytes.subarray(0, at));
      begun = bytes.slice(at);
      inForce = next;
      bytesBefore += at;
      output.onText(text);
    },
    end() {
      if (begun.length > 0) throw cutOff(NAME, bytesBefore, output.currentLine());
    },
  };
}

function openStrict() {
  return new TextDecoder(NAME, { fatal: true });
}

function decode(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

function unitAt(bytes: Uint8Array, at: number, inForce: Uint8Array): Unit {
  const byte = bytes[at] ?? 0;
  if (byte === ESCAPE) return { width: ESCAPE_LENGTH, escape: bytes.slice(at, at + ESCAPE_LENGTH) };
  // The runtime goes back to ASCII at a line end, as the encoding demands of its writers.
  if (byte === LINE_FEED || byte === CARRIAGE_RETURN) return { width: 1, escape: NO_ESCAPE };
  return { width: inForce[1] === DOLLAR ? 2 : 1, escape: inForce };
}
