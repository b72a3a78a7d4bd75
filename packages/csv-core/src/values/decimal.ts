import type { DecimalMark } from './decimal-mark.js';

export interface Decimal {
  /** Canonical: point, no thousands, no leading zeros, decimals as written (at most 4). */
  readonly digits: string;
  /** The number has two readings and this one is the likelier. */
  readonly isAmbiguous: boolean;
}

export interface DecimalHints {
  /** A currency stands beside the number. */
  readonly hasCurrency: boolean;
  /** How many decimals that currency has. */
  readonly decimals: number;
  /** What the file writes before decimals, as other amounts prove; null when none does. */
  readonly mark: DecimalMark | null;
}

const MAX_INTEGER_DIGITS = 15;
const MAX_DECIMALS = 4;

// Thousands in threes, or in twos as in India (`1,23,456`) but for the last three; always one separator.
const GROUPED = /^\d{1,3}(?:([., '’])\d{2,3}(?:\1\d{2,3})*)$/;
const ENDS_IN_THREE = /\D\d{3}$/;

/**
 * Reads digits with `.`, `,`, blanks or apostrophes between them (no sign) the way `parseMoney` explains.
 * Null when they are grouped wrongly or too many.
 */
export function readDecimal(number: string, hints: DecimalHints): Decimal | null {
  const comma = number.lastIndexOf(',');
  const point = number.lastIndexOf('.');
  const last = Math.max(comma, point);
  if (last === -1) return compose(number, '', false);
  const mark = number.charAt(last);
  const isRepeated = number.indexOf(mark) !== last;
  if (isRepeated) return Math.min(comma, point) === -1 ? compose(number, '', false) : null;
  const integer = number.slice(0, last);
  const fraction = number.slice(last + 1);
  // Only one to three digits, a single mark and three digits can mean either: `1,234` and `1.234`.
  if (!/^[1-9]\d{0,2}$/.test(integer) || fraction.length !== 3) return compose(integer, fraction, false);
  if (mark === ',') return compose(number, '', false);
  if (hints.decimals === 0 || hints.mark === ',') return compose(number, '', false);
  if (hints.decimals === 3) return compose(integer, fraction, false);
  return hints.hasCurrency ? compose(number, '', true) : compose(integer, fraction, true);
}

function compose(integer: string, fraction: string, isAmbiguous: boolean): Decimal | null {
  const whole = ungroup(integer);
  if (whole === null || /\D/.test(fraction)) return null;
  // Programs pad with zeros (`10.000000`); any other digit beyond the fourth would be lost.
  if (/[^0]/.test(fraction.slice(MAX_DECIMALS))) return null;
  const decimals = fraction.slice(0, MAX_DECIMALS);
  return { digits: decimals === '' ? whole : `${whole}.${decimals}`, isAmbiguous };
}

function ungroup(number: string): string | null {
  const isPlain = !/\D/.test(number);
  if (!isPlain && !(GROUPED.test(number) && ENDS_IN_THREE.test(number) && !number.startsWith('0')))
    return null;
  const digits = number.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
  if (digits.length > MAX_INTEGER_DIGITS) return null;
  return digits === '' ? '0' : digits;
}
