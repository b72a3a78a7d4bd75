import { describe, expect, it } from 'vitest';
import { countryCodes } from './country-codes.js';

describe('Codes of countries', () => {
  it('are those of today', () => {
    const codes = countryCodes();
    expect(codes).toEqual(expect.arrayContaining(['DE', 'US', 'GB', 'TW', 'ZW']));
    expect(codes.filter((code) => ['DD', 'SU', 'EU', 'UN', 'ZZ', 'QQ'].includes(code))).toEqual([]);
    expect(codes.length).toBeGreaterThan(240);
    expect(codes.length).toBeLessThan(265);
  });
});
