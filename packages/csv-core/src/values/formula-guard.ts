/** What keeps a spreadsheet from running a cell as a formula: an apostrophe that is not shown. Shopify writes it. */
const GUARD = /^'+(?=[=+\-@])/;
/** A number that was guarded, so that a spreadsheet keeps its zeros: `'0042`. */
const GUARDED_NUMBER = /^'(?=\+?\d[\d\s.,/-]*$)/;
/** A quotation, which is no guard: `'-'`, `'+1'`. */
const QUOTATION = /'$/;

/** The text without the apostrophe that guards it. Apostrophes that are written, as in `'t Hart`, stay. */
export function withoutGuard(text: string): string {
  if (text.charCodeAt(0) !== 0x27 || QUOTATION.test(text)) return text;
  return text.replace(GUARD, '').replace(GUARDED_NUMBER, '');
}

/** The phone number without `tel:`, and without the equals sign that a spreadsheet put before its plus sign. */
export function withoutPhonePrefix(text: string): string {
  return text.replace(/^(?:tel:\s*|=(?=\s*[+\d(]))+/i, '');
}
