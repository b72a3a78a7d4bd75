import leven from 'leven';
import { FOREIGN_WORDS } from './foreign-words.js';
import { headerWords, withoutIdleWords } from './header-words.js';

/** A header, translated into the words by which names are compared. */
export interface Reading {
  readonly words: readonly string[];
  /** Whether the spelling of a word was corrected. */
  readonly isGuess: boolean;
}

/** Reads headers of several languages. */
export interface Dictionary {
  /** @param corrects whether misspelled words are corrected, which takes most of the time. Default true */
  readonly read: (header: string, corrects?: boolean) => Reading;
}

/** The meanings of words and of phrases of several words. */
type Meanings = Map<string, readonly string[]>;

/** Corrects a misspelled word: gives the known word that it is meant to be, or null. */
type Speller = (word: string, mistakes: number) => string | null;

/** Words in the longest entry. */
const MAX_ENTRY_WORDS = 4;
/** Characters in the longest entry in Chinese, Japanese or Korean. */
const MAX_ENTRY_IDEOGRAPHS = 12;
/** A header with more words is a sentence, whose spelling is not corrected. */
const MAX_CORRECTED_WORDS = 4;
const MIN_CORRECTED_LENGTH = 4;
/** From this length on, one letter may be wrong. A shorter word would become another word (`Games` and `Names`). */
const MIDDLE_WORD = 7;
/** From this length on, two letters may be wrong. */
const LONG_WORD = 9;
/** The distance of two swapped letters, which are a likelier mistake than one letter too many. */
const SWAP = 0.8;
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/**
 * Creates a dictionary that also has the words of these names of columns, each name also written as one word
 * (`ordernumber`).
 */
export function createDictionary(names: readonly string[]): Dictionary {
  const meanings = foreignMeanings();
  for (const name of names) addName(name, meanings);
  const correct = createSpeller(meanings);
  return {
    read: (header, corrects = true) => {
      const all = headerWords(header);
      const words = withoutIdleWords(all);
      const plain = { words: readWords(words, meanings), isGuess: false };
      if (!corrects || all.length > MAX_CORRECTED_WORDS || plain.words.every((word) => meanings.has(word)))
        return plain;
      const corrected = correctWords(words, meanings, correct) ?? correctWhole(all, meanings, correct);
      return corrected ? { words: readWords(corrected, meanings), isGuess: true } : plain;
    },
  };
}

function foreignMeanings(): Meanings {
  const meanings: Meanings = new Map();
  for (const line of FOREIGN_WORDS.trim().split(/\n {2}(?! )/)) {
    const [meaning = '', list = ''] = line.split(' = ');
    for (const entry of [meaning, ...list.split(/[,;]/)]) {
      const key = withoutIdleWords(headerWords(entry)).join(' ');
      if (key !== '' && !meanings.has(key)) meanings.set(key, meaning.split(' '));
    }
  }
  return meanings;
}

function addName(name: string, meanings: Meanings): void {
  const words = readWords(withoutIdleWords(headerWords(name)), meanings);
  for (const word of words) if (!meanings.has(word)) meanings.set(word, [word]);
  const joined = headerWords(name).join('');
  if (!meanings.has(joined)) meanings.set(joined, words);
}

/** Translates words into English where the dictionary has them, without repetitions. */
function readWords(words: readonly string[], meanings: Meanings): readonly string[] {
  const read = new Set<string>();
  for (let at = 0; at < words.length; ) {
    const entry = longestEntry(words, at, meanings);
    const word = words[at] ?? '';
    for (const part of entry?.meaning ?? readWord(word, meanings) ?? [word]) read.add(part);
    at += entry?.length ?? 1;
  }
  return [...read];
}

interface Entry {
  readonly meaning: readonly string[];
  /** The number of words of the header. */
  readonly length: number;
}

function longestEntry(words: readonly string[], at: number, meanings: Meanings): Entry | null {
  for (let length = Math.min(MAX_ENTRY_WORDS, words.length - at); length > 0; length -= 1) {
    const meaning = meanings.get(words.slice(at, at + length).join(' '));
    if (meaning) return { meaning, length };
  }
  return null;
}

function readWord(word: string, meanings: Meanings): readonly string[] | null {
  const known = meanings.get(word) ?? singular(word, meanings);
  if (known) return known;
  return IDEOGRAPHS.test(word) ? divideIdeographs(word, meanings) : divideCompound(word, meanings);
}

function singular(word: string, meanings: Meanings): readonly string[] | undefined {
  return /[a-z]{3}(?<!s)s$/.test(word) ? meanings.get(word.slice(0, -1)) : undefined;
}

/** Words of two letters that end a compound. Other words of two letters are found there only by chance. */
const SHORT_ENDS: ReadonlySet<string> = new Set(['nr', 'id']);

/** Divides a compound of two known words: `Bestell|nummer`, `User|name`. */
function divideCompound(word: string, meanings: Meanings): readonly string[] | null {
  for (let at = 3; at <= word.length - 2; at += 1) {
    const end = word.slice(at);
    const [left, right] = [meanings.get(word.slice(0, at)), meanings.get(end)];
    if (left && right && (end.length > 2 || SHORT_ENDS.has(end))) return [...left, ...right];
  }
  return null;
}

/**
 * Divides `支援者|メール|アドレス`, from left to right always at the longest known word. Text between known words is a word
 * of its own. Null when no word is known.
 */
function divideIdeographs(word: string, meanings: Meanings): readonly string[] | null {
  const parts: string[] = [];
  let unknown = '';
  let isKnown = false;
  for (let at = 0; at < word.length; ) {
    const length = longestPrefix(word, at, meanings);
    if (length === 0) unknown += word.charAt(at);
    else {
      isKnown = true;
      parts.push(unknown, ...(meanings.get(word.slice(at, at + length)) ?? []));
      unknown = '';
    }
    at += Math.max(length, 1);
  }
  return isKnown ? withoutIdleWords([...parts, unknown].filter((part) => part !== '')) : null;
}

function longestPrefix(word: string, at: number, meanings: Meanings): number {
  for (let length = Math.min(MAX_ENTRY_IDEOGRAPHS, word.length - at); length > 0; length -= 1) {
    if (meanings.has(word.slice(at, at + length))) return length;
  }
  return 0;
}

/** Corrects misspelled words; null if there is nothing to correct. */
function correctWords(
  words: readonly string[],
  meanings: Meanings,
  correct: Speller,
): readonly string[] | null {
  let isCorrected = false;
  const corrected = words.map((word) => {
    const right = readWord(word, meanings) ? null : correct(word, word.length < LONG_WORD ? 1 : 2);
    if (right !== null) isCorrected = true;
    return right ?? word;
  });
  return isCorrected ? corrected : null;
}

/** Corrects `E-mial` or `Quan tity`, where the hyphen or the space is part of the mistake. */
function correctWhole(
  words: readonly string[],
  meanings: Meanings,
  correct: Speller,
): readonly string[] | null {
  if (words.length === 1) return null;
  const joined = words.join('');
  const right = meanings.has(joined) ? joined : correct(joined, 1);
  return right === null ? null : [right];
}

function createSpeller(meanings: Meanings): Speller {
  const known = [...meanings.keys()].filter((word) => /^[a-z]{5,}$/.test(word));
  return (word, mistakes) => {
    if (word.length < MIN_CORRECTED_LENGTH || !/^[a-z]+$/.test(word)) return null;
    let right: string | null = null;
    let least = mistakes + 1;
    for (const candidate of known) {
      if (Math.abs(word.length - candidate.length) > mistakes) continue;
      const unlike = unlikeEnds(word, candidate);
      if (unlike === 2) continue;
      // Of two candidates with the same distance, prefers the one with the same first and last letter.
      const distance = spellingDistance(word, candidate) + unlike / 4;
      if (distance < least) [right, least] = [candidate, distance];
    }
    return right;
  };
}

/** How many of the first and the last letter differ. In most typing errors at least one of them is right. */
function unlikeEnds(word: string, candidate: string): number {
  return Number(word.charAt(0) !== candidate.charAt(0)) + Number(word.slice(-1) !== candidate.slice(-1));
}

/** The number of mistakes; infinite where a short word would become another word. */
function spellingDistance(word: string, candidate: string): number {
  if (isSwap(word, candidate)) return SWAP;
  if (word.length < MIDDLE_WORD && word.length === candidate.length) return Number.POSITIVE_INFINITY;
  return leven(word, candidate, { maxDistance: 3 });
}

function isSwap(word: string, candidate: string): boolean {
  if (word.length !== candidate.length) return false;
  let at = 0;
  while (at < word.length && word.charAt(at) === candidate.charAt(at)) at += 1;
  const swapped = word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  return candidate.slice(at) === swapped;
}
