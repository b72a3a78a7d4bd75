import { describe, expect, it } from 'vitest';
import { localeChoices, zoneChoices } from './choices.js';

describe('What can be chosen', () => {
  it('has what is set now, once, in words of the language', () => {
    const german = localeChoices('de-DE', 'de').filter(({ value }) => value === 'de-DE');
    expect(german).toEqual([{ value: 'de-DE', title: 'Deutsch (Deutschland)' }]);
    expect(localeChoices('fi', 'en')).toContainEqual({ value: 'fi', title: 'Finnish' });
  });

  it('has time zones, UTC and the one that is set among them', () => {
    const values = zoneChoices('Etc/GMT+5').map(({ value }) => value);
    expect(values).toEqual(expect.arrayContaining(['UTC', 'Etc/GMT+5', 'Europe/Berlin']));
    expect(new Set(values).size).toBe(values.length);
  });
});
