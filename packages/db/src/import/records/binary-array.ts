/** The types whose arrays are written here. */
export type ArrayType = 'uuid' | 'int' | 'text';

type Value = string | number | null;

/** Object ids of the types (pg_type.dat of Postgres; they never change). */
const typeIds: Readonly<Record<ArrayType, number>> = { uuid: 2950, int: 23, text: 25 };

const HEADER_BYTES = 20;
const NO_DIMENSION_BYTES = 12;
const LENGTH_BYTES = 4;
const INT_BYTES = 4;
const UUID_BYTES = 16;
/** In place of a length. */
const NULL = -1;
/** A UTF-16 unit takes at most three bytes of UTF-8. */
const MAX_BYTES_PER_UNIT = 3;

/** A reused buffer, which grows when an array needs it, and is given up if that makes it larger than worth keeping. */
let scratch = Buffer.alloc(262_144);
const MAX_KEPT_BYTES = 4_194_304;

/**
 * An array of one dimension in Postgres's binary format (`array_recv` and the types' own `…_recv` functions), which the driver
 * sends as it stands. Compared with text, neither side has to quote, unquote or read digits, which takes a tenth of
 * Postgres's time and a fifth of ours.
 *
 * `int` takes integers of 32 bits, `uuid` texts of 36 characters.
 */
export function binaryArray(type: ArrayType, values: readonly Value[]): Buffer {
  if (values.length === 0) return header(type, values, NO_DIMENSION_BYTES);
  const write = writers[type];
  let at = HEADER_BYTES;
  for (const value of values) {
    reserve(at, value);
    at = value === null ? scratch.writeInt32BE(NULL, at) : write(value, at);
  }
  return header(type, values, at);
}

/** Fills in the beginning, and copies the array out of the scratch buffer. */
function header(type: ArrayType, values: readonly Value[], end: number): Buffer {
  scratch.writeInt32BE(values.length === 0 ? 0 : 1, 0);
  scratch.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  scratch.writeInt32BE(typeIds[type], 8);
  if (values.length > 0) {
    scratch.writeInt32BE(values.length, NO_DIMENSION_BYTES);
    scratch.writeInt32BE(1, NO_DIMENSION_BYTES + INT_BYTES);
  }
  const array = Buffer.from(scratch.subarray(0, end));
  if (scratch.length > MAX_KEPT_BYTES) scratch = Buffer.alloc(MAX_KEPT_BYTES);
  return array;
}

/** Makes room for one more element. */
function reserve(at: number, value: Value): void {
  const units = typeof value === 'string' ? value.length : UUID_BYTES;
  const needed = at + LENGTH_BYTES + units * MAX_BYTES_PER_UNIT;
  if (needed <= scratch.length) return;
  const larger = Buffer.alloc(needed * 2);
  scratch.copy(larger, 0, 0, at);
  scratch = larger;
}

/** Where the bytes of a UUID are in its text. */
const hexPairs = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;

function hexDigit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  // '9' is 57; beyond are a to f, or A to F.
  return code <= 57 ? code - 48 : (code | 32) - 87;
}

/** Writes the length and the bytes of a value at a position, and returns the position after it. */
type Write = (value: string | number, at: number) => number;

const writers: Readonly<Record<ArrayType, Write>> = {
  // Twice as fast as `scratch.write(…, 'hex')`, which needs the text without hyphens; a row has a dozen of them.
  uuid(value, at) {
    const text = String(value);
    let next = scratch.writeInt32BE(UUID_BYTES, at);
    for (const pair of hexPairs) {
      scratch[next] = (hexDigit(text, pair) << 4) | hexDigit(text, pair + 1);
      next += 1;
    }
    return next;
  },
  int(value, at) {
    return scratch.writeInt32BE(Number(value), scratch.writeInt32BE(INT_BYTES, at));
  },
  text(value, at) {
    const length = scratch.write(String(value), at + LENGTH_BYTES);
    return scratch.writeInt32BE(length, at) + length;
  },
};
