import { parseMoney } from '@pledgeline/csv-core/map';
import { plainNumber, withoutNoise } from '../xlsx/number-text.js';

/**
 * The text of a cell with all decimals of its number. Excel (`x:num`) and LibreOffice (`sdval`) write the exact number
 * beside the text, in which a format may have rounded it. Where the two differ by more than rounding, as for a date or
 * an amount in thousands, the text stays as it is.
 *
 * @param value the exact number, as the page has it
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
