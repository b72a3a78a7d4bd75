import type { DecimalMark } from './decimal-mark.js';

export interface Decimal {
  /** Canonical: a decimal point, no thousands separators, no leading zeros, decimals as written (at most 4). */
  readonly digits: string;
  /** Whether the number can be read in two ways; this is the likelier one. */
  readonly isAmbiguous: boolean;
}

export interface DecimalHints {
  /** Whether a currency stands beside the number. */
  readonly hasCurrency: boolean;
  /** How many decimals the currency has. */
  readonly decimals: number;
  /** The decimal mark of the file, as other amounts prove it; null when none does. */
  readonly decimalMark: DecimalMark | null;
}

const MAX_INTEGER_DIGITS = 15;
const MAX_DECIMALS = 4;

// Groups of three digits, or of two before the last three as in India (`1,23,456`), always with the same separator.
const GROUPED = /^\d{1,3}(?:([., '’])\d{2,3}(?:\1\d{2,3})*)$/;
const ENDS_IN_THREE = /\D\d{3}$/;

/**
 * Reads digits with `.`, `,`, blanks or apostrophes between them, without a sign, by the rules that `parseMoney` lists.
 * Null when the digits are grouped wrongly or are too many.
 */
export function readDecimal(number: string, hints: DecimalHints): Decimal | null {
  const comma = number.lastIndexOf(',');
  const point = number.lastIndexOf('.');
  const last = Math.max(comma, point);
  if (last === -1) return compose(number, '', false);
  const separator = number.charAt(last);
  const isRepeated = number.indexOf(separator) !== last;
  if (isRepeated) return Math.min(comma, point) === -1 ? compose(number, '', false) : null;
  const integer = number.slice(0, last);
  const fraction = number.slice(last + 1);
  // Only one to three digits, one separator and three digits are ambiguous: `1,234` and `1.234`.
  if (!/^[1-9]\d{0,2}$/.test(integer) || fraction.length !== 3) return compose(integer, fraction, false);
  if (hints.decimals === 0) return compose(number, '', false);
  const isProven = hints.decimalMark !== null;
  if (isProven && separator !== hints.decimalMark) return compose(number, '', false);
  if (hints.decimals === 3) return compose(integer, fraction, false);
  if (separator === ',') return isProven ? compose(integer, fraction, true) : compose(number, '', false);
  return hints.hasCurrency ? compose(number, '', true) : compose(integer, fraction, true);
}

function compose(integer: string, fraction: string, isAmbiguous: boolean): Decimal | null {
  const whole = ungroup(integer);
  if (whole === null || /\D/.test(fraction)) return null;
  // Some programs pad with zeros (`10.000000`). Any other digit after the fourth would be lost.
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
