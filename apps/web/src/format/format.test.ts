import { describe, expect, it } from 'vitest';
import { createFormat } from './format.js';

const english = createFormat('en');
const german = createFormat('de');
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('An amount', () => {
  it('is written as its language does, with the currency', () => {
    expect(english.money('1234.50', 'USD')).toBe('$1,234.50');
    expect(plain(german.money('1234.50', 'EUR'))).toBe('1.234,50 €');
  });

  it('keeps every cent of a sum that no number of JavaScript holds', () => {
    expect(english.money('90071992547409931.23', 'USD')).toBe('$90,071,992,547,409,931.23');
  });

  it('keeps the decimals that the API gives, also where its currency has none', () => {
    expect(english.money('5000', 'JPY')).toBe('¥5,000');
    expect(english.money('1.234', 'KWD')).toContain('1.234');
  });

  it('without a currency is a number, and what is no amount stays as it is', () => {
    expect(english.money('1234.5', null)).toBe('1,234.5');
    expect(english.money('n/a', 'USD')).toBe('n/a USD');
  });
});

describe('Other values', () => {
  it('are written as the language does', () => {
    expect([english.number(1234567), german.number(1234567)]).toEqual(['1,234,567', '1.234.567']);
    expect([english.country('DE'), german.country('DE')]).toEqual(['Germany', 'Deutschland']);
    expect(english.country('Atlantis')).toBe('Atlantis');
    expect(english.day('2026-01-31')).toBe('Jan 31, 2026');
  });

  it('have units that fit their size', () => {
    expect([0, 999, 1_000, 1_500_000, 2_000_000_000].map((count) => plain(english.bytes(count)))).toEqual([
      '0 bytes',
      '999 bytes',
      '1 kB',
      '1.5 MB',
      '2 GB',
    ]);
    expect([0.2, 40, 120, 7_200].map(english.duration)).toEqual([
      '1 second',
      '40 seconds',
      '2 minutes',
      '2 hours',
    ]);
  });
});
