import { parseCurrency, sharedSign } from './currency.js';
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
}

interface Decimal {
  readonly digits: string;
  readonly isAmbiguous: boolean;
}

const MAX_LENGTH = 64;
const MAX_INTEGER_DIGITS = 15;
const MAX_DECIMALS = 4;

/** `$10.00 USD` (Kickstarter), `SEK 10.00` and `10.00`: nearly every cell there is. */
const COMMON = /^(?:\$|([A-Z]{3}) )?(0|[1-9]\d{0,14})(\.\d{1,2})?(?: ([A-Z]{3}))?$/;
const FREE = /^(?:free|gratis|grátis|gratuit|kostenlos)$/i;
const SHAPE = /^([^\d.,]*)([.,]?\d(?:[\d.,'’ \u00a0\u2009\u202f]*\d)?)([^\d]*)$/;
// Thousands in threes, or in twos as in India (`1,23,456`) but for the last three; always one separator.
const GROUPED = /^\d{1,3}(?:([., '’\u00a0\u2009\u202f])\d{2,3}(?:\1\d{2,3})*)$/;
const THREE_DECIMALS = /^(?:BHD|IQD|JOD|KWD|LYD|OMR|TND)$/;

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

/**
 * An amount of money in the notations that exports use. How the doubtful ones are read:
 * - Of `.` and `,` the later one is the decimal mark. One that stands alone is the decimal mark, unless exactly
 *   three digits follow one to three: `1,234` is thousands, as the English exports write it.
 * - `1.234` is read with a warning: as thousands beside a currency, which would have two decimals; as a decimal
 *   when bare, as programs write numbers; without doubt as a decimal where the currency has three (KWD).
 * - `$`, `¥` and `kr` mean several currencies. They count only if a code is beside them (`$5 USD`) or the default
 *   is one of theirs; otherwise the currency is null. `A$`, `CA$`, `R$` and the like mean one.
 * - `(12.00)` is negative; `free` is 0.
 *
 * @returns `invalid_money` for anything else, for more than 15 digits before and 4 after the decimal mark, and for
 * two currencies at once; `unknown_currency` for a code that ISO 4217 does not know
 */
export function parseMoney(text: string, options: MoneyOptions = {}): ValueResult<Money> {
  const common = COMMON.exec(text);
  if (common !== null) {
    const [, before = '', integer = '', fraction = '', after = ''] = common;
    const sign = text.startsWith('$') ? '$' : before;
    return withCurrency(integer + fraction, false, [sign, after], options.defaultCurrency);
  }
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH) return INVALID_MONEY;
  if (FREE.test(trimmed)) return withCurrency('0', false, [], options.defaultCurrency);
  const shape = SHAPE.exec(trimmed);
  if (shape === null) return INVALID_MONEY;
  const [, before = '', number = '', after = ''] = shape;
  const isNegative = readSign(before, after);
  const signs = currencySigns(before, after);
  if (isNegative === null || signs === null) return INVALID_MONEY;
  const decimal = readDecimal(number, signs);
  if (decimal === null) return INVALID_MONEY;
  const isZero = !/[1-9]/.test(decimal.digits);
  const amount = isNegative && !isZero ? `-${decimal.digits}` : decimal.digits;
  return withCurrency(amount, decimal.isAmbiguous, signs, options.defaultCurrency);
}

/** Whether the amount is negative, or null when its signs or brackets make no sense. */
function readSign(before: string, after: string): boolean | null {
  const around = before + after.replace(/^[.,][-–—]/, '');
  const signs = around.replace(/[^+\-−–()]/g, '');
  if (signs === '' || signs === '+') return false;
  if (signs === '()') return before.includes('(') && after.includes(')') ? true : null;
  return signs === '-' || signs === '−' || signs === '–' ? true : null;
}

/** The currency words and signs around the number, or null when something else stands there. */
function currencySigns(before: string, after: string): readonly string[] | null {
  // `5.-` and `5,–` stand for no cents in Switzerland and Germany.
  const around = `${before} ${after.replace(/^[.,][-–—]/, '')}`.replace(/[+\-−–()]/g, ' ').trim();
  if (around === '') return [];
  const signs = around.split(/\s+/).flatMap((word) => /^([A-Za-z]{3})(\$)$/.exec(word)?.slice(1) ?? [word]);
  return signs.length <= 2 ? signs : null;
}

function readDecimal(number: string, signs: readonly string[]): Decimal | null {
  const comma = number.lastIndexOf(',');
  const point = number.lastIndexOf('.');
  const last = Math.max(comma, point);
  const isAlone = Math.min(comma, point) === -1;
  const mark = number.charAt(last);
  let isAmbiguous = false;
  let decimalAt = last;
  if (isAlone && last !== -1 && GROUPED.test(number) && number.length - last === 4) {
    const isOnly = number.indexOf(mark) === last;
    if (!isOnly || mark === ',') {
      if (!number.startsWith('0')) decimalAt = -1;
    } else if (!number.startsWith('0') && !signs.some((sign) => THREE_DECIMALS.test(sign))) {
      isAmbiguous = true;
      if (signs.length > 0) decimalAt = -1;
    }
  }
  const integer = ungroup(decimalAt === -1 ? number : number.slice(0, decimalAt));
  const fraction = decimalAt === -1 ? '' : trimDecimals(number.slice(decimalAt + 1));
  if (integer === null || fraction === null) return null;
  return { digits: fraction === '' ? integer : `${integer}.${fraction}`, isAmbiguous };
}

/** The digits of a whole number without thousands separators and leading zeros; null when grouped wrongly. */
function ungroup(number: string): string | null {
  const isGrouped = GROUPED.test(number) && /\D\d{3}$/.test(number);
  if (!isGrouped && /\D/.test(number)) return null;
  const digits = number.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
  if (digits.length > MAX_INTEGER_DIGITS) return null;
  return digits === '' ? '0' : digits;
}

/** Zeros beyond the fourth decimal are dropped; any other digit there makes it null. */
function trimDecimals(fraction: string): string | null {
  if (/\D/.test(fraction) || /[^0]/.test(fraction.slice(MAX_DECIMALS))) return null;
  return fraction.slice(0, MAX_DECIMALS);
}

function withCurrency(
  amount: string,
  isAmbiguous: boolean,
  signs: readonly string[],
  defaultCurrency: string | undefined,
): ValueResult<Money> {
  let named: string | null = null;
  let mayMean: RegExp | undefined;
  for (const sign of signs) {
    if (sign === '') continue;
    const shared = sharedSign(sign);
    if (shared !== undefined) {
      mayMean = shared;
      continue;
    }
    const code = parseCurrency(sign);
    if (!code.ok) return /^[A-Za-z]{3}$/.test(sign) ? code : INVALID_MONEY;
    if (named !== null && named !== code.value) return INVALID_MONEY;
    named = code.value;
  }
  if (named === null && defaultCurrency !== undefined) {
    const fallback = parseCurrency(defaultCurrency);
    if (!fallback.ok) return fallback;
    if (mayMean === undefined || mayMean.test(fallback.value)) named = fallback.value;
  }
  const value = { amount, currency: named };
  return isAmbiguous ? { ok: true, value, warning: AMBIGUOUS_NUMBER } : { ok: true, value };
}
