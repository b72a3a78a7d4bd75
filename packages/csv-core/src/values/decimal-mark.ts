/** What stands before the decimals: `1,234.50` or `1.234,50`. */
export type DecimalMark = '.' | ',';

/** One or two decimals after a mark; more would be thousands, or what a program makes of a fraction. */
const DECIMALS = /(?:^|[^\d.,])\d+([.,])\d{1,2}[^\d.,]*$/;
/** Both marks: the later one is before the decimals. */
const BOTH = /\d(?:\.\d{3})+,\d|\d(?:,\d{3})+\.\d/;

/** Longest text that is looked at. */
const MAX_LENGTH = 64;

/** The decimal mark that an amount such as `1.234,50` or `9,5` proves; null for `1.234`, `1,234`, `12` and what is no amount. */
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
