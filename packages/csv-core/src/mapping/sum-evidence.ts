/**
 * Gathers evidence of rows that are the sum of the rows above them, whatever they are called. It must see all rows of a
 * file in their order, so it is done once, while the file is received. Memory does not grow with the file.
 */
export interface SumEvidence {
  /** @param line on which the row starts, from 1 */
  add(cells: readonly string[], line: number): void;
  /** The lines of the rows that are sums, of all rows above or of those since the last sum; at most {@link MAX_SUMS}. */
  lines(): readonly number[];
}

/** More sums are not looked for. They are rows without a person, as they would be without this evidence. */
export const MAX_SUMS = 10_000;
/** A single row and its sum are two rows with the same amount. */
const MIN_ROWS = 2;

/** The sums of a column. */
interface Tally {
  readonly position: number;
  all: number;
  sinceSum: number;
}

/**
 * A sum is sure only where all rows above it name somebody by an e-mail address and it names nobody; where each of its
 * numbers is the sum of its column, all over the same rows; and where it has at most one text besides, without a digit.
 * After a row that is neither a sum nor has an address nothing is sure, and no more sums are looked for.
 */
export function createSumEvidence(headers: readonly string[]): SumEvidence {
  let tallies: readonly Tally[] = headers.map((_, position) => ({ position, all: 0, sinceSum: 0 }));
  const found: number[] = [];
  let rows = 0;
  let rowsSinceSum = 0;
  let addressAt = 0;
  let isOver = false;

  function hasAddress(cells: readonly string[]): boolean {
    if (cells[addressAt]?.includes('@')) return true;
    const at = cells.findIndex((cell) => cell.includes('@'));
    if (at === -1) return false;
    addressAt = at;
    return true;
  }

  /** A column with anything else than numbers has no sum. */
  function count(cells: readonly string[]): void {
    let isWhole = true;
    for (const tally of tallies) {
      const value = readNumber(cells[tally.position] ?? '');
      tally.all += value ?? 0;
      tally.sinceSum += value ?? 0;
      if (value === null || !Number.isSafeInteger(tally.all)) {
        tally.all = Number.NaN;
        isWhole = false;
      }
    }
    if (!isWhole) tallies = tallies.filter(({ all }) => !Number.isNaN(all));
    rows += 1;
    rowsSinceSum += 1;
  }

  function isSum(cells: readonly string[], of: 'all' | 'sinceSum'): boolean {
    const sums = tallies.filter(({ position }) => !isBlank(cells[position]));
    const summed = new Set(sums.map(({ position }) => position));
    const others = cells.filter((cell, position) => !summed.has(position) && !isBlank(cell));
    const labels = others.filter((cell) => !CURRENCY.test(cell.trim()));
    return (
      (of === 'all' ? rows : rowsSinceSum) >= MIN_ROWS &&
      sums.every((tally) => readNumber(cells[tally.position] ?? '') === tally[of]) &&
      sums.some((tally) => tally[of] !== 0) &&
      labels.length <= 1 &&
      labels.every((label) => !/\d/.test(label))
    );
  }

  return {
    add(cells, line) {
      if (isOver) return;
      if (hasAddress(cells)) {
        count(cells);
      } else if (isSum(cells, 'sinceSum') || isSum(cells, 'all')) {
        found.push(line);
        for (const tally of tallies) tally.sinceSum = 0;
        rowsSinceSum = 0;
        isOver = found.length >= MAX_SUMS;
      } else if (cells.some((cell) => /\d/.test(cell))) {
        isOver = true;
      }
    },
    lines: () => found,
  };
}

function isBlank(cell: string | undefined): boolean {
  return cell === undefined || cell.trim() === '';
}

const CURRENCY = /^[A-Z]{3}$/;
/** `60`, `-5.00`, `$1,234.50 USD`; the sign, the whole number and the decimals. */
const NUMBER =
  /^(?:[A-Z]{3}|\p{Sc})? ?(-?)(?:[A-Z]{3}|\p{Sc})? ?(\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+|\d+)(?:[.,](\d{1,2}|\d{4}))?(?: ?(?:[A-Z]{3}|\p{Sc})){0,2}$/u;
/** Longer texts are no amounts. */
const MAX_LENGTH = 24;

/** The number in ten-thousandths; 0 for a blank cell, null for anything else. Only its sums are needed, so `1.234` may be either. */
function readNumber(cell: string): number | null {
  return readPlainNumber(cell) ?? readAmount(cell.trim());
}

const ZERO_CODE = 48;
const NINE_CODE = 57;
const COMMA_CODE = 44;
const DOT_CODE = 46;
/** Digits of a number in ten-thousandths that is a safe integer. */
const MAX_PLAIN_LENGTH = 12;

/** A number without signs and groups, as most are; null for any other text, which may still be a number. */
function readPlainNumber(text: string): number | null {
  const { length } = text;
  if (length > MAX_PLAIN_LENGTH) return null;
  let value = 0;
  let markAt = length - 1;
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= ZERO_CODE && code <= NINE_CODE) value = value * 10 + code - ZERO_CODE;
    else if ((code === DOT_CODE || code === COMMA_CODE) && at > 0 && markAt === length - 1) markAt = at;
    else return null;
  }
  const decimals = length - 1 - markAt;
  if (decimals > 2 || text.charCodeAt(length - 1) < ZERO_CODE) return null;
  return value * 10 ** (4 - decimals);
}

function readAmount(text: string): number | null {
  if (text === '') return 0;
  if (text.length > MAX_LENGTH) return null;
  const [, sign, whole = '', decimals = ''] = NUMBER.exec(text) ?? [];
  if (sign === undefined) return null;
  const value = Number(whole.replace(/\D/g, '') + decimals.padEnd(4, '0'));
  return sign === '-' ? -value : value;
}
