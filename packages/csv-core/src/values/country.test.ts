import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyString } from './any-string.testing.js';
import { parseCountry } from './country.js';
import { COUNTRY_CODES, COUNTRY_VARIANTS } from './country-codes.js';

describe('parseCountry', () => {
  it.each([
    ['US', 'US'],
    ['us', 'US'],
    [' US ', 'US'],
    ['USA', 'US'],
    ['usa', 'US'],
    ['U.S.A.', 'US'],
    ['United States', 'US'],
    ['United States of America', 'US'],
    ['The United States of America', 'US'],
    ['UK', 'GB'],
    ['GBR', 'GB'],
    ['England', 'GB'],
    ['united kingdom', 'GB'],
    ['Germany', 'DE'],
    ['DEU', 'DE'],
    ['Deutschland', 'DE'],
    ['Allemagne', 'DE'],
    ['Alemania', 'DE'],
    ['Germania', 'DE'],
    ['Alemanha', 'DE'],
    ['Duitsland', 'DE'],
    ['ESPAÑA', 'ES'],
    ['Espana', 'ES'],
    ['Korea, Republic of', 'KR'],
    ['South Korea', 'KR'],
    ["Korea, Democratic People's Republic of", 'KP'],
    ['Czech Republic', 'CZ'],
    ['Czechia', 'CZ'],
    ['Viet Nam', 'VN'],
    ['Vietnam', 'VN'],
    ['Hong Kong', 'HK'],
    ['Taiwan', 'TW'],
    ['Taiwan, Province of China', 'TW'],
    ['Russian Federation', 'RU'],
    ['Turkey', 'TR'],
    ['Türkiye', 'TR'],
    ["Cote d'Ivoire", 'CI'],
    ['Côte d’Ivoire', 'CI'],
    ['Saint Kitts and Nevis', 'KN'],
    ['St. Kitts & Nevis', 'KN'],
    ['Bosnia and Herzegovina', 'BA'],
    ['Congo, The Democratic Republic of the', 'CD'],
    ['Republic of the Congo', 'CG'],
    ['The Netherlands', 'NL'],
    ['Virgin Islands, U.S.', 'VI'],
  ])('reads %j as %s', (text, value) => {
    expect(parseCountry(text)).toEqual({ ok: true, value });
  });

  it.each([
    '',
    'EU',
    'European Union',
    'UN',
    'QO',
    'XK',
    'YU',
    'ZZ',
    'DD',
    'EZ',
    'Narnia',
    '12',
    'constructor',
    '日本語',
  ])('does not know %j', (text) => {
    expect(parseCountry(text)).toMatchObject({ ok: false, problem: { code: 'unknown_country' } });
  });

  it('knows all 249 assigned codes and their English names', () => {
    const english = new Intl.DisplayNames(['en'], { type: 'region' });
    expect(new Set(COUNTRY_CODES.map((codes) => codes.slice(0, 2))).size).toBe(249);
    expect(new Set(COUNTRY_CODES.map((codes) => codes.slice(2))).size).toBe(249);
    for (const codes of COUNTRY_CODES) {
      const value = codes.slice(0, 2);
      for (const text of [value, value.toLowerCase(), codes.slice(2), english.of(value) ?? '']) {
        expect(parseCountry(text)).toEqual({ ok: true, value });
      }
    }
  });

  it('reads every name as one country in all languages', () => {
    for (const language of ['de', 'fr', 'es', 'it', 'pt', 'nl']) {
      const names = new Intl.DisplayNames([language], { type: 'region' });
      for (const codes of COUNTRY_CODES) {
        const value = codes.slice(0, 2);
        expect(parseCountry(names.of(value) ?? '')).toEqual({ ok: true, value });
      }
    }
    for (const [value, variants] of Object.entries(COUNTRY_VARIANTS)) {
      for (const name of variants) expect([name, parseCountry(name)]).toEqual([name, { ok: true, value }]);
    }
  });

  it('never throws', () => {
    fc.assert(fc.property(anyString, (text) => void parseCountry(text)));
  });
});
