import { parseCurrency, sharedSign } from './currency.js';
import { readDecimal } from './decimal.js';
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

interface Parts {
  readonly number: string;
  /** What stands around the number. */
  readonly before: string;
  readonly after: string;
}

const MAX_LENGTH = 64;

/** `$1,234.00 USD` (Kickstarter), `SEK 10.00`, `£253.00` and `10.00`: nearly every cell there is. */
const COMMON =
  /^(?:([$£€])|([A-Z]{3}) )?((?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3}){1,4})(?:\.\d{1,2})?)(?: ([A-Z]{3}))?$/;
const FREE = /^(?:free|gratis|grátis|gratuit|kostenlos)$/i;
const NUMBER = /^[\d.,'’ \u00a0\u2009\u202f]+$/;
const SIGNS = /[-+−–()]/g;
/** `5.-` and `5,–`: no cents, in Switzerland and Germany. */
const NO_CENTS = /^[.,][-–—]/;
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
    const [, sign, before, amount = '', after] = common;
    const names = [sign ?? before, after].filter((name) => name !== undefined);
    return withCurrency(amount.replaceAll(',', ''), names, options.defaultCurrency);
  }
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH) return INVALID_MONEY;
  if (FREE.test(trimmed)) return withCurrency('0', [], options.defaultCurrency);
  const parts = splitParts(trimmed);
  if (parts === null) return INVALID_MONEY;
  const isNegative = readSign(parts);
  const names = currencyNames(parts);
  const hasThreeDecimals = THREE_DECIMALS.test(names[0] ?? options.defaultCurrency ?? '');
  const decimal = readDecimal(parts.number, { hasCurrency: names.length > 0, hasThreeDecimals });
  if (isNegative === null || decimal === null) return INVALID_MONEY;
  const isZero = !/[1-9]/.test(decimal.digits);
  const amount = isNegative && !isZero ? `-${decimal.digits}` : decimal.digits;
  const result = withCurrency(amount, names, options.defaultCurrency);
  return result.ok && decimal.isAmbiguous ? { ...result, warning: AMBIGUOUS_NUMBER } : result;
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
  const around = `${before} ${after}`.replace(SIGNS, ' ').trim();
  if (around === '') return [];
  return around.split(/\s+/).flatMap((word) => /^([A-Za-z]{3})(\$)$/.exec(word)?.slice(1) ?? [word]);
}

function withCurrency(
  amount: string,
  names: readonly string[],
  defaultCurrency: string | undefined,
): ValueResult<Money> {
  let currency: string | null = null;
  let shared: ReadonlySet<string> | undefined;
  for (const name of names) {
    const meanings = sharedSign(name);
    if (meanings !== undefined) {
      shared = meanings;
      continue;
    }
    const code = parseCurrency(name);
    if (!code.ok) return /^[A-Za-z]{3}$/.test(name) ? code : INVALID_MONEY;
    if (currency !== null && currency !== code.value) return INVALID_MONEY;
    currency = code.value;
  }
  if (currency === null && defaultCurrency !== undefined) {
    const fallback = parseCurrency(defaultCurrency);
    if (!fallback.ok) return fallback;
    if (shared === undefined || shared.has(fallback.value)) currency = fallback.value;
  }
  return { ok: true, value: { amount, currency } };
}
