/** Excel keeps so many digits of a number; the ones after them are binary noise, as in 0.30000000000000004. */
const SIGNIFICANT_DIGITS = 15;

/** How many decimals an amount has at most. Digits after them may be noise of a calculation. */
export const AMOUNT_DECIMALS = 4;

/** By how much a long sum of decimals may be off: 0.1, added up a thousand times, is 99.9999999999986. */
const MAX_NOISE = 1e-8;
const MAX_RELATIVE_NOISE = 1e-13;

/** A calculation such as 0.1 + 0.2 - 0.3 leaves less than this instead of zero. */
const MAX_NOISE_OF_ZERO = 1e-12;

/**
 * Writes a number in full, as for a cell without a format. Where Excel lacks room and shows `1.23457E+11`, this is
 * `123456789012`: the digits are in the file, and an order number needs them.
 *
 * @param raw the number as it is in the file; a text that is not a number comes back unchanged
 */
export function plainNumber(raw: string): string {
  if (/^(?:0|-?[1-9]\d*)$/.test(raw)) return raw;
  const value = Number(raw);
  if (raw === '' || !Number.isFinite(value)) return raw;
  const text = numberText(withoutNoise(value));
  return isAmbiguous(text) ? `${text}0` : text;
}

/** The decimal number that a binary one stands for. */
export function withoutNoise(value: number): number {
  if (Number.isInteger(value)) return value;
  const meant = Number(value.toPrecision(SIGNIFICANT_DIGITS));
  const short = Number(meant.toFixed(AMOUNT_DECIMALS));
  const noise = short === 0 ? MAX_NOISE_OF_ZERO : Math.min(MAX_NOISE, Math.abs(meant) * MAX_RELATIVE_NOISE);
  return Math.abs(meant - short) <= noise ? short + 0 : meant;
}

/** How many decimals a number has when it is written out. */
export function countDecimals(value: number): number {
  if (Number.isInteger(value)) return 0;
  const text = numberText(value);
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

/**
 * Whether the point of a number could be read as a separator of thousands, as in "1.234". In a cell the number is
 * exact, so its text must be too: one more zero ("1.2340") makes it so.
 */
export function isAmbiguous(text: string): boolean {
  return /^-?[1-9]\d{0,2}\.\d{3}$/.test(text);
}

function numberText(value: number): string {
  return withoutExponent(String(value === 0 ? 0 : value));
}

/** Writes out exponents such as 1e-7 and 1e+21, unless the result would be longer than anyone would read. */
function withoutExponent(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = ''] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  const shift = Number(exponent);
  if (exponent === '' || Math.abs(shift) > 40) return text.replace('e', 'E');
  const digits = whole + fraction;
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${digits}`;
  return `${sign}${digits.padEnd(shift + 1, '0')}`;
}
