import { bareText } from './bare-text.js';
import type { ValueResult } from './value-result.js';

/**
 * Yes and true, as people, platforms and spreadsheets write them: Excel saves its TRUE in the language of the machine
 * (`WAHR`, `VRAI`). One language a line.
 */
const YES = `
  yes y true t 1 on ✓ ✔ ☑
  sim verdadeiro
  sí si verdadero
  sì vero
  ja wahr waar sant sand sann
  oui vrai
  tak prawda
  ano pravda
  igen igaz
  kyllä tosi
  da adevărat
  ναι αληθές
  evet doğru
  да истина
  так істина
  はい 是 예 네
`;
const NO = `
  no n false f 0 off ✗ ✘ ☐
  não nao falso
  nein falsch nee onwaar nei nej usann falskt falsk
  non faux
  nie fałsz
  ne nepravda
  nem hamis
  ei epätosi
  nu fals
  όχι ψευδές
  hayır hayir yanlış
  нет ложь
  ні хибність
  いいえ 否 아니요 아니오
`;

const WORDS = new Map<string, boolean>([
  ...words(YES).map((word) => [word, true] as const),
  ...words(NO).map((word) => [word, false] as const),
]);

const INVALID_BOOLEAN: ValueResult<never> = {
  ok: false,
  problem: { code: 'invalid_boolean', message: 'This is neither yes nor no. Write "yes" or "no".' },
};

/**
 * Yes or no in the languages of platforms and spreadsheets, in any case.
 *
 * @returns `invalid_boolean` for any other word
 */
export function parseBoolean(text: string): ValueResult<boolean> {
  const value = WORDS.get(text) ?? WORDS.get(bareText(text).toLowerCase().normalize('NFC'));
  return value === undefined ? INVALID_BOOLEAN : { ok: true, value };
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
