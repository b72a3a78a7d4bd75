import { parseMoney } from '@pledgeline/csv-core/map';

/**
 * The currency signs and codes in the text of a number format, such as "€" in "Mio. €". The rest of the text says how
 * the number is scaled, or what it counts.
 */
export function currencyIn(text: string): string {
  return text
    .split(/\s+/)
    .map((word) => (isCurrency(word) ? word : (word.match(/\p{Sc}/gu) ?? []).join('')))
    .filter((word) => word !== '')
    .join(' ');
}

function isCurrency(word: string): boolean {
  return /^[\p{L}\p{Sc}./]+$/u.test(word) && parseMoney(`1 ${word}`).ok;
}

/** Writes a currency beside a number so that `parseMoney` can read both. */
export function withCurrency(number: string, currency: string): string {
  if (currency === '') return number;
  const sign = number.startsWith('-') ? '-' : '';
  const blank = /\p{L}$/u.test(currency) ? ' ' : '';
  return `${sign}${currency}${blank}${number.slice(sign.length)}`;
}
