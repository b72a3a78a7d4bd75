const PRINTABLE_ASCII = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const BLANKS = /[\p{Zs}\t]+/gu;
/** Soft hyphen, zero-width spaces and joiners, direction marks (Windows puts one before a copied date), BOM. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
/** The ASCII characters and money signs that East Asian keyboards write as wide as an ideograph. */
const FULL_WIDTH = /[\uff01-\uff5e\uffe0-\uffe6]/g;
const WIDE_SIGNS = new Map([
  ['￠', '¢'],
  ['￡', '£'],
  ['￥', '¥'],
  ['￦', '₩'],
]);

/**
 * What a number, a date or a word is read from: without surrounding and invisible characters, each run of blanks one
 * space, full-width characters (`１，０００`) as ASCII, out of the guards that keep spreadsheets from reading a cell
 * (`="10.00"`, a leading apostrophe). Not for text that is kept.
 */
export function bareText(text: string): string {
  if (PRINTABLE_ASCII.test(text) && !/^[='"]/.test(text)) return text;
  const narrow = text
    .replace(INVISIBLE, '')
    .replace(FULL_WIDTH, (wide) => WIDE_SIGNS.get(wide) ?? String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(BLANKS, ' ')
    .trim();
  return narrow
    .replace(/^="([\s\S]*)"$/, '$1')
    .replace(/^'/, '')
    .trim();
}
