import { parseMoney } from '@pledgeline/csv-core/map';
import { withCurrency } from './format-currency.js';
import type { NumberPattern } from './number-pattern.js';
import { AMOUNT_DECIMALS, countDecimals, isAmbiguous, plainNumber, withoutNoise } from './number-text.js';
import { tryFormat } from './try-format.js';

/** How many decimals are written even if they are zeros: as many as most currencies have. */
const MAX_ZERO_DECIMALS = 2;

/** The formatter does not write all digits of numbers from this value on, or with more decimals. */
const MAX_VALUE = 1e15;
const MAX_DECIMALS = 15;

/** A sign or bracket before the number, on either side of its currency; not the dash of "T-1". */
const SIGN = /(?<![\p{L}\p{N}])[-−–(][^\p{L}\p{N}]*\p{N}/u;

/**
 * Writes a number as text.
 *
 * @param raw the number as it is in the file; a text that is not a number comes back unchanged
 * @param onRounded called when the text has fewer decimals than the number
 */
export type NumberWriter = (raw: string, onRounded: () => void) => string;

/**
 * Writes numbers as a section of a format shows them, but with all decimals, including those that the format rounds
 * away. Where the format shows fewer, no more decimals are written than an amount can have: a result such as
 * 33.3333333333333 would not be read as an amount.
 *
 * @param isForOne whether the section is for one number only, so that its words may replace the number
 */
export function createNumberWriter(pattern: NumberPattern, isForOne: boolean): NumberWriter {
  const codes = new Map<number, string>();

  function render(value: number): string | null {
    const decimals = decimalsToWrite(value, pattern);
    if (Math.abs(value) >= MAX_VALUE || decimals > MAX_DECIMALS) return null;
    const code = codes.get(decimals) ?? codeWith(decimals, pattern);
    codes.set(decimals, code);
    return tryFormat(code, Math.abs(value));
  }

  function writeDigits(value: number): string | null {
    const shown = render(value);
    if (shown === null) return null;
    return value < 0 ? withSign(shown, value, pattern) : checked(shown, value, pattern);
  }

  return (raw, onRounded) => {
    const exact = withoutNoise(Number(raw));
    if (raw === '' || !Number.isFinite(exact)) return raw;
    const inFull = (number: string) => withCurrency(plainNumber(number), pattern.currency);
    if (!pattern.hasDigits) return writeWords(exact, pattern, isForOne) ?? inFull(raw);
    const value = roundToAmount(exact, pattern);
    if (value !== exact) onRounded();
    return writeDigits(value) ?? inFull(value === exact ? raw : String(value));
  };
}

/** A word may replace one number: "Yes" for 1, "free" for 0. A word for several numbers would hide which one it is. */
function writeWords(value: number, { after, currency }: NumberPattern, isForOne: boolean): string | null {
  if (!isForOne && ![0, 1, -1].includes(value)) return null;
  const words = tryFormat(after, 0);
  return words !== null && words !== currency && /\p{L}/u.test(words) && !/\p{N}/u.test(words) ? words : null;
}

function roundToAmount(value: number, { decimals, isPercent }: NumberPattern): number {
  if (decimals === null || isPercent) return value;
  const places = Math.max(decimals, AMOUNT_DECIMALS);
  return countDecimals(value) > places ? Number(value.toFixed(places)) : value;
}

function decimalsToWrite(value: number, { decimals, isPercent }: NumberPattern): number {
  const needed = countDecimals(value);
  if (isPercent) return Math.max(0, needed - 2, Math.min(decimals ?? 0, MAX_ZERO_DECIMALS));
  if (isAmbiguous(String(value))) return needed + 1;
  return Math.max(needed, Math.min(decimals ?? 0, MAX_ZERO_DECIMALS));
}

function codeWith(decimals: number, { before, after }: NumberPattern): string {
  return before + (decimals > 0 ? `.${'0'.repeat(decimals)}` : '') + after;
}

/**
 * The text, or null when it would mislead: when it reads as another amount (`0"."00` shows 1999 as 19.99), or splits a
 * number with decimals as if it were a phone number.
 */
function checked(text: string, value: number, { mayMislead, isSplit }: NumberPattern): string | null {
  if (!mayMislead) return text;
  const amount = readAmount(text);
  if (amount === null) return isSplit && !Number.isInteger(value) ? null : text;
  return amount === value && (value !== 0 || !/[-−–(]/.test(text)) ? text : null;
}

/** Adds a minus sign unless the format has its own: a sign or brackets. Some formats only use red, which text lacks. */
function withSign(shown: string, value: number, pattern: NumberPattern): string | null {
  if (!pattern.mayMislead) return `-${shown}`;
  const texts = [shown, `-${shown}`];
  const read = texts.find((text) => readAmount(text) === value);
  if (read !== undefined) return read;
  return checked(SIGN.test(shown) ? shown : `-${shown}`, value, pattern);
}

function readAmount(text: string): number | null {
  const read = parseMoney(text);
  return read.ok ? Number(read.value.amount) : null;
}
