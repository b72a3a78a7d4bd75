const PRINTABLE_ASCII = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const BLANKS = /[\p{Zs}\t]+/gu;
/** Soft hyphen, zero-width spaces and joiners, direction marks (Windows puts one before a copied date), BOM. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
/** Full-width forms of ASCII characters and currency signs, as East Asian keyboards write them. */
const FULL_WIDTH = /[\uff01-\uff5e\uffe0-\uffe6]/g;
const WIDE_SIGNS = new Map([
  ['￠', '¢'],
  ['￡', '£'],
  ['￥', '¥'],
  ['￦', '₩'],
]);

/**
 * Simplifies a cell before it is parsed as a number, a date or a word. Removes surrounding blanks, invisible characters
 * and spreadsheet guards (`="10.00"`, a leading apostrophe), makes each run of blanks one space, and turns full-width
 * characters (`１，０００`) into ASCII. Not for text that is stored.
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
