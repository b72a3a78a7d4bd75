/**
 * Letters and signs that exporters or keyboards write in place of Latin letters and ASCII signs that look the same.
 * WooCommerce's order export by AlgolPlus writes `Сustomer Note` with a Cyrillic С (U+0421).
 */
const lookAlikes: Readonly<Record<string, string>> = {
  а: 'a',
  с: 'c',
  е: 'e',
  о: 'o',
  р: 'p',
  х: 'x',
  у: 'y',
  і: 'i',
  // Word processors and spreadsheets insert these on their own.
  '\u2018': "'",
  '\u2019': "'",
  '\u201b': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
};
const lookAlikePattern = new RegExp(`[${Object.keys(lookAlikes).join('')}]`, 'g');

/** BOM, zero-width spaces and joiners, soft hyphen, direction marks. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

/** Words of visible ASCII without underscores, separated by single blanks: only the case has to change. */
const isTidy = /^[\x21-\x5e\x60-\x7e]+(?: [\x21-\x5e\x60-\x7e]+)*$/;

/**
 * The form in which headers are compared: NFKC, without invisible characters, underscores and runs of blanks as one
 * blank (`order_id` equals `Order ID`), in lower case, with look-alike letters, quotes and dashes replaced. Only for
 * comparing: headers are shown and stored as the file writes them.
 */
export function normalizeHeader(header: string): string {
  if (isTidy.test(header)) return header.toLowerCase();
  return header
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(/[\s_]+/g, ' ')
    .trim()
    .toLowerCase()
    .replace(lookAlikePattern, (letter) => lookAlikes[letter] ?? letter);
}
