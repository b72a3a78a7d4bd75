import { isDateField } from '../fields/fields.js';
import { displayHeader } from '../header/resolve-columns.js';
import type { Platform } from '../platforms/platform.js';
import { type DateOrder, dateOrderShown } from '../values/date.js';
import type { ColumnAssignment } from './column-assignment.js';
import { compileMapping } from './compile-mapping.js';

/** The order of day and month in one column, and how it was found. */
export interface DateOrderFinding {
  readonly position: number;
  /** The header as the file writes it. */
  readonly header: string;
  /** Null when nothing proves an order, or the cells contradict each other. */
  readonly order: DateOrder | null;
  /** `evidence`: proven by cells of the column; `platform`: its files always write this order. */
  readonly source: 'evidence' | 'platform' | 'none';
  /** How many cells are like `03/04/2024`. Without an order their rows are rejected. */
  readonly ambiguous: number;
  /** Whether the column has proofs of both orders. */
  readonly conflicting: boolean;
  /** How many cells can be read in only one order, such as `27/04/2024` or `04/27/2024`. */
  readonly proofs: { readonly dmy: number; readonly mdy: number };
}

/** Gathers evidence of the order of day and month while a file is received. */
export interface DateEvidence {
  /** Examines the cells of one data row. */
  add(cells: readonly string[]): void;
  /** The finding so far for each column with at least one date such as `03/04/2024`, in file order. */
  result(): readonly DateOrderFinding[];
}

interface Tally {
  readonly position: number;
  seen: number;
  ambiguous: number;
  dmy: number;
  mdy: number;
}

/**
 * Rows are mapped chunk by chunk, and a chunk may have no proof of an order that another chunk proves. So the order is
 * found once, in all rows, and passed to every `mapKeys`.
 *
 * @param platform decides which columns have dates; with null every column is examined, for a file that is not mapped
 * yet
 * @param columns the meanings that a person has assigned to the columns. Default: by the rules of the platform
 */
export function createDateEvidence(
  headers: readonly string[],
  platform: Platform | null,
  columns?: readonly ColumnAssignment[],
): DateEvidence {
  const tallies = datePositions(headers, platform, columns).map(
    (position): Tally => ({ position, seen: 0, ambiguous: 0, dmy: 0, mdy: 0 }),
  );
  return {
    add(cells) {
      for (const tally of tallies) {
        const text = cells[tally.position];
        if (text === undefined || !mayBeDate(text)) continue;
        const shown = dateOrderShown(text);
        if (shown === null) continue;
        tally.seen += 1;
        if (shown !== 'either') tally[shown] += 1;
      }
    },
    result: () =>
      tallies
        .filter(({ seen }) => seen > 0)
        .map((tally) => describeTally(tally, headers[tally.position] ?? '', platform)),
  };
}

function datePositions(
  headers: readonly string[],
  platform: Platform | null,
  columns: readonly ColumnAssignment[] | undefined,
): readonly number[] {
  if (platform === null) return headers.map((_, position) => position);
  return compileMapping(headers, platform, columns)
    .fields.filter(({ field }) => isDateField(field))
    .map(({ position }) => position)
    .sort((a, b) => a - b);
}

/** The length of `1/2/24`. */
const minLength = 6;

/**
 * Rules out most cells that are not dates by their length and first characters, before a regular expression is tried.
 */
function mayBeDate(text: string): boolean {
  if (text.length < minLength) return false;
  const first = text.charCodeAt(0);
  // Blanks, spreadsheet guards, direction marks and full-width digits are rare and need the regular expression.
  if (first <= 0x20 || first === 0x27 || first === 0x3d || first > 0x7e) return true;
  if (first < 0x30 || first > 0x39) return false;
  return isSeparator(text.charCodeAt(1)) || isSeparator(text.charCodeAt(2));
}

function isSeparator(unit: number): boolean {
  return unit === 0x2f || unit === 0x2d;
}

function describeTally(
  { position, ambiguous, dmy, mdy }: Tally,
  header: string,
  platform: Platform | null,
): DateOrderFinding {
  const conflicting = dmy > 0 && mdy > 0;
  const finding = { position, header: displayHeader(header), ambiguous, conflicting, proofs: { dmy, mdy } };
  if (conflicting) return { ...finding, order: null, source: 'none' };
  if (dmy > 0 || mdy > 0) return { ...finding, order: dmy > 0 ? 'dmy' : 'mdy', source: 'evidence' };
  const order = platform?.dateOrder ?? null;
  return { ...finding, order, source: order === null ? 'none' : 'platform' };
}
