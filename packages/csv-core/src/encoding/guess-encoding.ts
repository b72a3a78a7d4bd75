import { USUAL } from './candidate-encodings.js';
import { readCoincidence } from './coincidence.js';
import { countUtf8 } from './decode-utf8.js';
import type { EncodingGuess } from './encoding-guess.js';
import { findGlueLine, findStrayUtf8 } from './glued-encodings.js';
import { findStrayWords } from './stray-words.js';
import type { EncodingDoubt } from './text-encoding.js';
import { type WeighedEncoding, weighEncodings } from './weigh-encodings.js';
import { collectForeignWords } from './words-beyond-ascii.js';

/** Bytes before the first one beyond ASCII that may be a part of its word. */
export const CONTEXT_LENGTH = 64;

/** A word speaks for an encoding that makes it cheaper by so many bits. */
const EVIDENCE_BITS = 2;
/** Several words must speak for leaving the usual encoding, and by so many bits in sum. */
const LEAST_WORDS = 2;
const LEAST_MARGIN = 3;
/** Many words may do it though each says little. */
const MANY_WORDS = 3;
const MARGIN_OF_MANY_WORDS = 4;
/** A single word of letters may do it, and anything at all if the usual encoding makes nonsense of it. */
const MARGIN_OF_ONE_WORD = 9;
const MARGIN_OF_ANYTHING = 14;

/** A guess is certain when what reads otherwise is less likely by so many bits. */
const CERTAIN_BITS = 14;
/**
 * Bits per character beyond ASCII of text that makes sense: up to so many, and some more where there are few. What is
 * mostly beyond ASCII varies less.
 */
const SENSE = {
  latin: { usual: 7, few: 10 },
  other: { usual: 5.7, few: 8 },
  eastAsian: { usual: 13.5, few: 10 },
} as const;
/** So much beyond that is nobody's text. */
const SENSELESS_BITS = 2.5;
const LEAST_CHARACTERS = 12;

/** What is shown of a guess. */
const SHOWN_SAMPLES = 3;
const SHOWN_OTHERS = 3;
/** What is further away is no alternative. */
const OTHERS_BITS = 24;

/**
 * Guesses the encoding of bytes that are not all ASCII: UTF-8 if they are valid, else the one in which they are the
 * least surprising text. {@link USUAL} is left only for evidence of several words.
 *
 * @param sample bytes from the first one that is not ASCII, or from up to {@link CONTEXT_LENGTH} before it in its line
 * @param isWhole whether the file ends with them
 */
export function guessEncoding(sample: Uint8Array, isWhole: boolean): EncodingGuess {
  const { invalid, isCut } = countUtf8(sample);
  const words = collectForeignWords(sample, isWhole);
  if (invalid === 0 && !(isWhole && isCut)) {
    return readCoincidence(words) ?? { kind: 'text', name: 'utf-8', isSingleByte: false, doubt: null };
  }
  const weighed = weighEncodings(words);
  const glued = findGlueLine(words, weighed);
  // The decoder will say which byte is to blame.
  if (glued === 'damage') return { kind: 'text', name: 'utf-8', isSingleByte: false, doubt: null };
  if (glued !== null) return glued;
  const chosen = choose(weighed, hasLoneReturns(sample));
  // The languages of another encoding may explain the same text better.
  const best = weighed.find((other) => !readsOtherwise(chosen, other)) ?? chosen;
  const nonsense = nonsenseOf(best);
  if (nonsense > SENSELESS_BITS && countCharacters(best, BEYOND_ASCII) >= LEAST_CHARACTERS) {
    return { kind: 'senseless', doubt: doubtOf(best, weighed) };
  }
  const { name, isSingleByte } = chosen;
  const strayUtf8 = findStrayUtf8(words, weighed);
  const stray = strayUtf8 === null ? findStrayWords(best, weighed) : { at: [strayUtf8], encoding: 'utf-8' };
  if (stray !== null) {
    const samples = best.texts.filter((_, index) => stray.at.includes(index));
    return { kind: 'text', name, isSingleByte, doubt: doubt(samples, [stray.encoding]) };
  }
  const isCertain = gapOf(best, weighed) >= CERTAIN_BITS && nonsense <= 0;
  return { kind: 'text', name, isSingleByte, doubt: isCertain ? null : doubtOf(best, weighed) };
}

/** By how many bits all encodings that read otherwise are less likely. */
function gapOf(best: WeighedEncoding, weighed: readonly WeighedEncoding[]): number {
  const rivals = weighed.filter((other) => readsOtherwise(best, other));
  return Math.min(...rivals.map(({ bits }) => bits)) - best.bits;
}

function choose(weighed: readonly WeighedEncoding[], hasMacLines: boolean): WeighedEncoding {
  const usual = weighed.find(({ name }) => name === USUAL.name);
  const [likeliest] = weighed;
  if (usual === undefined || likeliest === undefined) throw new RangeError('Nothing was weighed.');
  const better = weighed.slice(0, weighed.indexOf(usual));
  return better.find((other) => mayReplace(usual, other, hasMacLines)) ?? usual;
}

function mayReplace(usual: WeighedEncoding, other: WeighedEncoding, hasMacLines: boolean): boolean {
  // One character of East Asia may be any letter with an accent.
  if (!other.isSingleByte) return countCharacters(other, WIDE) > 1;
  const margin = usual.bits - other.bits;
  if (margin >= MARGIN_OF_ANYTHING) return true;
  // What reads the same matters only for what follows the sample.
  if (!readsOtherwise(usual, other)) return false;
  // Quotes and dashes stand where Western letters do, so they are no evidence of a Macintosh.
  const countsMarks = other.name !== 'macintosh' || hasMacLines;
  const differing = [...other.texts.entries()].filter(
    ([index, text]) => text !== usual.texts[index] && (countsMarks || hasLetter(text)),
  );
  const speaking = differing.filter(([index]) => bitsOf(other, index) + EVIDENCE_BITS <= bitsOf(usual, index));
  if (margin >= MARGIN_OF_ONE_WORD && speaking.some(([, text]) => isWord(text))) return true;
  if (margin >= MARGIN_OF_MANY_WORDS && differing.length >= MANY_WORDS) return true;
  return margin >= LEAST_MARGIN && speaking.length >= LEAST_WORDS;
}

const WIDE = /[^\p{ASCII}\uff61-\uff9f]/gu;
const BEYOND_ASCII = /[^\p{ASCII}]/gu;
/** Letters of other scripts than Latin. */
const NOT_LATIN = /(?!\p{Script=Latin})[\p{L}]/gu;

function countCharacters({ texts }: WeighedEncoding, kind: RegExp): number {
  return texts.reduce((sum, text) => sum + (text.match(kind)?.length ?? 0), 0);
}

/** Whether a word has letters of ASCII and others, three at least: a letter or two may be anything. */
function isWord(text: string): boolean {
  const runs = text.match(/[\p{L}\p{M}]{3,}/gu) ?? [];
  return runs.some((run) => /[a-z]/i.test(run) && hasLetter(run));
}

function hasLetter(text: string): boolean {
  return /(?![ªº])[^\p{ASCII}](?<=\p{L})/u.test(text);
}

function bitsOf({ wordBits }: WeighedEncoding, index: number): number {
  return wordBits[index] ?? 0;
}

function readsOtherwise(one: WeighedEncoding, other: WeighedEncoding): boolean {
  return one.texts.some((text, index) => text !== other.texts[index]);
}

/** By how many bits a character costs more than one of text that makes sense. */
function nonsenseOf(weighed: WeighedEncoding): number {
  const count = countCharacters(weighed, BEYOND_ASCII);
  const { usual, few } = SENSE[kindOf(weighed, count)];
  return (weighed.bits - few) / count - usual;
}

function kindOf(weighed: WeighedEncoding, count: number): keyof typeof SENSE {
  if (!weighed.isSingleByte) return 'eastAsian';
  return countCharacters(weighed, NOT_LATIN) * 2 > count ? 'other' : 'latin';
}

/** Line ends of old Macintosh programs: CR without LF. */
function hasLoneReturns(sample: Uint8Array): boolean {
  return sample.includes(CR) && !sample.includes(LF);
}

const CR = 0x0d;
const LF = 0x0a;

function doubtOf(best: WeighedEncoding, weighed: readonly WeighedEncoding[]): EncodingDoubt {
  const rivals = weighed.filter((other) => readsOtherwise(best, other));
  const near = rivals.filter(({ bits }, index) => index === 0 || bits - best.bits < OTHERS_BITS);
  const others = near.slice(0, SHOWN_OTHERS);
  const isDoubtful = (text: string, index: number) => others.some(({ texts }) => texts[index] !== text);
  return doubt(
    best.texts.filter(isDoubtful),
    others.map(({ name }) => name),
  );
}

function doubt(words: readonly string[], others: readonly string[]): EncodingDoubt {
  return { samples: words.slice(0, SHOWN_SAMPLES).map(trimWord), others };
}

/** A word comes with the byte before it and the one behind it. */
function trimWord(text: string): string {
  return text.replace(/^(?![A-Za-z])\p{ASCII}|(?![A-Za-z])\p{ASCII}$/gu, '');
}
