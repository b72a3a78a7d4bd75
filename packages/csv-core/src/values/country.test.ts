import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { processorTime } from '../processor-time.testing.js';
import { anyString } from './any-string.testing.js';
import { parseCountry } from './country.js';
import { COUNTRY_CODES, COUNTRY_VARIANTS } from './country-codes.js';

const languages = [
  ...['en', 'de', 'fr', 'es', 'it', 'pt', 'pt-PT', 'nl', 'ja', 'ko', 'zh', 'zh-Hant', 'sv', 'nb', 'da', 'fi'],
  ...['pl', 'cs', 'hu', 'ro', 'el', 'tr', 'ru', 'uk', 'ca', 'th', 'vi', 'id', 'he', 'ar'],
];

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
    ['Britain', 'GB'],
    ['Scotland', 'GB'],
    ['Wales', 'GB'],
    ['Northern Ireland', 'GB'],
    ['U.K.', 'GB'],
    ['The UK', 'GB'],
    ['United Kingdom of Great Britain and Northern Ireland', 'GB'],
    ['Russia', 'RU'],
    ['Macedonia', 'MK'],
    ['Ivory Coast', 'CI'],
    ['Hong Kong SAR', 'HK'],
    ['Holland', 'NL'],
    ['Netherlands (the)', 'NL'],
    ['TÜRKİYE', 'TR'],
    ['Turkiye', 'TR'],
    ['Korea (South)', 'KR'],
    ['Korea (the Republic of)', 'KR'],
    ['Republic of Korea', 'KR'],
    ['Bosnia-Herzegovina', 'BA'],
    ['United States (US)', 'US'],
    ['United Kingdom (UK)', 'GB'],
    ['DE - Deutschland', 'DE'],
    ['Deutschland / Germany', 'DE'],
    ['ＵＳＡ', 'US'],
    ['="US"', 'US'],
    ['日本', 'JP'],
    ['ドイツ', 'DE'],
    ['ﾄﾞｲﾂ', 'DE'],
    ['アメリカ合衆国', 'US'],
    ['대한민국', 'KR'],
    ['한국', 'KR'],
    ['中国', 'CN'],
    ['美國', 'US'],
    ['香港', 'HK'],
    ['台灣', 'TW'],
    ['Sverige', 'SE'],
    ['Norge', 'NO'],
    ['Danmark', 'DK'],
    ['Suomi', 'FI'],
    ['Polska', 'PL'],
    ['Česko', 'CZ'],
    ['Česká republika', 'CZ'],
    ['Magyarország', 'HU'],
    ['România', 'RO'],
    ['Ελλάδα', 'GR'],
    ['Россия', 'RU'],
    ['США', 'US'],
    ['Україна', 'UA'],
    ['Espanya', 'ES'],
    ['ไทย', 'TH'],
    ['Việt Nam', 'VN'],
    ['ישראל', 'IL'],
    ['مصر', 'EG'],
    ['Hrvatska', 'HR'],
    ['Österreich', 'AT'],
    ['Oesterreich', 'AT'],
    ['SCHWEIZ', 'CH'],
    ['GROSSBRITANNIEN', 'GB'],
    ['Mỹ', 'US'],
    ['Áo', 'AT'],
    ['ao', 'AO'],
    ['NGA', 'NG'],
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
    'Kongo',
    'Nga',
    'Germany (FR)',
    'Germany (domestic)',
    'US,CA',
    '-',
    '()',
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

  it('reads every variant, and no name of a country as another country, in any language', () => {
    for (const [value, variants] of Object.entries(COUNTRY_VARIANTS)) {
      for (const name of variants) expect([name, parseCountry(name)]).toEqual([name, { ok: true, value }]);
    }
    const unread: string[] = [];
    for (const language of languages) {
      const names = new Intl.DisplayNames([language], { type: 'region' });
      for (const codes of COUNTRY_CODES) {
        const value = codes.slice(0, 2);
        const name = names.of(value) ?? '';
        const read = parseCountry(name);
        if (read.ok) expect([name, read.value]).toEqual([name, value]);
        else unread.push(`${language} ${name}`);
      }
    }
    // Each of these names means another country in another language.
    expect(unread).toEqual(['nb Kongo', 'pl Kongo', 'vi Nga']);
  });

  it('ignores case, accents, blanks and the order of words', () => {
    const english = new Intl.DisplayNames(['en'], { type: 'region' });
    const code = fc.constantFrom(...COUNTRY_CODES.map((codes) => codes.slice(0, 2)));
    fc.assert(
      fc.property(code, fc.infiniteStream(fc.boolean()), (value, coins) => {
        const words = (english.of(value) ?? '').split(' ').reverse().join('\u00a0 ');
        const text = [...words].map((char) => (coins.next().value ? char.toUpperCase() : char.toLowerCase()));
        expect(parseCountry(` ${text.join('').normalize('NFD')} `)).toEqual({ ok: true, value });
      }),
    );
  });

  it('never throws and never takes long', () => {
    fc.assert(fc.property(anyString, (text) => void parseCountry(text)));
    const time = processorTime(() => {
      parseCountry('('.repeat(400_000));
      parseCountry(`${'a -'.repeat(60)}`);
    });
    expect(time).toBeLessThan(1_000);
  });
});
