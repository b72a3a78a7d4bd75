import type { ValueResult } from './value-result.js';

/** English, then Portuguese (Catarse), Spanish and Catalan (Goteo), Italian, German, Dutch, French. */
const WORDS = new Map<string, boolean>([
  ...['yes', 'y', 'true', 't', '1', 'sim', 'sí', 'si', 'sì', 'ja', 'oui'].map(
    (word) => [word, true] as const,
  ),
  ...['no', 'n', 'false', 'f', '0', 'não', 'nao', 'nein', 'nee', 'non'].map((word) => [word, false] as const),
]);

const INVALID_BOOLEAN: ValueResult<never> = {
  ok: false,
  problem: { code: 'invalid_boolean', message: 'This is neither yes nor no. Write "yes" or "no".' },
};

/**
 * Yes or no in the languages of the platforms, in any case.
 *
 * @returns `invalid_boolean` for any other word
 */
export function parseBoolean(text: string): ValueResult<boolean> {
  const value = WORDS.get(text) ?? WORDS.get(text.trim().toLowerCase().normalize('NFC'));
  return value === undefined ? INVALID_BOOLEAN : { ok: true, value };
}
