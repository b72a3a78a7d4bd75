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

/** Characters of the longest name that is looked up, more than the longest there is. */
const MAX_LENGTH = 200;
/** `United States (US)` (WooCommerce), `DE - Germany`: two names of one country. */
const TWO_NAMES = /^(.+?) ?(?:\((.+)\)|[-–—/:|] (.+))$/;
/** Words that some lists have and others leave out. */
const IDLE_WORDS = new Set(['the', 'and', 'of']);

const UNKNOWN_COUNTRY: ValueResult<never> = {
  ok: false,
  problem: {
    code: 'unknown_country',
    message: 'This country is not known. Write its English name or its two-letter ISO 3166 code, such as US.',
  },
};

/** What each group of languages calls the countries. Made when a cell first asks: 15 ms for English, 50 ms for all. */
const tables: ReadonlyMap<string, string>[] = [];

/**
 * The ISO 3166-1 alpha-2 code of a country given by its alpha-2 or alpha-3 code, `UK`, or its name in one of the
 * languages above; case, accents, punctuation and the order of words (`Korea, Republic of`) do not matter.
 *
 * The names come from `Intl.DisplayNames`: CLDR, which Unicode maintains and every runtime carries. i18n-iso-countries
 * knows no more (of the 5,464 names that either has in these languages CLDR has 85 %, the package 84 %, CLDR with our
 * variants 87 %), but would ship a JSON file a language to every browser.
 *
 * @returns `unknown_country`, also for what is no officially assigned code (`EU`, `XK`)
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

/** In capitals a code is a code. Otherwise one that is also the name of another country is neither (`Nga`, in Vietnam). */
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

/** The names in these languages, long and short, without those that mean two countries (`Kongo`). */
function namesIn(languages: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const doubtful = new Set<string>();
  for (const language of languages) {
    const [long, short] = (['long', 'short'] as const).map(
      (style) => new Intl.DisplayNames([language], { type: 'region', style, fallback: 'none' }),
    );
    for (const code of ALPHA_2) {
      for (const text of new Set([long?.of(code), short?.of(code)])) {
        const name = normaliseName(text ?? '');
        // Short names of two letters (`R.U.` for the United Kingdom in Spanish) are left to the codes.
        if (name === '' || ALPHA_2.has(name.toUpperCase())) continue;
        if ((names.get(name) ?? code) !== code) doubtful.add(name);
        names.set(name, code);
      }
    }
  }
  for (const name of doubtful) names.delete(name);
  return names;
}

/**
 * `St. Kitts & Nevis` and `Saint Kitts and Nevis`, `Türkiye` and `TURKIYE`, `Korea, South` and `South Korea` agree.
 * Accents of names as short as a code stay: `Áo` is Austria in Vietnam, `AO` is Angola.
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
