import { cleanText, lostCharacter } from './text.js';
import type { ValueResult } from './value-result.js';

// What Excel and LibreOffice make of a long number. They always write the sign, so an SKU such as `1E11` is accepted.
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
 * An id or SKU, read like {@link parseCode}. Rows with the same id are the same pledge, backer or product, so a damaged
 * id is refused.
 *
 * @returns `scientific_notation`, `control_character` or `lost_character` for a damaged id
 */
export function parseIdentifier(text: string): ValueResult<string> {
  const code = parseCode(text);
  const problem = code.ok && code.warning ? lostCharacter(code.value) : null;
  return problem === null ? code : { ok: false, problem };
}

/**
 * A postal code, or other text that looks like a number, with its leading zeros. Removes what keeps spreadsheets from
 * reading it as a number: `="00123"`, and an apostrophe before a digit (Shopify).
 *
 * @returns `scientific_notation` for `1.23E+11`, `control_character` as `cleanText` does; warns `lost_character`
 */
export function parseCode(text: string): ValueResult<string> {
  const cleaned = cleanText(text);
  if (!cleaned.ok) return cleaned;
  const { value } = cleaned;
  if (SHORTENED_NUMBER.test(value)) return SCIENTIFIC_NOTATION;
  return GUARDED_NUMBER.test(value) ? { ...cleaned, value: value.slice(1) } : cleaned;
}
