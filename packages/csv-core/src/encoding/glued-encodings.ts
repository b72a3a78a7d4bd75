import { countUtf8 } from './decode-utf8.js';
import type { EncodingGuess } from './encoding-guess.js';
import { ALL_LANGUAGES } from './languages.js';
import { weighTexts } from './text-cost.js';
import { readWords, type WeighedEncoding } from './weigh-encodings.js';
import type { ForeignWord } from './words-beyond-ascii.js';

type Glued = Extract<EncodingGuess, { kind: 'glued' }>;

/** Two encodings must explain the words better than the best single one by so many bits. */
const LEAST_GAIN = 20;
/** The same for a doubt about a single word. */
const LEAST_GAIN_OF_STRAY = 10;
/** The same where none of them is UTF-8, which is harder to tell. */
const LEAST_GAIN_OF_LEGACY = 18;
/** What each part may cost per byte beyond ASCII, and some more where there are few: else neither encoding is right. */
const MOST_BITS = 8;
const BITS_OF_FEW = 20;
/** Words that read otherwise in the encoding of the other part, in either of them, where none is UTF-8. */
const LEAST_WORDS = 1;
/** The same where bytes may be refused: a single word that one encoding cannot read is damage. */
const LEAST_WORDS_OF_WIDE = 2;

/**
 * Looks for a second encoding among the words of a file, which are not all UTF-8. Null when one explains them all;
 * `damage` where all but one are UTF-8.
 */
export function findGlueLine(
  words: readonly ForeignWord[],
  weighed: readonly WeighedEncoding[],
): Glued | 'damage' | null {
  return findUtf8Part(words, weighed) ?? findLegacyParts(words, weighed);
}

/** UTF-8 and something else, in whatever order. */
function findUtf8Part(
  words: readonly ForeignWord[],
  weighed: readonly WeighedEncoding[],
): Glued | 'damage' | null {
  const part = splitUtf8(words, weighed);
  // One word in UTF-8 among others is a cell that some program has damaged before.
  if (part === null || part.gain < LEAST_GAIN || isStray(part)) return null;
  const { isUtf8, utf8, others, otherName } = part;
  // Noise has some UTF-8 in it.
  if (others.length >= utf8.length && !makesSense(part.otherBits, others)) return null;
  if (others.length === 1 && utf8.length > 1) return 'damage';
  const line = words.find((_, index) => isUtf8[index] !== isUtf8[0])?.line ?? 0;
  return { kind: 'glued', line, parts: isUtf8[0] ? ['utf-8', otherName] : [otherName, 'utf-8'] };
}

/** The position of the only word that is UTF-8 in a file of another encoding; null when there is none, or more. */
export function findStrayUtf8(
  words: readonly ForeignWord[],
  weighed: readonly WeighedEncoding[],
): number | null {
  const part = splitUtf8(words, weighed);
  return part !== null && part.gain >= LEAST_GAIN_OF_STRAY && isStray(part)
    ? part.isUtf8.indexOf(true)
    : null;
}

interface Utf8Part {
  /** Of each word. */
  readonly isUtf8: readonly boolean[];
  readonly utf8: readonly ForeignWord[];
  readonly others: readonly ForeignWord[];
  /** WHATWG name of what the others seem to be. */
  readonly otherName: string;
  /** What the others cost in it. */
  readonly otherBits: number;
  /** By how many bits two encodings explain the words better than the best single one. */
  readonly gain: number;
}

function isStray({ utf8, others }: Utf8Part): boolean {
  return utf8.length === 1 && others.length > 1;
}

/** Null when there are no words of both kinds. */
function splitUtf8(words: readonly ForeignWord[], weighed: readonly WeighedEncoding[]): Utf8Part | null {
  const utf8Bits = weighAsUtf8(words);
  const [single] = weighed;
  // The words that may be UTF-8 are taken from the sum, so that what an encoding costs by itself stays in it.
  const rest = cheapest(weighed, ({ wordBits, bits }) =>
    wordBits.reduce((sum, own, index) => sum - (utf8Bits[index] === null ? 0 : own), bits),
  );
  if (rest === null || single === undefined) return null;
  const restBits = rest.of.wordBits;
  const isUtf8 = words.map(({ bytes }, index) => {
    const bits = utf8Bits[index] ?? null;
    // What is valid by chance makes less sense than in the other encoding; of three bytes hardly any character is.
    return bits !== null && (countUtf8(bytes).long > 0 || bits <= (restBits[index] ?? 0));
  });
  const utf8 = words.filter((_, index) => isUtf8[index]);
  const others = words.filter((_, index) => !isUtf8[index]);
  if (utf8.length === 0 || others.length === 0) return null;
  const bits = utf8Bits.reduce<number>(
    (sum, own, index) => sum + (own === null ? 0 : isUtf8[index] ? own : (restBits[index] ?? 0)),
    rest.bits,
  );
  const otherBits = restBits.reduce((sum, own, index) => sum + (isUtf8[index] ? 0 : own), 0);
  return { isUtf8, utf8, others, otherName: rest.of.name, otherBits, gain: single.bits - bits };
}

function makesSense(bits: number, words: readonly ForeignWord[]): boolean {
  const high = words.reduce((sum, { bytes }) => sum + bytes.filter((byte) => byte >= 0x80).length, 0);
  return bits - BITS_OF_FEW <= MOST_BITS * high;
}

/** What each word costs in UTF-8; null for one that it cannot be. */
function weighAsUtf8(words: readonly ForeignWord[]): readonly (number | null)[] {
  const valid = words.filter(({ bytes }) => isValid(bytes));
  const { texts } = weighTexts(readWords('utf-8', valid), ALL_LANGUAGES);
  const bits = new Map(valid.map((word, index) => [word, texts[index] ?? 0]));
  return words.map((word) => bits.get(word) ?? null);
}

function isValid(bytes: Uint8Array): boolean {
  const { invalid, isCut } = countUtf8(bytes);
  return invalid === 0 && !isCut;
}

/** One encoding up to some word, and another one from there on. */
function findLegacyParts(words: readonly ForeignWord[], weighed: readonly WeighedEncoding[]): Glued | null {
  const [single] = weighed;
  if (single === undefined || words.length < 2 * LEAST_WORDS) return null;
  const sums = weighed.map((encoding) => ({ encoding, ...prefixSums(encoding) }));
  let best: { readonly bits: number; readonly line: number; readonly parts: Glued['parts'] } | null = null;
  for (const [at, { line }] of words.entries()) {
    if (at < LEAST_WORDS || at > words.length - LEAST_WORDS) continue;
    const first = cheapest(sums, ({ before, own }) => own + (before[at] ?? 0));
    const second = cheapest(sums, ({ before, own, all }) => own + all - (before[at] ?? 0));
    if (first === null || second === null) continue;
    const bits = first.bits + second.bits;
    if (bits >= (best?.bits ?? single.bits - LEAST_GAIN_OF_LEGACY)) continue;
    if (!readOtherwise(first.of.encoding, second.of.encoding, at)) continue;
    if (!makesSense(first.bits, words.slice(0, at)) || !makesSense(second.bits, words.slice(at))) continue;
    best = { bits, line, parts: [first.of.encoding.name, second.of.encoding.name] };
  }
  return best === null ? null : { kind: 'glued', line: best.line, parts: best.parts };
}

/** Whether the words before a place and those from there on read otherwise in the encoding of the other part. */
function readOtherwise(first: WeighedEncoding, second: WeighedEncoding, at: number): boolean {
  const differs = first.texts.map((text, index) => text !== second.texts[index]);
  const count = (from: number, to: number) => differs.slice(from, to).filter(Boolean).length;
  const least = first.isSingleByte && second.isSingleByte ? LEAST_WORDS : LEAST_WORDS_OF_WIDE;
  return count(0, at) >= least && count(at, differs.length) >= least;
}

interface PrefixSums {
  /** What the encoding costs by itself. */
  readonly own: number;
  /** Bits of the words before each of them, and of all at the end. */
  readonly before: readonly number[];
  readonly all: number;
}

function prefixSums({ bits, wordBits }: WeighedEncoding): PrefixSums {
  const before = [0];
  let all = 0;
  for (const value of wordBits) {
    all += value;
    before.push(all);
  }
  return { own: bits - all, before, all };
}

function cheapest<T>(
  candidates: readonly T[],
  bitsOf: (candidate: T) => number,
): { readonly of: T; readonly bits: number } | null {
  let best: { readonly of: T; readonly bits: number } | null = null;
  for (const candidate of candidates) {
    const bits = bitsOf(candidate);
    if (best === null || bits < best.bits) best = { of: candidate, bits };
  }
  return best;
}
