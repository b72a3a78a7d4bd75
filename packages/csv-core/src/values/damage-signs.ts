import { beginsLikeNull, isNullDate, isNullInTyped } from './null-words.js';
import { isSpreadsheetError } from './spreadsheet-error.js';

/** A cell has a character beyond ASCII. */
export const BEYOND_ASCII = 4;
/** A cell has an ampersand, as HTML entities do, or a question mark, which may stand for a lost letter. */
const AMPERSAND = 1;
const QUESTION_MARK = 2;

const signs = new Uint8Array(0x80);
signs['&'.charCodeAt(0)] = AMPERSAND;
signs['?'.charCodeAt(0)] = QUESTION_MARK;

/** Up to this length a loop is faster than the searches that strings have. */
const SHORT = 40;
const BEYOND = /[^\0-\x7f]/;

/** What the characters of a cell are signs of, as a sum of the constants above. */
export function signsIn(text: string): number {
  if (text.length > SHORT) {
    const letters = BEYOND.test(text) ? BEYOND_ASCII : 0;
    return letters + (text.includes('&') ? AMPERSAND : 0) + (text.includes('?') ? QUESTION_MARK : 0);
  }
  let found = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    found |= unit < 0x80 ? (signs[unit] ?? 0) : BEYOND_ASCII;
  }
  return found;
}

/** What the first character of a cell says: nothing, that it may stand for a missing value, or that it needs a look. */
const PLAIN = 0;
const MISSING = 1;
const SUSPECT = 2;
const firsts = Uint8Array.from({ length: 0x80 }, (_, first) => (beginsLikeNull(first) ? MISSING : PLAIN));
for (const first of '#E0') firsts[first.charCodeAt(0)] = MISSING;
for (const first of " \t'=") firsts[first.charCodeAt(0)] = SUSPECT;
for (const first of 'tT1') firsts[first.charCodeAt(0)] = MISSING;

/** Dashes that stand for nothing. */
const MAX_DASHES = 2;

/**
 * Whether a filled cell may be damaged, so that it needs a closer look. Asked of every cell, so it rules out nearly all
 * of them quickly.
 *
 * @param found the {@link signsIn signs in} the cell
 */
export function mayBeDamaged(text: string, found: number): boolean {
  if ((found & (AMPERSAND | QUESTION_MARK)) !== 0) return true;
  const first = text.charCodeAt(0);
  if (first >= 0x80) return text.length <= MAX_DASHES;
  const kind = firsts[first];
  if (kind === PLAIN) return false;
  return kind === SUSPECT || mayBeMissing(text, first);
}

const ANY_SIGN = /[^\0-%'->@-\x7f]/;

/** Whether a cell may have signs of damage or be damaged. Quick for parts of a long text, as a reader gives them. */
export function mayHaveSigns(text: string, first: number): boolean {
  if (first >= 0x80 || firsts[first] === SUSPECT || ANY_SIGN.test(text)) return true;
  return firsts[first] === MISSING && mayBeMissing(text, first);
}

/** Names that begin like a word for a missing value are mostly longer than all of them. */
const MAX_MISSING = 40;

function mayBeMissing(text: string, first: number): boolean {
  if (first === 0x30) return text.charCodeAt(1) === 0x30 || text.startsWith('0001-');
  if (first === 0x31) return (text.startsWith('1900') || text.startsWith('1/0/')) && isNullDate(text);
  if (text.length > MAX_MISSING) return false;
  if (first === 0x74 || first === 0x54) return text.charCodeAt(3) === 0x3a;
  const word = text.trim();
  return isNullInTyped(word) || isSpreadsheetError(word);
}
