import { hash } from './hash.js';

/** One of this many words is held out from training, and only held-out words are in the test files. */
export const HELD_OUT_OF = 5;

/** Whether a word is held out from training, the same in any case and in every language. */
export function isHeldOut(word: string): boolean {
  return hash(word.toLowerCase().normalize('NFC')) % HELD_OUT_OF === 0;
}

/** The words of a text that are not all ASCII. */
export function wordsBeyondAscii(text: string): readonly string[] {
  return (text.match(/[\p{L}\p{M}]+/gu) ?? []).filter((word) => /[^\p{ASCII}]/u.test(word));
}

/** Whether all words of a text beyond ASCII are held out. Words of ASCII are not used in training. */
export function isUnseen(text: string): boolean {
  return wordsBeyondAscii(text).every(isHeldOut);
}
