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
};
const lookAlikePattern = new RegExp(`[${Object.keys(lookAlikes).join('')}]`, 'g');

/** BOM, zero-width spaces and joiners, soft hyphen, direction marks. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

/**
 * The form of a header that is compared: NFKC, without invisible characters, blanks collapsed
 * (`order_id` is `Order ID`), lower-cased, look-alike letters folded. Only for matching; what is shown or stored keeps the file's text.
 */
export function normalizeHeader(header: string): string {
  return header
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(/[\s_]+/g, ' ')
    .trim()
    .toLowerCase()
    .replace(lookAlikePattern, (letter) => lookAlikes[letter] ?? letter);
}
