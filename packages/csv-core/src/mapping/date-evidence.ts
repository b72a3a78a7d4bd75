import { isDateField } from '../fields/fields.js';
import { displayHeader } from '../header/resolve-columns.js';
import type { Platform } from '../platforms/platform.js';
import { type DateOrder, dateOrderShown } from '../values/date.js';
import type { ColumnAssignment } from './column-assignment.js';
import { compileMapping } from './compile-mapping.js';

/** How one column writes `03/04/2024`, and how we know. */
export interface DateOrderFinding {
  readonly position: number;
  /** The file's own header. */
  readonly header: string;
  /** Null when nothing tells, or the cells contradict each other. */
  readonly order: DateOrder | null;
  /** `evidence`: cells of the column; `platform`: what its files always write. */
  readonly source: 'evidence' | 'platform' | 'none';
  /** Cells that only the order tells: `03/04/2024`. Without one they are rejected. */
  readonly ambiguous: number;
  /** The column has proofs of both orders. */
  readonly conflicting: boolean;
  /** Cells that can be read in one order only: `27/04/2024`, `04/27/2024`. */
  readonly proofs: { readonly dmy: number; readonly mdy: number };
}

/** Gathers, while a file is received, what its rows tell of the order of day and month. */
export interface DateEvidence {
  /** Looks at the cells of one data row. */
  add(cells: readonly string[]): void;
  /** What is known so far of each column with at least one date such as `03/04/2024`, in file order. */
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
 * Rows are mapped chunk by chunk, and one chunk may hold no proof of what another proves. So the order is decided once,
 * from all rows, and handed to every `mapKeys`.
 *
 * @param platform its date columns are looked at; null looks at every column, for files that a person has yet to map.
 * @param columns what a person has said of the columns; left out, the platform knows.
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

/** Of `1/2/24`. */
const minLength = 6;

/** Rules out nearly every cell before the regular expression, by its length and first characters. */
function mayBeDate(text: string): boolean {
  if (text.length < minLength) return false;
  const first = text.charCodeAt(0);
  // Blanks, spreadsheet guards, direction marks, full-width digits: seldom, and not told by one look.
  if (first <= 0x20 || first === 0x27 || first === 0x3d || first > 0x7e) return true;
  if (first < 0x30 || first > 0x39) return false;
  return isMark(text.charCodeAt(1)) || isMark(text.charCodeAt(2));
}

function isMark(unit: number): boolean {
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
