import { parseCurrency } from '../values/currency.js';

/** What stands in brackets, or behind the last blank or comma: `Total (USD)`, `Total in €`, `Amount, EUR`. */
const UNIT = /[([]\s*([^()[\]]{1,5}?)\s*[)\]]|[\s,/_-]([A-Z]{3}|[€£¥₩₽₹₺₫₴₪])$/gu;

/**
 * The currency that a header says for the amounts of its column, as an ISO 4217 code. Null when it says none, or a sign of
 * several currencies such as `$`.
 */
export function headerCurrency(header: string): string | null {
  for (const [, inBrackets, last] of header.trim().matchAll(UNIT)) {
    const read = parseCurrency(inBrackets ?? last ?? '');
    if (read.ok) return read.value;
  }
  return null;
}
