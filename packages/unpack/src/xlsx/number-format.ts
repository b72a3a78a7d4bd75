import { TOKEN_AMPM, TOKEN_COLOR, TOKEN_CONDITION, TOKEN_DATETIME, TOKEN_DURATION, TOKEN_EXP } from 'numfmt';
import { createDateFormatter } from './date-format.js';
import { currencyIn, withCurrency } from './format-currency.js';
import { type FormatSection, readFormatSections } from './format-sections.js';
import { readNumberPattern } from './number-pattern.js';
import { plainNumber } from './number-text.js';
import { LOCAL_DATE } from './styles.js';
import { tryFormat } from './try-format.js';
import { createNumberWriter, type NumberWriter } from './write-number.js';

export type NumberFormatter = NumberWriter;

/** From this number on, the format General shows an exponent. */
const GENERAL_ROOM = 1e11;

const dateTypes: readonly string[] = [TOKEN_AMPM, TOKEN_DATETIME, TOKEN_DURATION];

/**
 * Creates the formatter for a number format (ECMA-376 part 1, 18.8.31). Numbers are written as an American Excel shows
 * them, but with everything that the format hides or rounds; dates in ISO 8601.
 *
 * @param is1904 whether the workbook's dates count from 1904
 */
export function createNumberFormatter(code: string, is1904: boolean): NumberFormatter {
  if (code === LOCAL_DATE) return createDateFormatter(code, is1904);
  if (/^(?:general|@)?$/i.test(code)) return plainNumber;
  const sections = readFormatSections(code);
  if (sections === null) return unreadableFormatter(code);
  const writers = sections.map((section) => ({ ...section, write: createSectionWriter(section, is1904) }));
  return (raw, onRounded) => {
    const value = Number(raw);
    const found = writers.find(({ accepts }) => accepts(value));
    return found === undefined ? plainNumber(raw) : found.write(raw, onRounded);
  };
}

/** An invalid format may still show the currency: `0.00 EUR` only lacks its quotes. */
function unreadableFormatter(code: string): NumberFormatter {
  const currency = currencyIn(code.replace(/\[\$([^\]-]*)[^\]]*\]/g, ' $1 '));
  return (raw) => (Number.isFinite(Number(raw)) ? withCurrency(plainNumber(raw), currency) : raw);
}

function createSectionWriter({ tokens, isForOne }: FormatSection, is1904: boolean): NumberWriter {
  const has = (types: readonly string[]) => tokens.some(({ type }) => types.includes(type));
  const code = tokens
    .filter(({ type }) => type !== TOKEN_CONDITION && type !== TOKEN_COLOR)
    .map(({ raw }) => raw)
    .join('');
  if (has(dateTypes)) return createDateFormatter(code, is1904);
  if (has([TOKEN_EXP])) return createScientificWriter(code);
  return createNumberWriter(readNumberPattern(tokens), isForOne);
}

/**
 * Writes numbers in full, as the format General does. But where the hidden digits are all zeros, the cell was most
 * likely typed or imported as `1.23E+11`, and only that form shows the reader that digits were lost.
 */
function createScientificWriter(code: string): NumberWriter {
  return (raw) => {
    const value = Number(raw);
    const shown = Math.abs(value) >= GENERAL_ROOM ? tryFormat(code, value) : null;
    return shown !== null && Number(shown) === value ? shown : plainNumber(raw);
  };
}
