import { PLACES, placeInWord, singleLetters } from '../../../packages/csv-core/src/encoding/place-in-word.js';
import { readCorpus } from './corpora.js';
import { toneMarksApart } from './encode.js';
import { isHeldOut } from './held-out.js';
import { writtenLanguage } from './written-languages.js';

/** The costs of the letters beyond ASCII of a language, the frequent letters first. */
export interface LanguageModel {
  readonly language: string;
  readonly letters: readonly LetterCosts[];
}

/** The costs of a letter in half bits, by its place in the word. */
export interface LetterCosts {
  readonly letter: string;
  readonly halfBits: readonly number[];
}

/** How often each letter beyond ASCII occurs, by place. */
interface Counts {
  readonly language: string;
  readonly letters: ReadonlyMap<string, readonly number[]>;
  readonly total: number;
}

/** The largest number with one digit in base 36. */
const MOST_HALF_BITS = 35;
/** A letter with a smaller share of the letters beyond ASCII is from foreign words. */
const LEAST_SHARE = 0.0007;
const LEAST_COUNT = 2;
/** In a language with fewer letters beyond ASCII, all of them are used. */
const LITTLE_TEXT = 300;
/** The places of a letter in a language are smoothed with this many letters of all languages. */
const BORROWED = 8;
const NEVER_MET = 0.3;

/** Counts the letters of words that are not held out, and turns the counts into costs. */
export function trainModels(languages: readonly string[]): readonly LanguageModel[] {
  const counts = languages.map(countLetters);
  const shares = sharesOfPlaces(counts);
  return counts.map((count) => makeModel(count, shares));
}

function countLetters(language: string): Counts {
  const letters = new Map<string, number[]>();
  let total = 0;
  const isLatin = writtenLanguage(language).script === 'Latin';
  for (const word of trainingWords(language)) {
    const characters = isLatin ? singleLetters(Array.from(word)) : Array.from(word);
    for (const [index, letter] of characters.entries()) {
      if (letter < '\u0080') continue;
      const places = letters.get(letter) ?? Array.from({ length: PLACES }, () => 0);
      letters.set(letter, places);
      const place = placeInWord(characters, index);
      places[place] = (places[place] ?? 0) + 1;
      total += 1;
    }
  }
  return { language, letters, total };
}

/** The words for training, in lower case and without repetitions. */
function trainingWords(code: string): readonly string[] {
  const { firstNames, lastNames, places, words } = readCorpus(writtenLanguage(code));
  const found = [...firstNames, ...lastNames, ...places, ...words].flatMap(
    (text) =>
      text
        .toLowerCase()
        .replaceAll('ʼ', "'")
        .match(/[\p{L}\p{M}]+/gu) ?? [],
  );
  const unique = [...new Set(found)].filter((word) => !isHeldOut(word));
  if (code === 'vi') return unique.map(toneMarksApart);
  // Files that are not UTF-8 write Romanian letters with cedillas in place of commas.
  if (code === 'ro') return unique.flatMap((word) => [word, word.replaceAll('ș', 'ş').replaceAll('ț', 'ţ')]);
  return unique;
}

type Places = ReadonlyMap<string, readonly number[]>;

/** How often a letter is in each place, over all languages with equal weights. */
function sharesOfPlaces(counts: readonly Counts[]): Places {
  const sums = new Map<string, number[]>();
  for (const { letters, total } of counts) {
    for (const [letter, places] of letters) {
      const sum = sums.get(letter) ?? Array.from({ length: PLACES }, () => NEVER_MET);
      sums.set(letter, sum);
      for (const [place, count] of places.entries()) sum[place] = (sum[place] ?? 0) + (count / total) * 100;
    }
  }
  return new Map([...sums].map(([letter, sum]) => [letter, sum.map((value) => value / total(sum))]));
}

function makeModel({ language, letters, total: all }: Counts, shares: Places): LanguageModel {
  const least = all > LITTLE_TEXT ? Math.max(LEAST_COUNT, all * LEAST_SHARE) : 1;
  const kept = [...letters]
    .map(([letter, places]) => ({ letter, places, count: total(places) }))
    .filter(({ count }) => count >= least)
    .sort((left, right) => right.count - left.count || (left.letter < right.letter ? -1 : 1));
  const places = Array.from({ length: PLACES }, (_, place) =>
    total([...letters.values()].map((counts) => counts[place] ?? 0)),
  );
  const isConditional = writtenLanguage(language).script !== 'Latin';

  function halfBits(letter: string, counts: readonly number[], count: number): readonly number[] {
    return counts.map((met, place) => {
      const share = shares.get(letter)?.[place] ?? 0;
      const ofLetter = (count + 0.5) / (all + 0.5 * kept.length);
      const joint = ((met + BORROWED * share) / (count + BORROWED)) * ofLetter;
      // If all letters of a word are beyond ASCII, their places show nothing about the encoding.
      const ofPlace = ((places[place] ?? 0) + 4) / (all + 4 * PLACES);
      const likelihood = isConditional ? joint / ofPlace : joint;
      return Math.min(MOST_HALF_BITS, Math.max(0, Math.round(-Math.log2(likelihood) * 2)));
    });
  }

  return {
    language,
    letters: kept.map(({ letter, places: counts, count }) => ({
      letter,
      halfBits: halfBits(letter, counts, count),
    })),
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
