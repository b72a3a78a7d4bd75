import { bareText } from './bare-text.js';
import { decimalsOf, readCurrency } from './currency.js';
import { type Decimal, readDecimal } from './decimal.js';
import type { DecimalMark } from './decimal-mark.js';
import type { ValueProblem, ValueResult } from './value-result.js';

export interface Money {
  /** Canonical decimal: point, no thousands, decimals as written (at most 4), e.g. `-1234.50`. */
  readonly amount: string;
  /** ISO 4217 code, or null when neither the text nor the default says which currency it is. */
  readonly currency: string | null;
}

export interface MoneyOptions {
  /** ISO 4217 code for text that names no currency, or only a sign that fits it, such as `$` for CAD. */
  readonly defaultCurrency?: string | undefined;
  /** What the file writes before decimals, as its other amounts prove; decides what `1.234` is. */
  readonly decimalMark?: DecimalMark | undefined;
}

interface Parts {
  readonly number: string;
  /** What stands around the number. */
  readonly before: string;
  readonly after: string;
}

const MAX_LENGTH = 64;
/** With the blanks around it: spreadsheets pad a column to one width. */
const MAX_TEXT = 1_000;

/** `$1,234.00 USD` (Kickstarter), `SEK 10.00`, `£253.00` and `10.00`: nearly every cell there is. */
const COMMON =
  /^(?:([$£€])|([A-Z]{3}) )?((?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3}){1,4})(?:\.\d{1,2})?)(?: ([A-Z]{3}))?$/;
const ZERO: Decimal = { digits: '0', isAmbiguous: false };
const FREE = /^(?:free|gratis|grátis|gratuit|gratuito|kostenlos|無料|免费|免費|무료)$/i;
/** How the accounting format of spreadsheets writes zero: `$ -`. */
const DASH_ZERO = /^(?:([^\d\s-]{1,3}) ?-|- ?([^\d\s-]{1,3}))$/;
const NUMBER = /^[\d.,'’ ]+$/;
const SIGNS = /[-+−–()]/g;
/** `5.-` and `5,–`: no cents, in Switzerland and Germany. */
const NO_CENTS = /^[.,][-–—]/;
/** `US $5`, as shops write it: one sign, not two currencies. */
const SPACED_DOLLAR = /(?<![A-Z])(A|AU|C|CA|HK|MX|NT|NZ|R|S|SG|US) \$/i;

const INVALID_MONEY: ValueResult<never> = {
  ok: false,
  problem: {
    code: 'invalid_money',
    message: 'This is not an amount of money. Write it like 1234.50 or 1234.50 USD.',
  },
};
const AMBIGUOUS_NUMBER: ValueProblem = {
  code: 'ambiguous_number',
  message: 'The point may mark thousands or decimals. Write the amount with two decimals, like 1234.00.',
};

const DOUBTFUL_NUMBER: ValueResult<never> = { ok: false, problem: AMBIGUOUS_NUMBER };

const UNEXPECTED_DECIMALS: ValueProblem = {
  code: 'unexpected_decimals',
  message:
    'This currency has no decimals. The amount is kept as it is; check whether it is in another currency.',
};

/**
 * An amount of money in the notations that exports use. How the doubtful ones are read:
 * - Of `.` and `,` the later one is the decimal mark. One that stands alone is the decimal mark, unless exactly
 *   three digits follow one to three: `1,234` is thousands, as the English exports write it.
 * - `1.234` is thousands where other amounts of the file prove a decimal comma, or the currency has no decimals (JPY),
 *   and a decimal where it has three (KWD). Else it is read with a warning: as thousands beside a currency, which would
 *   have two decimals; as a decimal when bare, if other amounts prove a decimal point. Without any proof a bare one is
 *   `ambiguous_number`.
 * - `$`, `¥` and `kr` mean several currencies. They count only if a code is beside them (`$5 USD`) or the default
 *   is one of theirs; otherwise the currency is null. `A$`, `CA$`, `R$` and the like mean one.
 * - `(12.00)` is negative; `free` and `$ -` are 0.
 * - Decimals of a currency that has none are kept and warned about.
 *
 * @returns `invalid_money` for anything else, for more than 15 digits before and 4 after the decimal mark, and for
 * two currencies at once; `ambiguous_number`; `unknown_currency` for a code that ISO 4217 does not know
 */
export function parseMoney(text: string, options: MoneyOptions = {}): ValueResult<Money> {
  const common = COMMON.exec(text);
  if (common !== null) {
    const [, sign, before, digits = '', after] = common;
    const names = [sign ?? before, after].filter((name) => name !== undefined);
    return toMoney({ digits: digits.replaceAll(',', ''), isAmbiguous: false }, names, options);
  }
  const bare = text.length > MAX_TEXT ? text : bareText(text);
  if (bare.length > MAX_LENGTH) return INVALID_MONEY;
  if (FREE.test(bare)) return toMoney(ZERO, [], options);
  const dash = DASH_ZERO.exec(bare);
  if (dash !== null) return toMoney(ZERO, [dash[1] ?? dash[2] ?? ''], options);
  const parts = splitParts(bare);
  if (parts === null) return INVALID_MONEY;
  const isNegative = readSign(parts);
  if (isNegative === null) return INVALID_MONEY;
  return toMoney(parts.number, currencyNames(parts), options, isNegative);
}

/** @param number the text of a number, whose reading may depend on the currency, or one that is read already */
function toMoney(
  number: string | Decimal,
  names: readonly string[],
  { defaultCurrency, decimalMark }: MoneyOptions,
  isNegative = false,
): ValueResult<Money> {
  const read = readCurrency(names, defaultCurrency);
  if (read === null) return INVALID_MONEY;
  if (!read.ok) return read;
  const currency = read.value;
  const decimals = decimalsOf(currency);
  const hints = { hasCurrency: names.length > 0, decimals, mark: decimalMark ?? null };
  const decimal = typeof number === 'string' ? readDecimal(number, hints) : number;
  if (decimal === null) return INVALID_MONEY;
  const { digits, isAmbiguous } = decimal;
  const value = { amount: isNegative && /[1-9]/.test(digits) ? `-${digits}` : digits, currency };
  // Beside a currency it is thousands, most likely; a bare number without any proof is off by a thousand, or is not.
  if (isAmbiguous && names.length === 0 && decimalMark === undefined) return DOUBTFUL_NUMBER;
  if (isAmbiguous) return { ok: true, value, warning: AMBIGUOUS_NUMBER };
  // Zeros are no decimals: spreadsheets write `1000.00` whatever the currency.
  const isSuspect = decimals === 0 && /\..*[1-9]/.test(digits);
  return isSuspect ? { ok: true, value, warning: UNEXPECTED_DECIMALS } : { ok: true, value };
}

function splitParts(text: string): Parts | null {
  let first = text.search(/\d/);
  if (first === -1) return null;
  // `.50` begins with its point, but the point of `kr.50` and `Fr.50` belongs to the word.
  if (/(?:^|[^\p{L}])[.,]$/u.test(text.slice(0, first))) first -= 1;
  let end = text.length;
  while (!/\d/.test(text.charAt(end - 1))) end -= 1;
  const number = text.slice(first, end);
  if (!NUMBER.test(number)) return null;
  return { number, before: text.slice(0, first), after: text.slice(end).replace(NO_CENTS, '') };
}

/** Whether the amount is negative, or null when its signs or brackets make no sense. */
function readSign({ before, after }: Parts): boolean | null {
  const signs = (`${before} ${after}`.match(SIGNS) ?? []).join('');
  if (signs === '' || signs === '+') return false;
  if (signs === '()') return before.includes('(') && after.includes(')') ? true : null;
  return signs === '-' || signs === '−' || signs === '–' ? true : null;
}

/** The currency words and signs around the number; `USD$` is two of them. */
function currencyNames({ before, after }: Parts): readonly string[] {
  const around = `${before} ${after}`.replace(SIGNS, ' ').replace(SPACED_DOLLAR, '$1$$').trim();
  if (around === '') return [];
  return around.split(/\s+/).flatMap((word) => /^([A-Za-z]{3})(\$)$/.exec(word)?.slice(1) ?? [word]);
}
