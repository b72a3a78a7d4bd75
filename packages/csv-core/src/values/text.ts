import type { ValueProblem, ValueResult } from './value-result.js';

const PRINTABLE_ASCII = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const LONE_SURROGATE = /\p{Surrogate}/u;

const CONTROL_CHARACTER: ValueResult<never> = {
  ok: false,
  problem: {
    code: 'control_character',
    message: 'The text holds a character that cannot be stored (NUL or half of an emoji). Type it again.',
  },
};

/** U+FFFD, which decoders write in place of invalid bytes. */
const REPLACEMENT = '\ufffd';

const LOST_CHARACTER: ValueProblem = {
  code: 'lost_character',
  message:
    'A character was lost before the file reached us and stands here as \ufffd. Correct the cell, or export the file again as UTF-8.',
};

/** The problem of a text with U+FFFD, where another program has lost a character; null for other text. */
export function lostCharacter(text: string): ValueProblem | null {
  return text.includes(REPLACEMENT) ? LOST_CHARACTER : null;
}

/**
 * Text as it is stored: trimmed, without its spreadsheet guard (`="00971"` becomes `00971`) and in Unicode NFC.
 * Everything else is kept, also line breaks and other control characters.
 *
 * @returns `control_character` for U+0000, which Postgres text cannot hold, and for lone surrogates, which UTF-8
 * cannot; warns `lost_character` where another program has lost a character
 */
export function cleanText(text: string): ValueResult<string> {
  if (PRINTABLE_ASCII.test(text) && text.charAt(0) !== '=') return { ok: true, value: text };
  const value = unwrapFormulaText(text.trim()).trim().normalize('NFC');
  if (value.includes('\0') || LONE_SURROGATE.test(value)) return CONTROL_CHARACTER;
  const warning = lostCharacter(value);
  return warning === null ? { ok: true, value } : { ok: true, value, warning };
}

/**
 * `="…"` keeps spreadsheets from reading digits as a number. Indiegogo writes postal codes and phone numbers this way.
 */
function unwrapFormulaText(text: string): string {
  if (text.length < 3 || !text.startsWith('="') || !text.endsWith('"')) return text;
  return text.slice(2, -1).replaceAll('""', '"');
}
