/** The character before the decimals: a point in `1,234.50`, a comma in `1.234,50`. */
export type DecimalMark = '.' | ',';

/** One or two decimals at the end. Three digits may be thousands, and more are a fraction that a program computed. */
const DECIMALS = /(?:^|[^\d.,])\d+([.,])\d{1,2}[^\d.,]*$/;
/** Both a point and a comma: the later one is the decimal mark. */
const BOTH = /\d(?:\.\d{3})+,\d|\d(?:,\d{3})+\.\d/;

/** Longer texts, in UTF-16 units, are not amounts. */
const MAX_LENGTH = 64;

/**
 * The decimal mark that an amount such as `1.234,50` or `9,5` proves. Null for `1.234`, `1,234` and `12`, which prove
 * nothing, and for text that is not an amount.
 */
export function decimalMarkShown(text: string): DecimalMark | null {
  if (text.length > MAX_LENGTH) return null;
  const both = BOTH.exec(text)?.[0];
  const mark =
    both === undefined
      ? DECIMALS.exec(text)?.[1]
      : both.includes(',') && both.lastIndexOf(',') > both.lastIndexOf('.')
        ? ','
        : '.';
  return mark === '.' || mark === ',' ? mark : null;
}
