import { bareText } from './bare-text.js';
import { COUNTRY_CODES, COUNTRY_VARIANTS } from './country-codes.js';
import type { ValueResult } from './value-result.js';

/** Where a name means another country in another language, the earlier group wins: English first. */
const LANGUAGES = [
  'en',
  'de fr es it pt pt-PT nl',
  'ja ko zh zh-Hant sv nb da fi pl cs hu ro el tr ru uk ca th vi id he ar',
].map((group) => group.split(' '));

const ALPHA_2 = new Set(COUNTRY_CODES.map((codes) => codes.slice(0, 2)));
const CODES = new Map(
  COUNTRY_CODES.flatMap((codes) =>
    [codes.slice(0, 2), codes.slice(2)].map((code) => [code, codes.slice(0, 2)]),
  ),
);

/** Longer texts, in UTF-16 units, are not looked up: no country has such a long name. */
const MAX_LENGTH = 200;
/** `United States (US)` (WooCommerce), `DE - Germany`: two names of one country. */
const TWO_NAMES = /^(.+?) ?(?:\((.+)\)|[-–—/:|] (.+))$/;
/** Words that some lists write in a country's name and others leave out. */
const IDLE_WORDS = new Set(['the', 'and', 'of']);

const UNKNOWN_COUNTRY: ValueResult<never> = {
  ok: false,
  problem: {
    code: 'unknown_country',
    message: 'This country is not known. Write its English name or its two-letter ISO 3166 code, such as US.',
  },
};

/** For each group of languages, name to code. Built on first use: 15 ms for English, 50 ms for all. */
const tables: ReadonlyMap<string, string>[] = [];

/**
 * The ISO 3166-1 alpha-2 code of a country. Reads its alpha-2 or alpha-3 code, `UK`, and its name in one of the
 * languages above. Case, accents, punctuation and the order of words (`Korea, Republic of`) do not matter.
 *
 * The names come from `Intl.DisplayNames`, that is from CLDR, which Unicode maintains and every runtime includes. The
 * package i18n-iso-countries knows no more: of the 5,464 names that either has in these languages, CLDR has 85 %, the
 * package 84 %, and CLDR with our variants 87 %. But it would send each browser one JSON file per language.
 *
 * @returns `unknown_country` for anything else, and for codes that are not officially assigned (`EU`, `XK`)
 */
export function parseCountry(text: string): ValueResult<string> {
  if (ALPHA_2.has(text)) return { ok: true, value: text };
  const value = text.length > MAX_LENGTH ? undefined : lookUp(bareText(text));
  return value === undefined ? UNKNOWN_COUNTRY : { ok: true, value };
}

function lookUp(text: string): string | undefined {
  const found = lookUpOne(text);
  if (found !== undefined) return found;
  const [, first = '', inBrackets, afterDash] = TWO_NAMES.exec(text) ?? [];
  const code = lookUpOne(first);
  return code === lookUpOne(inBrackets ?? afterDash ?? '') ? code : undefined;
}

/**
 * Text in capitals that is a code is read as that code. In other case it may also be the name of another country
 * (`Nga` is Russia in Vietnamese and the code of Nigeria); such text is not read at all.
 */
function lookUpOne(text: string): string | undefined {
  const letters = text.replace(/[. ]/g, '');
  const code = CODES.get(letters) ?? CODES.get(letters.toUpperCase());
  if (code !== undefined && CODES.has(letters)) return code;
  const named = lookUpName(normaliseName(text));
  return code === undefined || named === undefined || code === named ? (code ?? named) : undefined;
}

function lookUpName(name: string): string | undefined {
  for (const [index, languages] of LANGUAGES.entries()) {
    tables[index] ??= index === 0 ? namesWithVariants(languages) : namesIn(languages);
    const code = tables[index].get(name);
    if (code !== undefined) return code;
  }
  return undefined;
}

function namesWithVariants(languages: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map(namesIn(languages));
  for (const [code, variants] of Object.entries(COUNTRY_VARIANTS)) {
    for (const name of variants) names.set(normaliseName(name), code);
  }
  return names;
}

/** The long and short names in these languages, without those that mean two countries (`Kongo`). */
function namesIn(languages: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const language of languages) {
    const [long, short] = (['long', 'short'] as const).map(
      (style) => new Intl.DisplayNames([language], { type: 'region', style, fallback: 'none' }),
    );
    for (const code of ALPHA_2) {
      for (const text of new Set([long?.of(code), short?.of(code)])) {
        const name = normaliseName(text ?? '');
        // A short name of two letters (`R.U.` for the United Kingdom in Spanish) would hide a code.
        if (name === '' || ALPHA_2.has(name.toUpperCase())) continue;
        if ((names.get(name) ?? code) !== code) ambiguous.add(name);
        names.set(name, code);
      }
    }
  }
  for (const name of ambiguous) names.delete(name);
  return names;
}

/**
 * The form in which names are compared. `St. Kitts & Nevis` equals `Saint Kitts and Nevis`, `Türkiye` equals `TURKIYE`,
 * and `Korea, South` equals `South Korea`. A name as short as a code keeps its accents: `Áo` is Austria in Vietnamese,
 * but `AO` is Angola.
 */
function normaliseName(name: string): string {
  const spelled = name.normalize('NFKD').toLowerCase().replaceAll('ß', 'ss').replaceAll('ı', 'i');
  const folded = spelled
    .replace(/[\p{M}.'’]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  if (folded.length <= 3) return spelled.replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
  if (!folded.includes(' ')) return folded;
  return folded
    .split(' ')
    .map((word) => (word === 'st' ? 'saint' : word))
    .filter((word) => !IDLE_WORDS.has(word))
    .sort()
    .join(' ');
}
