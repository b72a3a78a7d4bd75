import { describe, expect, it } from 'vitest';
import { createSpeech } from '../../texts/texts.js';
import { currencyOf, nameField, onlyCurrency, writeValue } from './write-value.js';

const { texts, format } = createSpeech('en', 'en-US');
const write = (field: string, text: string, currency: string | null = null) =>
  writeValue(field, text, { texts, format, currency });

describe('A value of a change', () => {
  it('is written as people write it', () => {
    expect(write('amount', '1234.50', 'EUR')).toBe('€1,234.50');
    expect(write('amount', '1234.50')).toBe('1,234.50');
    expect(write('shippingCountry', 'DE')).toBe('Germany');
    expect(write('status', 'COLLECTED')).toBe('Collected');
    expect(write('shippingCity', 'Rome')).toBe('Rome');
  });

  it('stays as it is where it is no date and no status that we know', () => {
    expect(write('pledgedAt', 'soon')).toBe('soon');
    expect(write('status', 'toString')).toBe('toString');
  });
});

describe('The name of a field', () => {
  it('is that of its question or header, where it has one', () => {
    expect(nameField({ field: 'answers', part: 'What colour?' }, texts)).toBe('What colour?');
    expect(nameField({ field: 'shippingCity', part: null }, texts)).toBe('City');
    expect(nameField({ field: 'newerField', part: null }, texts)).toBe('newerField');
    expect(nameField({ field: 'toString', part: null }, texts)).toBe('toString');
  });
});

describe('The currency of a change', () => {
  it('is the one afterwards, or the one before', () => {
    const field = (before: string | null, after: string | null) => ({
      fields: [{ field: 'currency', part: null, before, after }],
    });
    expect(currencyOf(field('EUR', 'USD'), 'CHF')).toBe('USD');
    expect(currencyOf(field('EUR', null), 'CHF')).toBe('EUR');
  });

  it('is the only one of the campaign, where the change does not name it', () => {
    const money = (...currencies: readonly (string | null)[]) => ({
      campaign: {
        pledges: { before: 0, after: 0 },
        people: { before: 0, after: 0 },
        money: currencies.map((currency) => ({
          currency,
          status: 'COLLECTED',
          pledges: { before: 1, after: 1 },
          amount: { before: '1.00', after: '1.00' },
        })),
        units: [],
        changedProducts: 0,
      },
    });
    expect(currencyOf({ fields: [] }, onlyCurrency(money('EUR', 'EUR')))).toBe('EUR');
    expect(currencyOf({ fields: [] }, onlyCurrency(money('EUR', 'USD')))).toBe(null);
    expect(currencyOf({ fields: [] }, onlyCurrency(money('EUR', null)))).toBe(null);
    expect(currencyOf({ fields: [] }, onlyCurrency({ campaign: null }))).toBe(null);
  });
});
