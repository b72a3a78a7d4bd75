import { giveBackSlabs, SLAB_BYTES, takeSlab } from './slabs.js';

/** How many strings are kept decoded, and how long they may be: a column of countries needs the same few. */
const READY_LENGTH = 4_096;
const READY_TEXT_LENGTH = 200;

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
  /** Gives the memory back. Afterwards there are no strings. */
  release(): void;
}

export function createStringStore(): StringStore {
  const texts = createBytes();
  const ends = createBytes();
  const end = Buffer.alloc(END_BYTES);
  let count = 0;
  const readyIndexes = new Int32Array(READY_LENGTH).fill(-1);
  const ready: (string | undefined)[] = [];

  const endOf = (index: number) => ends.read(index * END_BYTES, (index + 1) * END_BYTES).readUInt32LE();

  function find(index: number): string | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= count) return undefined;
    return texts.read(index === 0 ? 0 : endOf(index - 1), endOf(index)).toString();
  }

  return {
    add(text) {
      texts.write(text);
      count += 1;
      end.writeUInt32LE(texts.length);
      ends.write(end);
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
      return texts.length + ends.length;
    },
    release() {
      count = 0;
      readyIndexes.fill(-1);
      texts.release();
      ends.release();
    },
  };
}

/** Where a string ends. */
const END_BYTES = Uint32Array.BYTES_PER_ELEMENT;

/** Bytes that are written one after the other into slabs, across their borders. */
function createBytes() {
  const slabs: Buffer[] = [];
  let length = 0;

  /** The slab that byte is in, or is to be written to. */
  function slabAt(position: number): Buffer {
    const number = Math.floor(position / SLAB_BYTES);
    const slab = slabs[number] ?? takeSlab();
    slabs[number] = slab;
    return slab;
  }

  function writeBytes(bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) {
      const copied = bytes.copy(slabAt(length), length % SLAB_BYTES, done);
      done += copied;
      length += copied;
    }
  }

  return {
    write(content: string | Buffer) {
      if (typeof content !== 'string') return writeBytes(content);
      const at = length % SLAB_BYTES;
      // No character takes more than three bytes for each of its UTF-16 units.
      if (at + 3 * content.length > SLAB_BYTES) return writeBytes(Buffer.from(content));
      length += slabAt(length).write(content, at);
    },
    read(start: number, end: number): Buffer {
      const first = slabAt(start);
      const at = start % SLAB_BYTES;
      if (at + end - start <= SLAB_BYTES) return first.subarray(at, at + end - start);
      const parts = [first.subarray(at)];
      for (let next = start + SLAB_BYTES - at; next < end; next += SLAB_BYTES) {
        parts.push(slabAt(next).subarray(0, end - next));
      }
      return Buffer.concat(parts);
    },
    get length() {
      return length;
    },
    release() {
      giveBackSlabs(slabs.splice(0));
      length = 0;
    },
  };
}
