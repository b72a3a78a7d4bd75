/** Draws numbers from 0 up to, not including, `below`. The same seed always draws the same. */
export type Draw = (below: number) => number;

/** Mulberry32. @param seed never made of a cell: what is drawn must tell nothing of the file */
export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Without E: between digits it would make scientific notation. */
const LETTERS = 'ABCDFGHJKLMNPQRSTUVWXYZ';

/** Other digits and letters in place of those of the cell. Leading zeros, capitals, blanks and marks stay. */
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

/** Another amount, written the same way. Nothing stays nothing, and no sign, mark or currency is touched. */
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

/** The last day that every month has, and the first number that no month has. */
const LAST_DAY = 28;
const AFTER_MONTHS = 13;

/**
 * Another moment of the same year, written the same way: a number that may be a month stays one, and one that is
 * surely a day, an hour or a minute stays that.
 */
export function otherDate(text: string, draw: Draw): string {
  const zone = /(?<=\d)\s?[+-]\d{2}:?\d{2}\)?$/.exec(text)?.[0] ?? '';
  const moment = text.slice(0, text.length - zone.length);
  return moment.replace(/\d+/g, (digits) => otherPart(digits, draw)) + zone;
}

function otherPart(digits: string, draw: Draw): string {
  if (digits.length > 2) {
    // A year, a whole date or a Unix time keeps its first digits; thousandths of a second are any.
    const fixed = digits.length === 3 ? 0 : digits.length <= 8 ? digits.length : 4;
    return digits.slice(0, fixed) + digits.slice(fixed).replace(/\d/g, () => String(draw(10)));
  }
  const value = Number(digits);
  if (value === 0) return digits;
  if (value < AFTER_MONTHS)
    return String(1 + draw(digits.length === 1 ? 9 : 12)).padStart(digits.length, '0');
  return String(AFTER_MONTHS + draw(Math.min(value, LAST_DAY) - AFTER_MONTHS + 1));
}
