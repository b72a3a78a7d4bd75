import type { Outcome, Trial } from './outcome.js';

/** How often each outcome occurred. */
export type Tally = Readonly<Record<Outcome, number>>;

/** Tallies by two keys, such as encoding and rows. */
export interface Tallies {
  add(row: string, column: string, trial: Trial): void;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** The tally of a row and a column; of all rows or columns if one is left out. */
  sum(row?: string, column?: string): Tally;
  /** The time for a file: the average, and the 99th percentile. */
  milliseconds(): { readonly mean: number; readonly most: number };
}

const NOTHING: Tally = {
  right: 0,
  'right, asked': 0,
  'wrong, asked': 0,
  'wrong in silence': 0,
  refused: 0,
};

export function createTallies(): Tallies {
  const trials: { readonly row: string; readonly column: string; readonly outcome: Outcome }[] = [];
  const times: number[] = [];
  const rows: string[] = [];
  const columns: string[] = [];

  return {
    rows,
    columns,
    add(row, column, { outcome, milliseconds }) {
      if (!rows.includes(row)) rows.push(row);
      if (!columns.includes(column)) columns.push(column);
      trials.push({ row, column, outcome });
      times.push(milliseconds);
    },
    sum(row, column) {
      const total = { ...NOTHING };
      for (const trial of trials) {
        if ((row ?? trial.row) === trial.row && (column ?? trial.column) === trial.column)
          total[trial.outcome] += 1;
      }
      return total;
    },
    milliseconds() {
      const sorted = [...times].sort((left, right) => left - right);
      const mean = sorted.reduce((sum, time) => sum + time, 0) / Math.max(1, sorted.length);
      return { mean, most: sorted[Math.floor(sorted.length * 0.99)] ?? 0 };
    },
  };
}

export function filesOf(tally: Tally): number {
  return rightOf(tally) + tally['wrong, asked'] + tally['wrong in silence'] + tally.refused;
}

export function rightOf(tally: Tally): number {
  return tally.right + tally['right, asked'];
}
