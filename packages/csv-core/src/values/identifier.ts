import { cleanText } from './text.js';
import type { ValueResult } from './value-result.js';

// What Excel and LibreOffice leave of a long number. The sign is always written, so an SKU such as `1E11` passes.
const SHORTENED_NUMBER = /^\d(?:[.,]\d+)?E\+\d{2,3}$/i;
const GUARDED_NUMBER = /^'\d/;

const SCIENTIFIC_NOTATION: ValueResult<never> = {
  ok: false,
  problem: {
    code: 'scientific_notation',
    message:
      'A spreadsheet shortened this number and its last digits are lost. Export the file again and send it without opening it in a spreadsheet.',
  },
};

/**
 * An id, SKU, postal code or phone: text, never a number, so leading zeros stay. Undoes what keeps spreadsheets
 * from reading it as a number: `="00123"` and a leading apostrophe before a digit (Shopify).
 *
 * @returns `scientific_notation` for `1.23E+11`, `control_character` as `cleanText` does
 */
export function parseIdentifier(text: string): ValueResult<string> {
  const cleaned = cleanText(text);
  if (!cleaned.ok) return cleaned;
  const { value } = cleaned;
  if (SHORTENED_NUMBER.test(value)) return SCIENTIFIC_NOTATION;
  return GUARDED_NUMBER.test(value) ? { ok: true, value: value.slice(1) } : cleaned;
}
