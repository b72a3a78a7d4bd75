import { bareText } from './bare-text.js';
import { decimalsOf, readCurrency } from './currency.js';
import { type Decimal, readDecimal } from './decimal.js';
import type { DecimalMark } from './decimal-mark.js';
import type { ValueProblem, ValueResult } from './value-result.js';

export interface Money {
  /** Canonical: a decimal point, no thousands separators, decimals as written (at most 4), such as `-1234.50`. */
  readonly amount: string;
  /** ISO 4217 code; null when neither the text nor the default decides the currency. */
  readonly currency: string | null;
}

export interface MoneyOptions {
  /** ISO 4217 code for text without a currency, or with a sign that may mean this one, such as `$` for CAD. */
  readonly defaultCurrency?: string | undefined;
  /** The decimal mark of the file, as other amounts prove it. Decides how `1.234` and `1,234` are read. */
  readonly decimalMark?: DecimalMark | undefined;
}

interface Parts {
  readonly number: string;
  /** The text before the number. */
  readonly before: string;
  /** The text after the number. */
  readonly after: string;
}

const MAX_LENGTH = 64;
/** Longest text with the blanks around the amount: spreadsheets pad a column to one width. */
const MAX_TEXT = 1_000;

/** `$1,234.00 USD` (Kickstarter), `SEK 10.00`, `£253.00` and `10.00`: the notation of nearly every cell. */
const COMMON =
  /^(?:([$£€])|([A-Z]{3}) )?((?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3}){1,4})(?:\.\d{1,2})?)(?: ([A-Z]{3}))?$/;
const ONE_GROUP = /^\d{1,3},\d{3}$/;
const ZERO: Decimal = { digits: '0', isAmbiguous: false };
const FREE = /^(?:free|gratis|grátis|gratuit|gratuito|kostenlos|無料|免费|免費|무료)$/i;
/** How the accounting format of spreadsheets writes zero: `$ -`. */
const DASH_ZERO = /^(?:([^\d\s-]{1,3}) ?-|- ?([^\d\s-]{1,3}))$/;
const NUMBER = /^[\d.,'’ ]+$/;
const SIGNS = /[-+−–()]/g;
/** `5.-` and `5,–`, as Switzerland and Germany write an amount without cents. */
const NO_CENTS = /^[.,][-–—]/;
/** `US $5`, as shops write it: one currency sign, not two currencies. */
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
  message:
    'The point or comma may mark thousands or decimals. Write the amount with two decimals, like 1234.00.',
};

const REFUSED_AMBIGUOUS_NUMBER: ValueResult<never> = { ok: false, problem: AMBIGUOUS_NUMBER };

const UNEXPECTED_DECIMALS: ValueProblem = {
  code: 'unexpected_decimals',
  message:
    'This currency has no decimals. The amount is kept as it is; check whether it is in another currency.',
};

/**
 * An amount of money in the notations that exports use. How ambiguous ones are read:
 * - Where an amount has both `.` and `,`, the later one is the decimal mark. A single `.` or `,` is the decimal mark,
 *   unless one to three digits stand before it and exactly three after it.
 * - `1,234` is read as 1234, as English exports write it. It is read as 1.234 if the currency has three decimals (KWD)
 *   and nothing proves a decimal point, and with a warning if other amounts of the file prove a decimal comma.
 * - `1.234` is read as 1234 if other amounts of the file prove a decimal comma, or if the currency has no decimals
 *   (JPY). It is read as 1.234 if the currency has three decimals (KWD) and nothing proves a decimal comma. Otherwise: with a currency beside it, it is
 *   read as 1234 with a warning, because that currency would have two decimals. Without one, it is read as 1.234 with a
 *   warning if other amounts prove a decimal point, and refused as `ambiguous_number` if nothing is proven.
 * - `$`, `¥` and `kr` mean several currencies. They are understood only if a code stands beside them (`$5 USD`) or the
 *   default is one of those currencies. Without a default the currency is null. `A$`, `CA$`, `R$` and the like mean one.
 * - `(12.00)` is negative; `free` and `$ -` are 0.
 * - Decimals of a currency that has none are kept, with a warning.
 *
 * @returns `invalid_money` for anything else, for more than 15 digits before or 4 after the decimal mark, and for
 * two currencies at once; `ambiguous_number`; `unknown_currency` for a code that ISO 4217 does not have; `mixed_currencies` for a sign
 * that the default does not have
 */
export function parseMoney(text: string, options: MoneyOptions = {}): ValueResult<Money> {
  const common = COMMON.exec(text);
  if (common !== null) {
    const [, sign, before, digits = '', after] = common;
    const names = [sign ?? before, after].filter((name) => name !== undefined);
    // `1,234` may be 1.234.
    if (ONE_GROUP.test(digits)) return toMoney(digits, names, options);
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

/** @param number the text of a number, which may depend on the currency, or a number that has been read already */
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
  const hints = { hasCurrency: names.length > 0, decimals, decimalMark: decimalMark ?? null };
  const decimal = typeof number === 'string' ? readDecimal(number, hints) : number;
  if (decimal === null) return INVALID_MONEY;
  const { digits, isAmbiguous } = decimal;
  const value = { amount: isNegative && /[1-9]/.test(digits) ? `-${digits}` : digits, currency };
  // Without a currency and without proof the value could be wrong by a factor of a thousand.
  if (isAmbiguous && names.length === 0 && decimalMark === undefined) return REFUSED_AMBIGUOUS_NUMBER;
  if (isAmbiguous) return { ok: true, value, warning: AMBIGUOUS_NUMBER };
  // Zeros alone are no reason to warn: spreadsheets write `1000.00` for every currency.
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

/** Whether the amount is negative; null when its signs or brackets are not valid. */
function readSign({ before, after }: Parts): boolean | null {
  const signs = (`${before} ${after}`.match(SIGNS) ?? []).join('');
  if (signs === '' || signs === '+') return false;
  if (signs === '()') return before.includes('(') && after.includes(')') ? true : null;
  return signs === '-' || signs === '−' || signs === '–' ? true : null;
}

/** The currency codes and signs around the number; `USD$` is a code and a sign. */
function currencyNames({ before, after }: Parts): readonly string[] {
  const around = `${before} ${after}`.replace(SIGNS, ' ').replace(SPACED_DOLLAR, '$1$$').trim();
  if (around === '') return [];
  return around.split(/\s+/).flatMap((word) => /^([A-Za-z]{3})(\$)$/.exec(word)?.slice(1) ?? [word]);
}
