/** Draws a number from 0 to `below` - 1. The same seed always gives the same numbers. */
export type Draw = (below: number) => number;

/**
 * A random number generator (Mulberry32).
 *
 * @param seed must not depend on a cell, because the drawn numbers must reveal nothing of the file
 */
export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Without E, which would make scientific notation between digits. */
const LETTERS = 'ABCDFGHJKLMNPQRSTUVWXYZ';

/** Replaces digits and letters of a cell by others. Leading zeros, case, blanks and all other characters stay. */
export function sameShape(text: string, draw: Draw): string {
  let isLeading = true;
  return text.replace(/\p{L}|\p{Nd}/gu, (character) => {
    if (/\p{Nd}/u.test(character)) {
      if (isLeading && character === '0') return '0';
      const digit = isLeading ? 1 + draw(9) : draw(10);
      isLeading = false;
      return String(digit);
    }
    const letter = LETTERS.charAt(draw(LETTERS.length));
    return character === character.toLowerCase() ? letter.toLowerCase() : letter;
  });
}

/** Another amount in the same notation. Zero stays zero, and sign, decimal mark and currency stay. */
export function otherAmount(text: string, draw: Draw): string {
  if (!/[1-9]/.test(text)) return text;
  let isFirst = true;
  return text.replace(/\d/g, (digit) => {
    if (isFirst && digit === '0') return '0';
    const other = isFirst ? 1 + draw(9) : draw(10);
    isFirst = false;
    return String(other);
  });
}

/** The last day that every month has. */
const LAST_DAY = 28;
/** The first number that cannot be a month. */
const AFTER_MONTHS = 13;

/**
 * Another date of the same year in the same notation. A number that may be a month stays one, and a number that can
 * only be a day, an hour or a minute stays one.
 */
export function otherDate(text: string, draw: Draw): string {
  const zone = /(?<=\d)\s?[+-]\d{2}:?\d{2}\)?$/.exec(text)?.[0] ?? '';
  const local = text.slice(0, text.length - zone.length);
  return local.replace(/\d+/g, (digits) => otherPart(digits, draw)) + zone;
}

function otherPart(digits: string, draw: Draw): string {
  if (digits.length > 2) {
    // A year, a whole date or a Unix time keeps its first digits. Fractions of a second are replaced.
    const fixed = digits.length === 3 ? 0 : digits.length <= 8 ? digits.length : 4;
    return digits.slice(0, fixed) + digits.slice(fixed).replace(/\d/g, () => String(draw(10)));
  }
  const value = Number(digits);
  if (value === 0) return digits;
  if (value < AFTER_MONTHS)
    return String(1 + draw(digits.length === 1 ? 9 : 12)).padStart(digits.length, '0');
  return String(AFTER_MONTHS + draw(Math.min(value, LAST_DAY) - AFTER_MONTHS + 1));
}
