import { concat, countUtf8 } from './decode-utf8.js';
import { CONTEXT_LENGTH, guessEncoding } from './guess-encoding.js';
import type { TextDecoding, TextOutput } from './invalid-encoding.js';
import { openDecoder } from './open-decoder.js';
import { createAsciiReader } from './read-ascii.js';
import { refuseControls } from './sniff-binary.js';
import type { TextEncoding } from './text-encoding.js';

export interface Decoder extends TextDecoding {
  /** What was decided, once the file has ended. */
  encoding(): TextEncoding;
}

/** Bytes to judge by, from the first one that is not ASCII. */
const SAMPLE_LENGTH = 65_536;
/** Where so few of them are not ASCII, more are read, up to this length. */
const MAX_SAMPLE_LENGTH = 1_048_576;
const ENOUGH_HIGH_BYTES = 500;

/**
 * Decodes a file of which the encoding is still to be found. As long as all is ASCII, text is handed out at once, for it
 * is the same in every encoding; then a sample is gathered and judged.
 */
export function createFindingDecoder(output: TextOutput): Decoder {
  const ascii = createAsciiReader(output, CONTEXT_LENGTH);
  let encoding: TextEncoding = { name: 'utf-8', source: 'assumed', certain: true };
  let decided: TextDecoding | null = null;
  let sample: Uint8Array[] = [];
  let sampleLength = 0;
  let highBytes = 0;

  function open(found: TextEncoding, bytes: Uint8Array): TextDecoding {
    encoding = found;
    const decoder = openDecoder(found, output, ascii.length());
    decided = decoder;
    decoder.push(bytes);
    return decoder;
  }

  function gather(bytes: Uint8Array): void {
    sample.push(bytes.slice());
    sampleLength += bytes.length;
    for (const byte of bytes) if (byte >= 0x80) highBytes += 1;
  }

  function decide(isWhole: boolean): TextDecoding {
    const bytes = join(sample, sampleLength);
    sample = [];
    const guess = guessEncoding(concat(ascii.context(), bytes), isWhole);
    // In UTF-8 a stray control is a matter of its row; bytes that are no UTF-8 must look like text to be taken for any.
    if (guess.name !== 'utf-8' || countUtf8(bytes).invalid > 0) refuseControls(bytes, isWhole);
    return open({ ...guess, source: 'content' }, bytes);
  }

  return {
    push(bytes) {
      if (decided !== null) {
        decided.push(bytes);
        return;
      }
      const rest = sampleLength === 0 ? ascii.push(bytes) : bytes;
      if (rest.length === 0) return;
      // The rest begins with a byte beyond ASCII or else with an escape.
      if (sampleLength === 0 && (rest[0] ?? 0) < 0x80) {
        open({ name: 'iso-2022-jp', source: 'content', certain: true }, rest);
        return;
      }
      gather(rest);
      const enough = highBytes >= ENOUGH_HIGH_BYTES ? SAMPLE_LENGTH : MAX_SAMPLE_LENGTH;
      if (sampleLength >= enough) decide(false);
    },
    end() {
      const decoder = decided ?? (sampleLength > 0 ? decide(true) : null);
      if (decoder !== null) {
        decoder.end();
        return;
      }
      ascii.end();
      encoding = { ...encoding, certain: !ascii.isDoubtful() };
    },
    encoding: () => encoding,
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
