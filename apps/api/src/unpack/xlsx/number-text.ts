/** What Excel keeps of a number; the digits after it are binary noise, as in 0.30000000000000004. */
const SIGNIFICANT_DIGITS = 15;

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
  if (Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
  return withoutExponent(String(Number(value.toPrecision(SIGNIFICANT_DIGITS))));
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
