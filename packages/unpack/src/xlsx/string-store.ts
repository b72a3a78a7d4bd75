import { detach } from './cell-string.js';

/** How many strings are packed together. */
const PACK_LENGTH = 1_024;

/** How many strings are kept decoded, and how long they may be: a column of countries needs the same few. */
const READY_LENGTH = 4_096;
const READY_TEXT_LENGTH = 200;

interface Pack {
  readonly bytes: Buffer;
  /** Where each string ends. */
  readonly ends: Uint32Array;
}

/**
 * A long list of strings, held as UTF-8 outside of JavaScript's heap: half a million string objects would take three
 * times the memory, and the garbage collector's time as well.
 */
export interface StringStore {
  /** Halves of surrogate pairs become U+FFFD. */
  add(text: string): void;
  /** undefined when there is no such string. */
  get(index: number): string | undefined;
  /** How many bytes of memory the strings take. */
  readonly bytes: number;
}

export function createStringStore(): StringStore {
  const packs: Pack[] = [];
  let waiting: string[] = [];
  let bytes = 0;
  const readyIndexes = new Int32Array(READY_LENGTH).fill(-1);
  const ready: (string | undefined)[] = [];

  function find(index: number): string | undefined {
    const found = packs[Math.floor(index / PACK_LENGTH)];
    if (found === undefined) return waiting[index - packs.length * PACK_LENGTH];
    const at = index % PACK_LENGTH;
    const end = found.ends[at];
    return end === undefined ? undefined : found.bytes.toString('utf8', found.ends[at - 1] ?? 0, end);
  }

  return {
    add(text) {
      waiting.push(detach(text.toWellFormed()));
      bytes += Buffer.byteLength(text) + Uint32Array.BYTES_PER_ELEMENT;
      if (waiting.length < PACK_LENGTH) return;
      packs.push(packUp(waiting));
      waiting = [];
    },
    get(index) {
      const place = index % READY_LENGTH;
      if (readyIndexes[place] === index) return ready[place];
      const text = find(index);
      if (text !== undefined && text.length <= READY_TEXT_LENGTH) {
        readyIndexes[place] = index;
        ready[place] = text;
      }
      return text;
    },
    get bytes() {
      return bytes;
    },
  };
}

function packUp(strings: readonly string[]): Pack {
  const ends = new Uint32Array(strings.length);
  let end = 0;
  for (const [at, text] of strings.entries()) {
    end += Buffer.byteLength(text);
    ends[at] = end;
  }
  return { bytes: Buffer.from(strings.join('')), ends };
}
