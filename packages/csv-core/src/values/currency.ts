import { bareText } from './bare-text.js';
import type { ValueResult } from './value-result.js';

/** The result for each code, made once, because millions of amounts have the same few currencies. */
const CURRENCIES = new Map<string, ReadCurrency>(
  Intl.supportedValuesOf('currency').map((value) => [value, { ok: true, value }]),
);
const NO_CURRENCY = { ok: true, value: null } as const;

interface ReadCurrency {
  readonly ok: true;
  readonly value: string;
}

/** Signs that mean one currency. `$`, `¥` and `kr` mean several and are left out on purpose. */
const SIGNS = new Map([
  ['€', 'EUR'],
  ['EURO', 'EUR'],
  ['EUROS', 'EUR'],
  ['£', 'GBP'],
  ['UK£', 'GBP'],
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
  ['₡', 'CRC'],
  ['₲', 'PYG'],
  ['₵', 'GHS'],
  ['₸', 'KZT'],
  ['₮', 'MNT'],
  ['₭', 'LAK'],
  ['៛', 'KHR'],
  ['৳', 'BDT'],
  ['₼', 'AZN'],
  ['₾', 'GEL'],
  ['֏', 'AMD'],
  ['円', 'JPY'],
  ['元', 'CNY'],
  ['원', 'KRW'],
  ['FR', 'CHF'],
  ['SFR', 'CHF'],
  ['ЛВ', 'BGN'],
  ['РУБ', 'RUB'],
  ['ГРН', 'UAH'],
  ['LEI', 'RON'],
  ['RM', 'MYR'],
  ['RP', 'IDR'],
  ['S/', 'PEN'],
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

/** Signs that mean several currencies. A default currency decides only if it is one of these. */
const SHARED_SIGNS = new Map<string, ReadonlySet<string>>([
  [
    '$',
    codes(
      'USD CAD AUD NZD HKD SGD TWD MXN BRL ARS CLP COP UYU DOP CUP BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD',
    ),
  ],
  ['¥', codes('JPY CNY')],
  ['KR', codes('SEK NOK DKK ISK')],
  ['RS', codes('INR PKR LKR NPR MUR SCR')],
  ['₨', codes('INR PKR LKR NPR MUR SCR')],
]);

/** ISO 4217, column "minor unit", where it is not two. */
const DECIMALS = new Map<string, number>([
  ...[...codes('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF')].map(
    (code) => [code, 0] as const,
  ),
  ...[...codes('BHD IQD JOD KWD LYD OMR TND')].map((code) => [code, 3] as const),
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
 * @returns `unknown_currency` for anything else, and for a sign of several currencies such as `$`
 */
export function parseCurrency(text: string): ValueResult<string> {
  const known = CURRENCIES.get(text);
  if (known !== undefined) return known;
  const sign = bareText(text).toUpperCase();
  const code = SIGNS.get(sign) ?? SIGNS.get(sign.replace(/\.$/, '')) ?? sign;
  return CURRENCIES.get(code) ?? UNKNOWN_CURRENCY;
}

/**
 * The currency that the words and signs beside an amount mean together. A sign of several currencies is understood only
 * if a code stands beside it, or if the default is one of them; without a default the value is null.
 *
 * @param defaultCurrency ISO 4217 code
 * @returns null for words that are not a currency, or for two currencies; `unknown_currency` for a code that does not
 * exist; `mixed_currencies` for a sign that the default does not have
 */
export function readCurrency(
  names: readonly string[],
  defaultCurrency: string | undefined,
): ValueResult<string | null> | null {
  let found: ReadCurrency | undefined;
  let shared: ReadonlySet<string> | undefined;
  for (const name of names) {
    const meanings = CURRENCIES.has(name) ? undefined : sharedSign(name);
    if (meanings !== undefined) {
      shared = meanings;
      continue;
    }
    const read = parseCurrency(name);
    if (!read.ok) return /^[A-Za-z]{3}$/.test(name) ? read : null;
    if (found !== undefined && found.value !== read.value) return null;
    found = read;
  }
  if (found !== undefined) return found;
  if (defaultCurrency === undefined) return NO_CURRENCY;
  const fallback = parseCurrency(defaultCurrency);
  if (!fallback.ok) return fallback;
  return shared === undefined || shared.has(fallback.value) ? fallback : otherSign(fallback.value);
}

function otherSign(currency: string): ValueResult<never> {
  const message = `The sign beside the amount is not one of ${currency}, the currency of the row. Write all amounts in one currency.`;
  return { ok: false, problem: { code: 'mixed_currencies', message } };
}

/** How many decimals amounts in the currency have by ISO 4217; two when the currency is null. */
export function decimalsOf(currency: string | null): number {
  return (currency === null ? undefined : DECIMALS.get(currency)) ?? 2;
}

/** The currencies that a sign such as `$` or `kr.` may mean; undefined for any other text. */
function sharedSign(text: string): ReadonlySet<string> | undefined {
  return SHARED_SIGNS.get(text) ?? SHARED_SIGNS.get(text.toUpperCase().replace(/\.$/, ''));
}

function codes(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
