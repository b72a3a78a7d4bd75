import type { ValueResult } from './value-result.js';

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** Signs that mean one currency. `$`, `¥` and `kr` mean several and are left out on purpose. */
const SIGNS = new Map([
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['₹', 'INR'],
  ['₩', 'KRW'],
  ['₪', 'ILS'],
  ['₺', 'TRY'],
  ['₽', 'RUB'],
  ['₴', 'UAH'],
  ['฿', 'THB'],
  ['₫', 'VND'],
  ['₱', 'PHP'],
  ['₦', 'NGN'],
  ['ZŁ', 'PLN'],
  ['KČ', 'CZK'],
  ['FT', 'HUF'],
  ['RMB', 'CNY'],
  ['US$', 'USD'],
  ['A$', 'AUD'],
  ['AU$', 'AUD'],
  ['C$', 'CAD'],
  ['CA$', 'CAD'],
  ['HK$', 'HKD'],
  ['MX$', 'MXN'],
  ['NT$', 'TWD'],
  ['NZ$', 'NZD'],
  ['R$', 'BRL'],
  ['S$', 'SGD'],
  ['SG$', 'SGD'],
  ['CN¥', 'CNY'],
  ['JP¥', 'JPY'],
]);

/** Signs that mean several currencies, with those that a default may make of them. */
const SHARED_SIGNS = new Map<string, RegExp>([
  ['$', /^(?:[A-Z]{2}D|ARS|BRL|CLP|COP|CUP|DOP|MXN|UYU)$/],
  ['¥', /^(?:JPY|CNY)$/],
  ['￥', /^(?:JPY|CNY)$/],
  ['KR', /^(?:SEK|NOK|DKK|ISK)$/],
]);

const UNKNOWN_CURRENCY: ValueResult<never> = {
  ok: false,
  problem: {
    code: 'unknown_currency',
    message: 'This currency is not known. Write its three-letter ISO 4217 code, such as USD.',
  },
};

/**
 * The ISO 4217 code of a currency column: `USD`, `usd`, `€`, `A$`.
 *
 * @returns `unknown_currency`, also for a sign of several currencies such as `$`
 */
export function parseCurrency(text: string): ValueResult<string> {
  if (CURRENCIES.has(text)) return { ok: true, value: text };
  const sign = text.trim().toUpperCase();
  const value = SIGNS.get(sign) ?? (CURRENCIES.has(sign) ? sign : undefined);
  return value === undefined ? UNKNOWN_CURRENCY : { ok: true, value };
}

/** For each sign of several currencies whether a currency may be meant by it; undefined for any other text. */
export function sharedSign(text: string): RegExp | undefined {
  return SHARED_SIGNS.get(text.toUpperCase().replace(/\.$/, ''));
}
