import { parseMoney } from '@pledgeline/csv-core';
import { plainNumber, withoutNoise } from '../xlsx/number-text.js';

/**
 * The text of a cell with all the decimals of its number, which Excel (`x:num`) and LibreOffice (`sdval`) write beside
 * what their formats show of it. A text that shows more than a rounding is left alone: a date, or thousands.
 *
 * @param value the number as the page has it
 */
export function wholeNumber(text: string, value: string): string {
  const number = withoutNoise(Number(value));
  const shown = readAmount(text);
  if (value.trim() === '' || shown === null || shown === number || !(Math.abs(shown - number) < 1))
    return text;
  const whole = text.replace(/\d[\d.,]*/, plainNumber(String(Math.abs(number))));
  return readAmount(whole) === number ? whole : plainNumber(value);
}

function readAmount(text: string): number | null {
  const read = parseMoney(text);
  return read.ok ? Number(read.value.amount) : null;
}
