import { countUtf8 } from './decode-utf8.js';
import type { EncodingGuess } from './encoding-guess.js';
import { ALL_LANGUAGES } from './languages.js';
import { weighTexts } from './text-cost.js';
import { readWords, type WeighedEncoding } from './weigh-encodings.js';
import type { ForeignWord } from './words-beyond-ascii.js';

type Glued = Extract<EncodingGuess, { kind: 'glued' }>;

/** Two encodings must explain the words better than the best single one by so many bits. */
const LEAST_GAIN = 20;
/** The same where none of them is UTF-8, which is much harder to tell. */
const LEAST_GAIN_OF_LEGACY = 50;
/** What is explained anew must have been so many times as surprising. */
const LEAST_RATIO = 1.5;
/** Words of either part where none is UTF-8. */
const LEAST_WORDS = 3;

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
  if (part === null || isStray(part)) return null;
  const { isUtf8, utf8, others, otherName } = part;
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
  return part !== null && isStray(part) ? part.isUtf8.indexOf(true) : null;
}

interface Utf8Part {
  /** Of each word. */
  readonly isUtf8: readonly boolean[];
  readonly utf8: readonly ForeignWord[];
  readonly others: readonly ForeignWord[];
  /** WHATWG name of what the others seem to be. */
  readonly otherName: string;
}

function isStray({ utf8, others }: Utf8Part): boolean {
  return utf8.length === 1 && others.length > 1;
}

/** Null when UTF-8 explains no word much better than the encoding that explains them all. */
function splitUtf8(words: readonly ForeignWord[], weighed: readonly WeighedEncoding[]): Utf8Part | null {
  const isUtf8 = words.map(({ bytes }) => isValid(bytes));
  const utf8 = words.filter((_, index) => isUtf8[index]);
  const others = words.filter((_, index) => !isUtf8[index]);
  const [single] = weighed;
  if (utf8.length === 0 || others.length === 0 || single === undefined) return null;
  const asUtf8 = weighTexts(readWords('utf-8', utf8), ALL_LANGUAGES).total;
  // The words that are UTF-8 are taken from the sum, so that what an encoding costs by itself stays in it.
  const rest = cheapest(weighed, ({ wordBits, bits }) =>
    wordBits.reduce((sum, own, index) => sum - (isUtf8[index] ? own : 0), bits),
  );
  if (rest === null || asUtf8 + rest.bits + LEAST_GAIN > single.bits) return null;
  return { isUtf8, utf8, others, otherName: rest.name };
}

function isValid(bytes: Uint8Array): boolean {
  const { invalid, isCut } = countUtf8(bytes);
  return invalid === 0 && !isCut;
}

/** One encoding up to some word, and another one from there on. */
function findLegacyParts(words: readonly ForeignWord[], weighed: readonly WeighedEncoding[]): Glued | null {
  const [single] = weighed;
  if (single === undefined || words.length < 2 * LEAST_WORDS) return null;
  const sums = weighed.map(({ name, wordBits }) => ({ name, before: prefixSums(wordBits) }));
  const all = prefixSums(single.wordBits);
  const total = all.at(-1) ?? 0;
  let best = { bits: total - LEAST_GAIN_OF_LEGACY, at: 0, first: single.name, second: single.name };
  for (let at = LEAST_WORDS; at <= words.length - LEAST_WORDS; at += 1) {
    const first = cheapest(sums, ({ before }) => before[at] ?? 0);
    const second = cheapest(sums, ({ before }) => (before.at(-1) ?? 0) - (before[at] ?? 0));
    if (first === null || second === null || first.name === second.name) continue;
    const before = all[at] ?? 0;
    const isBetter =
      (first.name === single.name || before > LEAST_RATIO * first.bits) &&
      (second.name === single.name || total - before > LEAST_RATIO * second.bits);
    const bits = first.bits + second.bits;
    if (isBetter && bits < best.bits) best = { bits, at, first: first.name, second: second.name };
  }
  const line = words[best.at]?.line;
  if (best.at === 0 || line === undefined) return null;
  return { kind: 'glued', line, parts: [best.first, best.second] };
}

function prefixSums(values: readonly number[]): readonly number[] {
  const sums = [0];
  for (const value of values) sums.push((sums.at(-1) ?? 0) + value);
  return sums;
}

function cheapest<T extends { readonly name: string }>(
  encodings: readonly T[],
  bitsOf: (encoding: T) => number,
): { readonly name: string; readonly bits: number } | null {
  let best: { readonly name: string; readonly bits: number } | null = null;
  for (const encoding of encodings) {
    const bits = bitsOf(encoding);
    if (best === null || bits < best.bits) best = { name: encoding.name, bits };
  }
  return best;
}
