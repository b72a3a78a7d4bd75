import { isMoneyField } from '../fields/fields.js';
import type { Platform } from '../platforms/platform.js';
import { type DecimalMark, decimalMarkShown } from '../values/decimal-mark.js';
import type { ColumnAssignment } from './column-assignment.js';
import { compileMapping } from './compile-mapping.js';

/** Gathers evidence of a file's decimal mark while it is received, because `1.234` may be 1234 or 1.234. */
export interface DecimalEvidence {
  /** Examines the cells of one data row. */
  add(cells: readonly string[]): void;
  /** The decimal mark that the amounts so far prove; null when none proves one, or they contradict each other. */
  result(): DecimalMark | null;
}

/** A chunk may have no proof of a decimal mark that another chunk proves. So it is found once, in all rows. */
export function createDecimalEvidence(
  headers: readonly string[],
  platform: Platform | null,
  columns?: readonly ColumnAssignment[],
): DecimalEvidence {
  const known = platform?.decimalMark ?? null;
  // Where the platform's decimal mark is known, no cell needs to be examined. That is so for nearly all files.
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
  // The columns with amounts are not known yet. In other columns, dates and versions would be taken for amounts.
  if (platform === null) return [];
  return compileMapping(headers, platform, columns)
    .fields.filter(({ field }) => isMoneyField(field))
    .map(({ position }) => position);
}
