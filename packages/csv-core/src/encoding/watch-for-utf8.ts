import { countUtf8 } from './decode-utf8.js';

/** Looks for UTF-8 in a file that was taken for an encoding of one byte per character. */
export interface Utf8Watch {
  /** Call it with all bytes, in order, until it finds something. */
  push(bytes: Uint8Array): Utf8Found | null;
}

/** Where UTF-8 was noticed. */
export interface Utf8Found {
  /** Index of the byte behind the last word that was looked at, in the bytes pushed last. */
  readonly at: number;
  /** How many lines before that byte's the first word in UTF-8 is. */
  readonly linesBack: number;
}

/** Different words that are valid UTF-8, with hardly another word among them. */
const LEAST_WORDS = 3;
const LEAST_SHARE = 0.9;
/** No word of an encoding of one byte has more accents in a row than this. */
const MAX_RUN_LENGTH = 64;

const LF = 0x0a;
const CR = 0x0d;

/**
 * Any bytes are text in such encodings, so a second file in UTF-8 behind the first one would only look strange. Accents
 * that happen to be valid UTF-8 are rare: `Ã©` is no part of a word.
 */
export function createUtf8Watch(): Utf8Watch {
  let line = 0;
  let last = 0;
  let run: number[] = [];
  let firstLine = 0;
  let found = new Set<string>();
  let others = 0;

  function closeRun(): void {
    const bytes = Uint8Array.from(run);
    run = [];
    const { invalid, isCut } = countUtf8(bytes);
    if (invalid === 0 && !isCut) {
      if (found.size === 0) firstLine = line;
      found.add(String.fromCharCode(last, ...bytes));
    } else if (found.size > 0) {
      others += 1;
      // The words before were chance.
      if (others > found.size) {
        found = new Set();
        others = 0;
      }
    }
  }

  function isFound(): boolean {
    return found.size >= LEAST_WORDS && found.size >= LEAST_SHARE * (found.size + others);
  }

  return {
    push(bytes) {
      for (const [at, byte] of bytes.entries()) {
        if (byte >= 0x80) {
          if (run.length < MAX_RUN_LENGTH) run.push(byte);
          continue;
        }
        if (run.length > 0) {
          closeRun();
          if (isFound()) return { at, linesBack: line - firstLine };
        }
        if (byte === LF ? last !== CR : byte === CR) line += 1;
        last = byte;
      }
      return null;
    },
  };
}
