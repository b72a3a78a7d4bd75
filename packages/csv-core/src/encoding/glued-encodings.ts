import { countUtf8 } from './decode-utf8.js';
import type { EncodingGuess } from './guess-encoding.js';
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

/** Looks for a second encoding among the words of a file, which are not all UTF-8. Null when one explains them all. */
export function findGlueLine(
  words: readonly ForeignWord[],
  weighed: readonly WeighedEncoding[],
): Glued | null {
  return findUtf8Part(words, weighed) ?? findLegacyParts(words, weighed);
}

/** UTF-8 and something else, in whatever order. */
function findUtf8Part(words: readonly ForeignWord[], weighed: readonly WeighedEncoding[]): Glued | null {
  const isUtf8 = words.map(({ bytes }) => isValid(bytes));
  const utf8 = words.filter((_, index) => isUtf8[index]);
  const [single] = weighed;
  if (utf8.length === 0 || utf8.length === words.length || single === undefined) return null;
  const asUtf8 = weighTexts(readWords('utf-8', utf8), ALL_LANGUAGES).total;
  const rest = cheapest(weighed, ({ wordBits }) =>
    wordBits.reduce((sum, bits, index) => sum + (isUtf8[index] ? 0 : bits), 0),
  );
  if (rest === null || asUtf8 + rest.bits + LEAST_GAIN > single.bits) return null;
  const others = words.filter((_, index) => !isUtf8[index]);
  const [firstOther] = others;
  const changed = words.find((_, index) => isUtf8[index] !== isUtf8[0]);
  // A single word that does not fit among many that do is damage, wherever it stands.
  const isDamage = others.length === 1 && utf8.length > 1;
  const line = (isDamage ? firstOther : changed)?.line ?? 0;
  const parts = isDamage || isUtf8[0] ? (['utf-8', rest.name] as const) : ([rest.name, 'utf-8'] as const);
  return { kind: 'glued', line, parts };
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
