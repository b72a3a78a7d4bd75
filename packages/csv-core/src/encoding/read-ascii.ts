import { concat } from './decode-utf8.js';
import type { TextOutput } from './invalid-encoding.js';
import type { EncodingDoubt } from './text-encoding.js';

/** The part of a file in which every byte is ASCII. */
export interface AsciiReader {
  /**
   * Hands out text up to the first byte that may not be ASCII, and returns the bytes from there: one beyond ASCII, or the
   * beginning of text in ISO-2022-JP.
   */
  push(bytes: Uint8Array): Uint8Array;
  /** The last bytes that were handed out, of the line that is not complete. */
  context(): Uint8Array;
  /** How many bytes were handed out. */
  length(): number;
  /** Hands out what is held back, when the file ends. */
  end(): void;
  /** What in the text looks like another encoding of seven bits than ISO-2022-JP; null when nothing does. */
  doubt(): EncodingDoubt | null;
}

const ESCAPE = '\u001b';
const LF = 0x0a;
const CR = 0x0d;

/**
 * ESC `$ @` and `$ B` begin kanji in ISO-2022-JP, `( J` and `( I` Japanese ASCII and katakana. `( B` only leads back to
 * ASCII, and terminals write it too.
 */
const ISO_2022_JP_START = new RegExp(`${ESCAPE}(?:\\$[@B]|\\([JI])`);
/** What may become one with the bytes that follow. */
const BEGUN_ESCAPE = new RegExp(`${ESCAPE}[$(]?$`);
/** Another escape, or that with which HZ begins Chinese. */
const DOUBTFUL = new RegExp(`${ESCAPE}|~\\{`);

/** @param contextLength bytes to remember */
export function createAsciiReader(output: TextOutput, contextLength: number): AsciiReader {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let held: Uint8Array = new Uint8Array(0);
  let context: Uint8Array = held;
  let length = 0;
  let isDoubtful = false;
  let lastCharacter = '';

  /** The bytes as text, or null if not all of them are ASCII. */
  function readAscii(bytes: Uint8Array): string | null {
    try {
      const text = decoder.decode(bytes);
      return text.length === bytes.length ? text : null;
    } catch {
      return null;
    }
  }

  function handOut(bytes: Uint8Array, text: string): void {
    isDoubtful ||= DOUBTFUL.test(lastCharacter + text);
    lastCharacter = text.slice(-1);
    length += bytes.length;
    context = concat(context, bytes.subarray(-contextLength)).slice(-contextLength);
    output.onText(text);
  }

  return {
    push(piece) {
      const bytes = concat(held, piece);
      held = new Uint8Array(0);
      const whole = readAscii(bytes);
      const asciiLength = whole === null ? bytes.findIndex((byte) => byte >= 0x80) : bytes.length;
      const text = whole ?? decoder.decode(bytes.subarray(0, asciiLength));
      const escapeAt = text.search(ISO_2022_JP_START);
      const begunAt = whole === null ? -1 : text.search(BEGUN_ESCAPE);
      const end = escapeAt >= 0 ? escapeAt : begunAt >= 0 ? begunAt : asciiLength;
      if (end > 0) handOut(bytes.subarray(0, end), text.slice(0, end));
      if (escapeAt < 0 && begunAt >= 0) {
        held = bytes.slice(end);
        return held.subarray(held.length);
      }
      return bytes.subarray(end);
    },
    context: () => context.subarray(lastLineStart(context)),
    length: () => length,
    end() {
      if (held.length > 0) handOut(held, decoder.decode(held));
    },
    doubt: () => (isDoubtful ? { samples: [], others: [] } : null),
  };
}

function lastLineStart(bytes: Uint8Array): number {
  return Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR)) + 1;
}
