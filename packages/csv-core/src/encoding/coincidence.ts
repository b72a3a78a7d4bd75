import { isFrequentWord } from './east-asian-model.js';
import type { EncodingGuess } from './encoding-guess.js';
import { ALL_LANGUAGES } from './languages.js';
import { weighTexts } from './text-cost.js';
import { readWords, weighEastAsianEncodings } from './weigh-encodings.js';
import type { ForeignWord } from './words-beyond-ascii.js';

/** Bytes beyond ASCII that may be valid UTF-8 by chance: eight characters of two bytes. */
const MOST_BYTES = 16;
/** A single character is no name. */
const LEAST_BYTES = 4;

/** The other reading must be likelier by so many bits; for a doubt it is enough that UTF-8 is as unlikely as this. */
const LEAST_MARGIN = 8;
const DOUBTFUL_BITS = 18;

/**
 * The one exception to the rule that valid UTF-8 is UTF-8: a file of which all that is beyond ASCII is a Chinese,
 * Japanese or Korean name or three, of frequent characters, and would be letters of no language in UTF-8 (`谢伟` in GBK
 * is `лΰ`). Of the frequent characters of GBK 33 are valid UTF-8, of Big5 3, of EUC-KR 10 and of EUC-JP 16; of the
 * letters of UTF-8 that they are, no two stand together in a word of any language. A single such character that is all
 * there is in its cell stays UTF-8, with a doubt.
 *
 * @returns null where there is no such coincidence
 */
export function readCoincidence(words: readonly ForeignWord[]): EncodingGuess | null {
  const count = words.reduce((sum, { bytes }) => sum + bytes.filter((byte) => byte >= 0x80).length, 0);
  // A Latin letter beside an accent: no name of East Asia, and nothing has to be looked up.
  if (count > MOST_BYTES || words.some(({ bytes }) => bytes.some(isLatinLetter))) return null;
  const possible = weighEastAsianEncodings(words).filter(({ name }) =>
    words.every(({ bytes }) => isFrequentWord(bytes, name)),
  );
  const [best] = possible.sort((left, right) => left.bits - right.bits);
  if (best === undefined) return null;
  const utf8 = readWords('utf-8', words);
  const { total } = weighTexts(utf8, ALL_LANGUAGES);
  const guess = { kind: 'text', isSingleByte: false } as const;
  if (count >= LEAST_BYTES && total - best.bits >= LEAST_MARGIN) {
    return { ...guess, name: best.name, doubt: { samples: showWords(best.texts), others: ['utf-8'] } };
  }
  if (count >= LEAST_BYTES || total < DOUBTFUL_BITS) return null;
  return { ...guess, name: 'utf-8', doubt: { samples: showWords(utf8), others: [best.name] } };
}

function isLatinLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

function showWords(texts: readonly string[]): readonly string[] {
  return texts.map((text) => text.replace(/\p{ASCII}/gu, '')).slice(0, 3);
}
