import { normalizeHeader } from '../header/normalize-header.js';
import { IDLE_WORDS } from './foreign-words.js';

/** Letters of Latin script that Unicode does not take apart into a letter and its accent. */
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

/** Characters of the longest header that is taken for a name. */
const MAX_LENGTH = 200;

/** `customerEmail`, `OrderID`, `Address1`. */
const HUMP = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L}{3})(?=\d)/gu;
/** Not within Chinese and Japanese, where a mark between two characters is part of the word (`メール`). */
const SEPARATORS = /[^\p{L}\p{M}\p{N}#°ー]+/gu;

/**
 * The words of a header: lower-case, without accents and punctuation, humps and digits apart. Chinese and Japanese stay
 * in one piece, which only a dictionary can divide.
 */
export function headerWords(header: string): readonly string[] {
  const humps = header
    .slice(0, MAX_LENGTH)
    .replace(/\bE-?Mail/g, 'Email')
    .replace(HUMP, ' ');
  return plainText(humps)
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

/** Words that say something; all of them if none does. */
export function withoutIdleWords(words: readonly string[]): readonly string[] {
  const telling = words.filter((word) => !IDLE_WORDS.has(word));
  return telling.length === 0 ? words : telling;
}
