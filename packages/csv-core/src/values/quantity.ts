import { bareText } from './bare-text.js';
import type { ValueResult } from './value-result.js';

/** The largest Postgres `integer`. */
const MAX_QUANTITY = 2_147_483_647;

const DIGITS = /^\d{1,10}$/;
const WHOLE_DECIMAL = /^(\d{1,10})[.,]0{1,2}$/;
const GROUPED = /^\d{1,3}(?:([, '’])\d{3}(?:\1\d{3}){0,2})$/;
/** `2x` and `x 2`, as in lists that people keep by hand. */
const TIMES = /^[x×] ?(?=\d)|(?<=\d) ?[x×]$/gi;

const INVALID_QUANTITY: ValueResult<never> = {
  ok: false,
  problem: {
    code: 'invalid_quantity',
    message: 'This is not a quantity. Write a whole number from 0 to 2147483647.',
  },
};

/**
 * A number of units: `2`, `2.0`, `1,000`, `2x`. Not `1.000`, which programs write for one and Germans for a thousand.
 *
 * @returns `invalid_quantity` for anything but a whole number from 0 to 2^31 - 1
 */
export function parseQuantity(text: string): ValueResult<number> {
  const digits = DIGITS.test(text) ? text : readDigits(bareText(text).replace(TIMES, ''));
  if (digits === null) return INVALID_QUANTITY;
  const value = Number(digits);
  return value <= MAX_QUANTITY ? { ok: true, value } : INVALID_QUANTITY;
}

function readDigits(text: string): string | null {
  if (DIGITS.test(text)) return text;
  if (GROUPED.test(text)) return text.replace(/\D/g, '');
  return WHOLE_DECIMAL.exec(text)?.[1] ?? null;
}
