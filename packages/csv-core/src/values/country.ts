import { COUNTRY_CODES, COUNTRY_VARIANTS } from './country-codes.js';
import type { ValueResult } from './value-result.js';

/** English first: it wins should a name ever mean two countries in two languages. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl'];

const ALPHA_2 = new Set(COUNTRY_CODES.map((codes) => codes.slice(0, 2)));

const UNKNOWN_COUNTRY: ValueResult<never> = {
  ok: false,
  problem: {
    code: 'unknown_country',
    message: 'This country is not known. Write its English name or its two-letter ISO 3166 code, such as US.',
  },
};

let table: ReadonlyMap<string, string> | null = null;

/**
 * The ISO 3166-1 alpha-2 code of a country given by its alpha-2 or alpha-3 code, `UK`, or its name in English, German,
 * French, Spanish, Italian, Portuguese or Dutch; case, accents and punctuation do not matter.
 *
 * The names come from `Intl.DisplayNames`, which every runtime carries and keeps up to date with CLDR. A package such as
 * i18n-iso-countries would ship a JSON file a language, and lacks the same variants that we add by hand.
 *
 * @returns `unknown_country`, also for what is no officially assigned code (`EU`, `XK`)
 */
export function parseCountry(text: string): ValueResult<string> {
  if (ALPHA_2.has(text)) return { ok: true, value: text };
  table ??= buildTable();
  const value = table.get(normaliseName(text));
  return value === undefined ? UNKNOWN_COUNTRY : { ok: true, value };
}

function buildTable(): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const add = (name: string, code: string): void => {
    const key = normaliseName(name);
    if (!names.has(key)) names.set(key, code);
  };
  for (const codes of COUNTRY_CODES) {
    add(codes.slice(0, 2), codes.slice(0, 2));
    add(codes.slice(2), codes.slice(0, 2));
  }
  for (const [code, variants] of Object.entries(COUNTRY_VARIANTS))
    for (const name of variants) add(name, code);
  for (const language of LANGUAGES) {
    const displayNames = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const code of ALPHA_2) {
      const name = displayNames.of(code);
      if (name !== undefined) add(name, code);
    }
  }
  return names;
}

/** `St. Kitts & Nevis` and `Saint Kitts and Nevis`, `Türkiye` and `Turkiye`, `The Bahamas` and `Bahamas` agree. */
function normaliseName(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[\p{M}.'’]/gu, '')
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^the /, '')
    .replace(/\bst /, 'saint ');
}
