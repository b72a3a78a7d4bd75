/** A word of bytes that are not all ASCII, with the byte before it and the one behind it. */
export interface ForeignWord {
  /** What stands around the word is ASCII, and no letter; a digit is `0`. Nothing at the ends of a sample. */
  readonly bytes: Uint8Array;
  /** Line of the sample on which it is met first, from 0. */
  readonly line: number;
}

/** More says little new, and costs time for each encoding; but for a word with a byte that none before it had. */
const MAX_LENGTH = 1_536;
/** A word is rarely longer; scripts without blanks may make one of a whole cell. */
const MAX_WORD_LENGTH = 1_024;

const LF = 0x0a;
const SPACE = 0x20;
const CR = 0x0d;
const ZERO = 0x30;

/**
 * The distinct words beyond ASCII of a sample, in order: what is the same in every encoding tells nothing of it, and a
 * name that repeats tells no more than once. A word ends at what is no part of a character in any encoding: blanks,
 * delimiters, quotes and line ends.
 *
 * @param isWhole whether the file ends with the sample
 */
export function collectForeignWords(sample: Uint8Array, isWhole: boolean): readonly ForeignWord[] {
  const words = new Map<string, ForeignWord>();
  const known = new Set<number>();
  let length = 0;
  let line = 0;
  let lineAt = 0;
  for (let at = sample.findIndex(isHigh); at >= 0 && at < sample.length; at = nextHigh(sample, at)) {
    let start = at;
    while (start > 0 && at - start < MAX_WORD_LENGTH && isInWord(sample, start - 1)) start -= 1;
    let end = at + 1;
    while (end < sample.length && end - start < MAX_WORD_LENGTH && isInWord(sample, end)) end += 1;
    // What the sample ends within tells nothing for certain.
    if (end === sample.length && !isWhole && words.size > 0) break;
    line += countLineEnds(sample, lineAt, start);
    lineAt = start;
    at = end - 1;
    const high = sample.subarray(start, end).filter(isHigh);
    if (length >= MAX_LENGTH && high.every((byte) => known.has(byte))) continue;
    const bytes = withSurroundings(sample, start, end);
    const key = String.fromCharCode(...bytes);
    if (words.has(key)) continue;
    words.set(key, { bytes, line });
    length += bytes.length;
    for (const byte of high) known.add(byte);
  }
  return [...words.values()];
}

function isHigh(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80;
}

function nextHigh(sample: Uint8Array, at: number): number {
  let next = at + 1;
  while (next < sample.length && !isHigh(sample[next])) next += 1;
  return next;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= 0x39;
}

/** From 0x40 on any byte may be a part of a character; digits only in GB18030, as its second and fourth. */
function isInWord(sample: Uint8Array, at: number): boolean {
  const byte = sample[at] ?? 0;
  if (byte >= 0x40) return true;
  if (!isDigit(byte) || !isHigh(sample[at - 1])) return false;
  const isSecond = isHigh(sample[at + 1]) && isDigit(sample[at + 2]);
  return isSecond || (isDigit(sample[at - 2]) && isHigh(sample[at - 3]));
}

function withSurroundings(sample: Uint8Array, start: number, end: number): Uint8Array {
  const from = Math.max(0, start - 1);
  // A copy whatever the sample is: a Buffer's slice is none.
  const bytes = Uint8Array.from(sample.subarray(from, end + 1));
  const [before] = bytes;
  if (from < start && isDigit(before)) bytes[0] = ZERO;
  if (end < sample.length && isDigit(bytes.at(-1))) bytes[bytes.length - 1] = ZERO;
  // What stands around a word is its edge, whichever control it is; one of them parts the words when they are read.
  return bytes.map((byte) => (byte < SPACE ? LF : byte));
}

function countLineEnds(sample: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) {
    const byte = sample[at];
    if (byte === LF ? sample[at - 1] !== CR : byte === CR) count += 1;
  }
  return count;
}
