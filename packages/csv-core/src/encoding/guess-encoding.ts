import { USUAL } from './candidate-encodings.js';
import { chooseEncoding } from './choose-encoding.js';
import { readCoincidence } from './coincidence.js';
import { countUtf8 } from './decode-utf8.js';
import type { EncodingGuess } from './encoding-guess.js';
import { findGlueLine, findStrayUtf8 } from './glued-encodings.js';
import { findStrayWords } from './stray-words.js';
import type { EncodingDoubt } from './text-encoding.js';
import { senseOf } from './text-sense.js';
import { readsOtherwise, type WeighedEncoding, weighEncodings } from './weigh-encodings.js';
import { collectForeignWords, type ForeignWord } from './words-beyond-ascii.js';

/** Bytes before the first one beyond ASCII that may be a part of its word. */
export const CONTEXT_LENGTH = 64;

const UTF8: EncodingGuess = { kind: 'text', name: 'utf-8', isSingleByte: false, doubt: null };

/** A guess is certain when what reads otherwise is less likely by so many bits. */
const CERTAIN_BITS = 14;

/** Words for leaving the usual encoding without a doubt. */
const LEAST_WORDS = 2;

/** What is shown of a guess. */
const SHOWN_SAMPLES = 3;
const SHOWN_OTHERS = 3;
/** What is further away is no alternative. */
const OTHERS_BITS = 24;

/**
 * Guesses the encoding of bytes that are not all ASCII: UTF-8 if they are valid, else the one in which they are the
 * least surprising text; the usual one is left only for evidence.
 *
 * @param sample bytes from the first one that is not ASCII, or from up to {@link CONTEXT_LENGTH} before it in its line
 * @param isWhole whether the file ends with them
 */
export function guessEncoding(sample: Uint8Array, isWhole: boolean): EncodingGuess {
  const { invalid, isCut } = countUtf8(sample);
  const words = collectForeignWords(sample, isWhole);
  const isCutOff = isWhole && isCut;
  if (invalid === 0 && !isCutOff) return readCoincidence(words) ?? UTF8;
  // A file in UTF-8 that ends within a character: only its last word does not fit, and the decoder will say so.
  if (invalid === 0 && words.length > 1) return UTF8;
  const weighed = weighEncodings(words);
  const glued = findGlueLine(words, weighed);
  // The decoder will say which byte is to blame.
  if (glued === 'damage') return UTF8;
  if (glued !== null) return glued;
  const chosen = chooseEncoding(weighed, hasLoneReturns(sample));
  // The languages of another encoding may explain the same text better.
  const best = weighed.find((other) => !readsOtherwise(chosen, other)) ?? chosen;
  if (senseOf(best) === 'senseless') return { kind: 'senseless', doubt: doubtOf(best, weighed) };
  const { name, isSingleByte } = chosen;
  return { kind: 'text', name, isSingleByte, doubt: findDoubt(best, weighed, words) };
}

/** Why a guess is not certain; null when it is. */
function findDoubt(
  best: WeighedEncoding,
  weighed: readonly WeighedEncoding[],
  words: readonly ForeignWord[],
): EncodingDoubt | null {
  const strayUtf8 = findStrayUtf8(words, weighed);
  const stray = strayUtf8 === null ? findStrayWords(best, weighed) : { at: [strayUtf8], encoding: 'utf-8' };
  if (stray !== null) {
    const samples = best.texts.filter((_, index) => stray.at.includes(index));
    return showDoubt(samples, [stray.encoding]);
  }
  const isCertain =
    gapOf(best, weighed) >= CERTAIN_BITS && senseOf(best) === 'sense' && hasWordsEnough(best, weighed);
  return isCertain ? null : doubtOf(best, weighed);
}

/** To leave the usual encoding for another of single bytes takes several words: whatever one says is looked at. */
function hasWordsEnough(best: WeighedEncoding, weighed: readonly WeighedEncoding[]): boolean {
  const usual = weighed.find(({ name }) => name === USUAL.name);
  if (usual === undefined || !best.isSingleByte || !readsOtherwise(usual, best)) return true;
  return best.texts.filter((text, index) => text !== usual.texts[index]).length >= LEAST_WORDS;
}

/** By how many bits all encodings that read otherwise are less likely. */
function gapOf(best: WeighedEncoding, weighed: readonly WeighedEncoding[]): number {
  const rivals = weighed.filter((other) => readsOtherwise(best, other));
  return Math.min(...rivals.map(({ bits }) => bits)) - best.bits;
}

function doubtOf(best: WeighedEncoding, weighed: readonly WeighedEncoding[]): EncodingDoubt {
  const rivals = weighed.filter((other) => readsOtherwise(best, other));
  const near = rivals.filter(({ bits }, index) => index === 0 || bits - best.bits < OTHERS_BITS);
  const others = near.slice(0, SHOWN_OTHERS);
  const isDoubtful = (text: string, index: number) => others.some(({ texts }) => texts[index] !== text);
  return showDoubt(
    best.texts.filter(isDoubtful),
    others.map(({ name }) => name),
  );
}

function showDoubt(words: readonly string[], others: readonly string[]): EncodingDoubt {
  return { samples: words.slice(0, SHOWN_SAMPLES).map(trimWord), others };
}

/** A word comes with the byte before it and the one behind it. */
function trimWord(text: string): string {
  return text.replace(/^(?![A-Za-z])\p{ASCII}|(?![A-Za-z])\p{ASCII}$/gu, '');
}

const CR = 0x0d;
const LF = 0x0a;

/** Line ends of old Macintosh programs: CR without LF. */
function hasLoneReturns(sample: Uint8Array): boolean {
  return sample.includes(CR) && !sample.includes(LF);
}
