import { concat, countUtf8 } from './decode-utf8.js';
import { CONTEXT_LENGTH, guessEncoding } from './guess-encoding.js';
import { gluedEncodings, type TextDecoding, type TextOutput, unknownEncoding } from './invalid-encoding.js';
import { openDecoder } from './open-decoder.js';
import { createAsciiReader } from './read-ascii.js';
import { refuseControls } from './sniff-binary.js';
import type { EncodingDoubt, TextEncoding } from './text-encoding.js';
import { createUtf8Watch } from './watch-for-utf8.js';

export interface Decoder extends TextDecoding {
  /** What was decided, once the file has ended. */
  encoding(): TextEncoding;
  /** What to look at where it is a guess, once the file has ended; null when it is none. */
  doubt(): EncodingDoubt | null;
}

/** Bytes to judge by, from the first one that is not ASCII. Always so many, or what the result is would depend on luck. */
const SAMPLE_LENGTH = 65_536;
/** Where so few of them are not ASCII, so many are read. */
const LONG_SAMPLE_LENGTH = 1_048_576;
const ENOUGH_HIGH_BYTES = 500;

/**
 * Decodes a file of which the encoding is still to be found. As long as all is ASCII, text is handed out at once, for it
 * is the same in every encoding; then a sample is gathered and judged.
 */
export function createFindingDecoder(output: TextOutput): Decoder {
  const ascii = createAsciiReader(output, CONTEXT_LENGTH);
  const sample = createSample();
  let encoding: TextEncoding = { name: 'utf-8', source: 'assumed', certain: true };
  let doubt: EncodingDoubt | null = null;
  let decided: TextDecoding | null = null;

  function open(found: TextEncoding): TextDecoding {
    encoding = found;
    decided = openDecoder(found, output, ascii.length());
    return decided;
  }

  function decide(isWhole: boolean): TextDecoding {
    const bytes = sample.bytes();
    const guess = guessEncoding(concat(ascii.context(), bytes), isWhole);
    // In UTF-8 a stray control is a matter of its row; bytes that are no UTF-8 must look like text to be taken for any.
    if (guess.kind !== 'text' || guess.name !== 'utf-8' || countUtf8(bytes).invalid > 0) {
      refuseControls(bytes, isWhole);
    }
    if (guess.kind === 'glued') throw gluedEncodings(guess.parts, output.currentLine() + guess.line);
    if (guess.kind === 'senseless') throw unknownEncoding(guess.doubt.others, output.currentLine());
    doubt = guess.doubt;
    const opened = open({ name: guess.name, source: 'content', certain: doubt === null });
    const decoding = guess.isSingleByte ? watched(opened, guess.name, output) : opened;
    decided = decoding;
    decoding.push(bytes);
    return decoding;
  }

  return {
    push(bytes) {
      if (decided !== null) {
        decided.push(bytes);
        return;
      }
      const rest = sample.isEmpty() ? ascii.push(bytes) : bytes;
      if (rest.length === 0) return;
      // The rest begins with a byte beyond ASCII or else with an escape.
      if (sample.isEmpty() && (rest[0] ?? 0) < 0x80) {
        open({ name: 'iso-2022-jp', source: 'content', certain: true }).push(rest);
        return;
      }
      const surplus = sample.take(rest);
      if (surplus !== null) decide(false).push(surplus);
    },
    end() {
      const decoder = decided ?? (sample.isEmpty() ? null : decide(true));
      if (decoder !== null) {
        decoder.end();
        return;
      }
      ascii.end();
      doubt = ascii.doubt();
      encoding = { ...encoding, certain: doubt === null };
    },
    encoding: () => encoding,
    doubt: () => doubt,
  };
}

/** Any bytes are text in an encoding of one byte per character, also those of a second file behind the first one. */
function watched(decoder: TextDecoding, name: string, output: TextOutput): TextDecoding {
  const watch = createUtf8Watch();
  return {
    push(bytes) {
      const found = watch.push(bytes);
      decoder.push(found === null ? bytes : bytes.subarray(0, found.at));
      if (found !== null) throw gluedEncodings([name, 'utf-8'], output.currentLine() - found.linesBack);
    },
    end: decoder.end,
  };
}

interface Sample {
  isEmpty(): boolean;
  /** Adds bytes. Those that are too many once it is full, possibly none; null as long as it is not. */
  take(bytes: Uint8Array): Uint8Array | null;
  bytes(): Uint8Array;
}

function createSample(): Sample {
  const parts: Uint8Array[] = [];
  let length = 0;
  let highBytes = 0;

  function add(bytes: Uint8Array): void {
    parts.push(bytes.slice());
    length += bytes.length;
    for (const byte of bytes) if (byte >= 0x80) highBytes += 1;
  }

  /** The bytes that are left when it is as long as given, or null. */
  function fillTo(wanted: number, bytes: Uint8Array): Uint8Array | null {
    const taken = bytes.subarray(0, Math.max(0, wanted - length));
    add(taken);
    return length >= wanted ? bytes.subarray(taken.length) : null;
  }

  return {
    isEmpty: () => length === 0,
    take(bytes) {
      const rest = length < SAMPLE_LENGTH ? fillTo(SAMPLE_LENGTH, bytes) : bytes;
      if (rest === null) return null;
      // Whether these are enough is asked once, when it is just so long.
      if (length === SAMPLE_LENGTH && highBytes >= ENOUGH_HIGH_BYTES) return rest;
      return fillTo(LONG_SAMPLE_LENGTH, rest);
    },
    bytes: () => join(parts, length),
  };
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
