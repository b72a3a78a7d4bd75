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
const SHARED_SIGNS = new Map<string, ReadonlySet<string>>([
  [
    '$',
    codes(
      'USD CAD AUD NZD HKD SGD TWD MXN BRL ARS CLP COP UYU DOP CUP BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD',
    ),
  ],
  ['¥', codes('JPY CNY')],
  ['￥', codes('JPY CNY')],
  ['KR', codes('SEK NOK DKK ISK')],
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

/** The currencies that a sign such as `$` or `kr.` may mean; undefined for text that is no such sign. */
export function sharedSign(text: string): ReadonlySet<string> | undefined {
  return SHARED_SIGNS.get(text) ?? SHARED_SIGNS.get(text.toUpperCase().replace(/\.$/, ''));
}

function codes(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
