/** What Excel keeps of a number; the digits after it are binary noise, as in 0.30000000000000004. */
const SIGNIFICANT_DIGITS = 15;

/** Decimals of an amount; a number that has as many but for noise has no more of them. */
export const AMOUNT_DECIMALS = 4;

/** How much a long sum of decimals may be off: 0.1, added up a thousand times, is 99.9999999999986. */
const MAX_NOISE = 1e-8;
const MAX_RELATIVE_NOISE = 1e-13;

/** What 0.1 + 0.2 - 0.3 leaves of nothing. */
const MAX_NOISE_OF_ZERO = 1e-12;

/**
 * A number in full, the value of a cell of which the format says nothing. Where Excel runs out of room and shows
 * `1.23457E+11`, this is `123456789012`: the digits are in the file, and an order number needs them.
 *
 * @param raw as the file has it; what is not a number comes back as it is.
 */
export function plainNumber(raw: string): string {
  if (/^(?:0|-?[1-9]\d*)$/.test(raw)) return raw;
  const value = Number(raw);
  if (raw === '' || !Number.isFinite(value)) return raw;
  const text = numberText(withoutNoise(value));
  return isAmbiguous(text) ? `${text}0` : text;
}

/** The decimal number that is meant by a binary one. */
export function withoutNoise(value: number): number {
  if (Number.isInteger(value)) return value;
  const meant = Number(value.toPrecision(SIGNIFICANT_DIGITS));
  const short = Number(meant.toFixed(AMOUNT_DECIMALS));
  const noise = short === 0 ? MAX_NOISE_OF_ZERO : Math.min(MAX_NOISE, Math.abs(meant) * MAX_RELATIVE_NOISE);
  return Math.abs(meant - short) <= noise ? short + 0 : meant;
}

/** How many decimals it takes to write a number. */
export function countDecimals(value: number): number {
  if (Number.isInteger(value)) return 0;
  const text = numberText(value);
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

/**
 * Whether the point of a number could be taken for one that marks thousands, as in "1.234". A number that a cell holds
 * has no such doubts and must not get any on its way: with one more zero it has none.
 */
export function isAmbiguous(text: string): boolean {
  return /^-?[1-9]\d{0,2}\.\d{3}$/.test(text);
}

function numberText(value: number): string {
  return withoutExponent(String(value === 0 ? 0 : value));
}

/** JavaScript writes 1e-7 and 1e+21. Past what anyone would read, so does this. */
function withoutExponent(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = ''] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  const shift = Number(exponent);
  if (exponent === '' || Math.abs(shift) > 40) return text.replace('e', 'E');
  const digits = whole + fraction;
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${digits}`;
  return `${sign}${digits.padEnd(shift + 1, '0')}`;
}
