import type { Care } from './column-cares.js';

/** A letter that became a question mark, because the encoding of another program did not have it. */
const INSIDE = /\p{L}\?+\p{L}/u;
const BESIDE = /\p{L}\?|\?\p{L}/u;
/** `Guess Who?` is a name that people choose. */
const QUESTION = / \S*\?$/;
const IN_LINK = /:\/\/|=/;

const LOST_LETTER = {
  code: 'lost_character',
  message:
    'Another program probably lost a letter here and wrote a question mark. Correct the cell, or export the file again as UTF-8.',
} as const;

/** The problem of a text in which a letter was lost; null for other text. In titles a question mark may also be meant. */
export function lostLetter(text: string, care: Care): typeof LOST_LETTER | null {
  if (!text.includes('?')) return null;
  switch (care) {
    case 'name':
    case 'place':
      return INSIDE.test(text) || (BESIDE.test(text) && !QUESTION.test(text)) ? LOST_LETTER : null;
    case 'line':
    case 'email':
      return INSIDE.test(text) && !IN_LINK.test(text) ? LOST_LETTER : null;
    default:
      return null;
  }
}
