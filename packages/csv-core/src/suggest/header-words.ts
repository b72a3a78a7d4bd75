import { normalizeHeader } from '../header/normalize-header.js';
import { IDLE_WORDS } from './foreign-words.js';

/** Latin letters that Unicode does not decompose into a letter and an accent. */
const UNDIVIDED: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  đ: 'd',
  ı: 'i',
};
const ACCENTS = /[\u0300-\u036f]/g;

/** Only so many UTF-16 units of a header are read. */
const MAX_LENGTH = 200;

/** The places in `customerEmail`, `OrderID` and `Address1` where a word begins. */
const WORD_START = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L}{3})(?=\d)/gu;
/** Everything between words. The Japanese `ー` is part of a word (`メール`). */
const SEPARATORS = /[^\p{L}\p{M}\p{N}#°ー]+/gu;

/**
 * The words of a header, in lower case, without accents and punctuation, divided also at inner capitals and digits.
 * Chinese and Japanese words are not divided here, because that needs a dictionary.
 */
export function headerWords(header: string): readonly string[] {
  const divided = header
    .slice(0, MAX_LENGTH)
    .replace(/\bE-?Mail/g, 'Email')
    .replace(WORD_START, ' ');
  return plainText(divided)
    .replace(/#/g, ' # ')
    .split(SEPARATORS)
    .filter((word) => word !== '');
}

function plainText(text: string): string {
  return normalizeHeader(text)
    .replace(/[łøæœßđı]/g, (letter) => UNDIVIDED[letter] ?? letter)
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC');
}

/** The words without those that add nothing to a name; all of them if nothing would be left. */
export function withoutIdleWords(words: readonly string[]): readonly string[] {
  const useful = words.filter((word) => !IDLE_WORDS.has(word));
  return useful.length === 0 ? words : useful;
}
