/**
 * Letters that exporters or keyboards put in place of their Latin twins. WooCommerce's order export by
 * AlgolPlus writes `Сustomer Note` with a Cyrillic С (U+0421).
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
  // Word processors and spreadsheets put these in by themselves.
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

/** Single blanks between words of visible ASCII, no underscore: only the case may differ. */
const isTidy = /^[\x21-\x5e\x60-\x7e]+(?: [\x21-\x5e\x60-\x7e]+)*$/;

/**
 * The form of a header that is compared: NFKC, without invisible characters, blanks collapsed
 * (`order_id` is `Order ID`), lower-cased, look-alike letters, quotes and dashes folded. Only for matching; what is shown
 * or stored keeps the file's text.
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
