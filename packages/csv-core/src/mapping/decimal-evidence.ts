import { isMoneyField } from '../fields/fields.js';
import type { Platform } from '../platforms/platform.js';
import { type DecimalMark, decimalMarkShown } from '../values/decimal-mark.js';
import type { ColumnAssignment } from './column-assignment.js';
import { compileMapping } from './compile-mapping.js';

/** Gathers, while a file is received, how it writes decimals: `1.234` may be a thousand and more, or hardly one. */
export interface DecimalEvidence {
  /** Looks at the cells of one data row. */
  add(cells: readonly string[]): void;
  /** What all amounts so far agree on; null when none tells, or they contradict each other. */
  result(): DecimalMark | null;
}

/** As for dates: one chunk may hold no proof of what another proves, so the file is asked as a whole. */
export function createDecimalEvidence(
  headers: readonly string[],
  platform: Platform | null,
  columns?: readonly ColumnAssignment[],
): DecimalEvidence {
  const known = platform?.decimalMark ?? null;
  // The platform is sure, and nearly all rows there are need not be looked at.
  const positions = known === null ? moneyPositions(headers, platform, columns) : [];
  const seen = new Set<DecimalMark>();
  return {
    add(cells) {
      if (seen.size > 1) return;
      for (const position of positions) {
        const mark = decimalMarkShown(cells[position] ?? '');
        if (mark !== null) seen.add(mark);
      }
    },
    result() {
      const [mark = known] = seen;
      return seen.size > 1 ? null : mark;
    },
  };
}

function moneyPositions(
  headers: readonly string[],
  platform: Platform | null,
  columns: readonly ColumnAssignment[] | undefined,
): readonly number[] {
  // Which columns hold money is yet to be said; dates and versions in others would be taken for amounts.
  if (platform === null) return [];
  return compileMapping(headers, platform, columns)
    .fields.filter(({ field }) => isMoneyField(field))
    .map(({ position }) => position);
}
