import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyString } from './any-string.testing.js';
import { parseCurrency } from './currency.js';
import { parseMoney } from './money.js';

describe('parseMoney', () => {
  it.each([
    ['$1,234.50 USD', '1234.50', 'USD'],
    ['$59.00 USD', '59.00', 'USD'],
    ['$0.00 USD', '0.00', 'USD'],
    ['SEK 1,000.00', '1000.00', 'SEK'],
    ['£253.00', '253.00', 'GBP'],
    ['€ 12', '12', 'EUR'],
    ['1.234,56 €', '1234.56', 'EUR'],
    ['1 234,50 €', '1234.50', 'EUR'],
    ['1\u00a0234,50 €', '1234.50', 'EUR'],
    ['1\u2009234,50\u00a0€', '1234.50', 'EUR'],
    ['1\u202f234\u202f567 €', '1234567', 'EUR'],
    ['$98.9', '98.9', null],
    ['$30', '30', null],
    ['$ 5', '5', null],
    ['¥1000', '1000', null],
    ['￥1,000', '1000', null],
    ['１，０００円', '1000', 'JPY'],
    ['1,000円', '1000', 'JPY'],
    ['30元', '30', 'CNY'],
    ['₩50,000', '50000', 'KRW'],
    ['50,000원', '50000', 'KRW'],
    ['₩50.000', '50000', 'KRW'],
    ['JPY 1000', '1000', 'JPY'],
    ['1.000 JPY', '1000', 'JPY'],
    ['JPY 1,000', '1000', 'JPY'],
    ['JPY 1,000.00', '1000.00', 'JPY'],
    ['1.000.000 VND', '1000000', 'VND'],
    ['100 kr', '100', null],
    ['kr. 100', '100', null],
    ['kr.100', '100', null],
    ['249.0', '249.0', null],
    ['1659.95', '1659.95', null],
    ['10,00', '10,00'.replace(',', '.'), null],
    [' R$ 15,00', '15.00', 'BRL'],
    ['R$ 1.500,00', '1500.00', 'BRL'],
    [`CHF 1'234.50`, '1234.50', 'CHF'],
    ['CHF 1’234.50', '1234.50', 'CHF'],
    ['CHF 5.-', '5', 'CHF'],
    ['5,– €', '5', 'EUR'],
    ['A$12.50', '12.50', 'AUD'],
    ['CA$12.50', '12.50', 'CAD'],
    ['C$12.50', '12.50', 'CAD'],
    ['US$12.50', '12.50', 'USD'],
    ['US$ 12.50 USD', '12.50', 'USD'],
    ['HK$12', '12', 'HKD'],
    ['NZ$12', '12', 'NZD'],
    ['S$12', '12', 'SGD'],
    ['MX$12', '12', 'MXN'],
    ['$12 CAD', '12', 'CAD'],
    ['USD $12', '12', 'USD'],
    ['USD$12', '12', 'USD'],
    ['12usd', '12', 'USD'],
    ['12 zł', '12', 'PLN'],
    ['10 Euro', '10', 'EUR'],
    ['Rs. 500', '500', null],
    ['Fr. 5.50', '5.50', 'CHF'],
    ['S/ 20.00', '20.00', 'PEN'],
    ['US $12.50', '12.50', 'USD'],
    ['R $ 12,50', '12.50', 'BRL'],
    ['1\u202f234,50 €', '1234.50', 'EUR'],
    ['$1,234.00', '1234.00', null],
    ['-€5', '-5', 'EUR'],
    ['($12.00)', '-12.00', null],
    ['$(12.00)', '-12.00', null],
    ['($12.00) USD', '-12.00', 'USD'],
    [' $-   ', '0', null],
    ['€ -', '0', 'EUR'],
    ['- €', '0', 'EUR'],
    ['="12.50"', '12.50', null],
    ["'-12.50", '-12.50', null],
    ['\u200e12.50\u200f ₪', '12.50', 'ILS'],
    ['(12.00)', '-12.00', null],
    ['($12.00 USD)', '-12.00', 'USD'],
    ['-5', '-5', null],
    ['−5', '-5', null],
    ['5-', '-5', null],
    ['-$5.00 USD', '-5.00', 'USD'],
    ['$-5.00', '-5.00', null],
    ['+5', '5', null],
    ['-0.00', '0.00', null],
    ['free', '0', null],
    ['FREE', '0', null],
    [' Free ', '0', null],
    ['無料', '0', null],
    ['1,234', '1234', null],
    ['$1,234', '1234', null],
    ['1,234,567', '1234567', null],
    ['1.234.567', '1234567', null],
    ['₹1,23,456.00', '123456.00', 'INR'],
    ['1234,567', '1234.567', null],
    ['0,123', '0.123', null],
    ['0.123', '0.123', null],
    ['1.234 KWD', '1.234', 'KWD'],
    ['1.2345', '1.2345', null],
    ['10.000000', '10.0000', null],
    ['.50', '0.50', null],
    ['$.50', '0.50', null],
    ['-,50', '-0.50', null],
    ['007.50', '7.50', null],
    ['999999999999999', '999999999999999', null],
  ])('reads %j as %s %s', (text, amount, currency) => {
    expect(parseMoney(text)).toEqual({ ok: true, value: { amount, currency } });
  });

  it.each([
    ['1.234 €', '1234', 'EUR'],
    ['$1.234 USD', '1234', 'USD'],
  ])('reads %j with a warning', (text, amount, currency) => {
    expect(parseMoney(text)).toMatchObject({
      ok: true,
      value: { amount, currency },
      warning: { code: 'ambiguous_number' },
    });
  });

  it.each(['1.234', '-12.345', '(1.500)'])(
    'reads %j, whose point may separate thousands or decimals, only with a given decimal mark',
    (text) => {
      expect(parseMoney(text)).toMatchObject({ ok: false, problem: { code: 'ambiguous_number' } });
      const thousands = parseMoney(text, { decimalMark: ',' });
      expect(thousands).toEqual({
        ok: true,
        value: { amount: expect.stringMatching(/^-?\d{4,5}$/), currency: null },
      });
      const decimals = parseMoney(text, { decimalMark: '.' });
      expect(decimals).toMatchObject({ ok: true, warning: { code: 'ambiguous_number' } });
      expect(decimals.ok && decimals.value.amount).toMatch(/\.\d{3}$/);
    },
  );

  it.each([
    ['1,250', '1.250', null],
    ['-12,500', '-12.500', null],
    ['1,250 €', '1.250', 'EUR'],
  ])(
    'reads the comma of %j as the decimal mark, with a warning, where it is proven',
    (text, amount, currency) => {
      expect(parseMoney(text, { decimalMark: ',' })).toMatchObject({
        ok: true,
        value: { amount, currency },
        warning: { code: 'ambiguous_number' },
      });
    },
  );

  it('reads the comma before three digits as the decimal mark of a currency with three decimals', () => {
    const read = (text: string, decimalMark?: '.' | ',') =>
      parseMoney(text, { defaultCurrency: 'TND', decimalMark });
    const amount = (digits: string) => ({ ok: true, value: { amount: digits, currency: 'TND' } });
    expect(read('45,500')).toEqual(amount('45.500'));
    expect(read('45,500', ',')).toEqual(amount('45.500'));
    expect(read('45,500', '.')).toEqual(amount('45500'));
    expect(read('1.234', ',')).toEqual(amount('1234'));
    expect(read('1.234,500')).toEqual(amount('1234.500'));
  });

  it('reads the comma of a currency without decimals as a thousands separator, whatever is proven', () => {
    expect(parseMoney('1,250', { defaultCurrency: 'JPY', decimalMark: ',' })).toMatchObject({
      value: { amount: '1250' },
    });
  });

  it.each([
    ['JPY 1000.50', '1000.50', 'JPY'],
    ['1,000.5 KRW', '1000.5', 'KRW'],
    ['0.500 JPY', '0.500', 'JPY'],
    ['-1,5 円', '-1.5', 'JPY'],
  ])(
    'keeps the decimals of %j, which its currency does not have, with a warning',
    (text, amount, currency) => {
      expect(parseMoney(text)).toMatchObject({
        ok: true,
        value: { amount, currency },
        warning: { code: 'unexpected_decimals' },
      });
    },
  );

  it.each([
    ['5', 'EUR', 'EUR'],
    ['5', 'usd', 'USD'],
    ['$5', 'CAD', 'CAD'],
    ['kr 5', 'NOK', 'NOK'],
    ['¥5', 'JPY', 'JPY'],
    ['€5', 'USD', 'EUR'],
    ['$5 USD', 'CAD', 'USD'],
    ['free', 'USD', 'USD'],
  ])('reads the currency of %j with the default %s as %s', (text, defaultCurrency, currency) => {
    expect(parseMoney(text, { defaultCurrency })).toMatchObject({ ok: true, value: { currency } });
  });

  it.each([
    ['$5', 'EUR'],
    ['kr 5', 'USD'],
    ['¥5', 'EUR'],
  ])('refuses %j, whose sign is not one of the default %s', (text, defaultCurrency) => {
    expect(parseMoney(text, { defaultCurrency })).toMatchObject({
      ok: false,
      problem: { code: 'mixed_currencies' },
    });
  });

  it('reads the point as a thousands separator when the default currency has no decimals', () => {
    expect(parseMoney('1.234', { defaultCurrency: 'JPY' })).toEqual({
      ok: true,
      value: { amount: '1234', currency: 'JPY' },
    });
  });

  it('reads three digits after the point as decimals when the default currency has three', () => {
    expect(parseMoney('1.234', { defaultCurrency: 'KWD' })).toEqual({
      ok: true,
      value: { amount: '1.234', currency: 'KWD' },
    });
  });

  it.each([
    ['abc', 'invalid_money'],
    ['', 'invalid_money'],
    ['$', 'invalid_money'],
    ['.', 'invalid_money'],
    ['1.23E+11', 'invalid_money'],
    ['1e5', 'invalid_money'],
    ['10:27', 'invalid_money'],
    ['2018-03-28', 'invalid_money'],
    ['5%', 'invalid_money'],
    ['-', 'invalid_money'],
    ['— $', 'invalid_money'],
    ['$ - 5 - ', 'invalid_money'],
    ['n/a', 'invalid_money'],
    ['--5', 'invalid_money'],
    ['-(5)', 'invalid_money'],
    ['(5', 'invalid_money'],
    [')5(', 'invalid_money'],
    ['€5 USD', 'invalid_money'],
    ['1,2.50', 'invalid_money'],
    ['1,234,56', 'invalid_money'],
    ['0,123,456', 'invalid_money'],
    ['12,34,5', 'invalid_money'],
    ['12 34', 'invalid_money'],
    ['1,234.567,00', 'invalid_money'],
    ['1.23456', 'invalid_money'],
    ['1000000000000000', 'invalid_money'],
    ['٣', 'invalid_money'],
    ['5'.repeat(65), 'invalid_money'],
    ['12 XYZ', 'unknown_currency'],
    ['XYZ 12.00', 'unknown_currency'],
  ])('refuses %j as %s', (text, code) => {
    expect(parseMoney(text)).toMatchObject({ ok: false, problem: { code } });
  });

  it('refuses a default currency that does not exist', () => {
    expect(parseMoney('5', { defaultCurrency: 'XYZ' })).toMatchObject({
      ok: false,
      problem: { code: 'unknown_currency' },
    });
  });

  it('reads every amount in the notations of many countries', () => {
    const places = [
      ['en-US', 'USD'],
      ['en-US', 'CAD'],
      ['en-GB', 'GBP'],
      ['en-IN', 'INR'],
      ['de-DE', 'EUR'],
      ['de-CH', 'CHF'],
      ['fr-FR', 'EUR'],
      ['it-IT', 'EUR'],
      ['pl-PL', 'PLN'],
      ['pt-BR', 'BRL'],
      ['sv-SE', 'SEK'],
      ['cs-CZ', 'CZK'],
      ['da-DK', 'DKK'],
      ['nl-NL', 'EUR'],
      ['tr-TR', 'TRY'],
      ['uk-UA', 'UAH'],
      ['he-IL', 'ILS'],
    ] as const;
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.constantFrom(...places),
        fc.constantFrom<('symbol' | 'code')[]>('symbol', 'code'),
        (cents, [locale, currency], currencyDisplay) => {
          const text = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay }).format(
            cents / 100,
          );
          const result = parseMoney(text, { defaultCurrency: currency });
          expect([text, result]).toEqual([
            text,
            { ok: true, value: { amount: (cents / 100).toFixed(2), currency } },
          ]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('reads every amount of a currency without decimals in the notation of its country', () => {
    const places = [
      ['ja-JP', 'JPY'],
      ['en-US', 'JPY'],
      ['de-DE', 'JPY'],
      ['ko-KR', 'KRW'],
      ['es-CL', 'CLP'],
      ['vi-VN', 'VND'],
      ['is-IS', 'ISK'],
    ] as const;
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.constantFrom(...places),
        (amount, [locale, currency]) => {
          const text = new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount);
          const result = parseMoney(text, { defaultCurrency: currency });
          expect([text, result]).toEqual([text, { ok: true, value: { amount: String(amount), currency } }]);
        },
      ),
    );
  });

  it('reads full-width characters like ASCII characters', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0123459.,-$¥()USDJPY'), maxLength: 12 });
    fc.assert(
      fc.property(text, (narrow) => {
        const wide = narrow.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
        expect(parseMoney(wide)).toEqual(parseMoney(narrow));
      }),
    );
  });

  it('gives amounts that it reads again as the same amounts', () => {
    const text = fc.string({ unit: fc.constantFrom(..."0123459.,- $€'()USDkr"), maxLength: 12 });
    fc.assert(
      fc.property(text, (input) => {
        const result = parseMoney(input);
        if (!result.ok) return;
        const { amount } = result.value;
        expect(amount).toMatch(/^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,4})?$/);
        expect(parseMoney(amount, { decimalMark: '.' })).toMatchObject({ ok: true, value: { amount } });
      }),
      { numRuns: 5000 },
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(anyString, (text) => void parseMoney(text)));
  });
});

describe('parseCurrency', () => {
  it.each([
    ['USD', 'USD'],
    [' usd ', 'USD'],
    ['€', 'EUR'],
    ['zł', 'PLN'],
    ['A$', 'AUD'],
  ])('reads %j as %s', (text, value) => {
    expect(parseCurrency(text)).toEqual({ ok: true, value });
  });

  it.each(['$', 'kr', 'dollars', 'XYZ', ''])('does not know %j', (text) => {
    expect(parseCurrency(text)).toMatchObject({ ok: false, problem: { code: 'unknown_currency' } });
  });
});
