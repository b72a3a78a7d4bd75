import { describe, expect, it } from 'vitest';
import { chooseLocale, languages } from './texts.js';

/** Each text with its place, such as `signIn.title`. */
function textsIn(value: unknown, place = ''): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return [[place, value]];
  return Object.entries(value).flatMap(([name, each]) =>
    textsIn(each, place === '' ? name : `${place}.${name}`),
  );
}

/** Words that both languages write in the same way. */
const alike = new Set([
  'name',
  'campaign.pledges',
  'campaign.status',
  'account.kinds.pledges',
  'fields.backerName',
  'fields.bonusAmount',
  'preview.facts.encoding',
  'upload.sentTo',
  'records.pledges',
  'records.name',
  'review.types.backer',
  'review.types.pledge',
  'review.typesMany.pledge',
  'review.fields.name',
  'review.fields.bonusAmount',
  'review.fields.backerId',
  'records.kinds.ADD_ON',
  'webhooks.title',
  'settings.name',
]);

describe('The languages', () => {
  it('have the same texts, and none is blank or left in English', () => {
    const english = new Map(textsIn(languages.en));
    const german = new Map(textsIn(languages.de));
    expect([...german.keys()]).toEqual([...english.keys()]);
    for (const [place, text] of german) {
      expect(String(text).trim(), place).not.toBe('');
      if (!alike.has(place)) expect(String(text), place).not.toBe(String(english.get(place)));
    }
  });

  it('count one and many', () => {
    expect(languages.en.preview.wouldReject(1, '1')).toBe('1 row would be rejected');
    expect(languages.de.preview.wouldReject(2, '2')).toBe('2 Zeilen würden abgelehnt');
  });
});

describe('The language of a person', () => {
  it('is the first that the page has, with the dates of their country', () => {
    expect(chooseLocale(['fr-FR', 'de-AT', 'en'])).toEqual({ language: 'de', locale: 'de-AT' });
    expect(chooseLocale(['en-GB'])).toEqual({ language: 'en', locale: 'en-GB' });
    expect(chooseLocale(['toString', 'fr'])).toEqual({ language: 'en', locale: 'en' });
  });
});
