import { hash } from './hash.js';

/** Of so many words one is kept from training; only those are measured with. */
export const HELD_OUT_OF = 5;

/** Whether a word is kept from training, whatever its case and in whichever language. */
export function isHeldOut(word: string): boolean {
  return hash(word.toLowerCase().normalize('NFC')) % HELD_OUT_OF === 0;
}

/** The words of a text that are not all ASCII. */
export function wordsBeyondAscii(text: string): readonly string[] {
  return (text.match(/[\p{L}\p{M}]+/gu) ?? []).filter((word) => /[^\p{ASCII}]/u.test(word));
}

/** Whether a model may not have seen any word of a text; what is ASCII tells nothing and does not count. */
export function isUnseen(text: string): boolean {
  return wordsBeyondAscii(text).every(isHeldOut);
}
