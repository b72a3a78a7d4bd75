import type { Cells } from './protocol.js';

/** What a row was and became. */
export interface RowChange {
  readonly row: number;
  readonly before: Cells;
  readonly after: Cells;
}

/** What was done at once, in one row or in many. */
export type EditStep = readonly RowChange[];

/** What was done, and what was taken back. Each call gives another history. */
export interface EditHistory {
  readonly done: readonly EditStep[];
  /** The last is the first to be done again. */
  readonly undone: readonly EditStep[];
}

export const noEdits: EditHistory = { done: [], undone: [] };

/** After a new step nothing can be done again. */
export function addStep({ done }: EditHistory, step: EditStep): EditHistory {
  return { done: [...done, step], undone: [] };
}

/** The history after it, and the cells that its rows have then; null when there is nothing to take back. */
export function undoStep({ done, undone }: EditHistory): Moved | null {
  const step = done.at(-1);
  if (step === undefined) return null;
  return {
    history: { done: done.slice(0, -1), undone: [...undone, step] },
    cells: new Map(step.map(({ row, before }) => [row, before])),
  };
}

/** As {@link undoStep}, forwards. */
export function redoStep({ done, undone }: EditHistory): Moved | null {
  const step = undone.at(-1);
  if (step === undefined) return null;
  return {
    history: { done: [...done, step], undone: undone.slice(0, -1) },
    cells: new Map(step.map(({ row, after }) => [row, after])),
  };
}

interface Moved {
  readonly history: EditHistory;
  /** By row. */
  readonly cells: ReadonlyMap<number, Cells>;
}

/**
 * The history without rows that are gone. Steps of which nothing stays go with them.
 *
 * @param placeOf the new number of a row; null for one that is gone
 */
export function forgetRows(
  { done, undone }: EditHistory,
  placeOf: (row: number) => number | null,
): EditHistory {
  const keep = (step: EditStep): EditStep =>
    step.flatMap((change) => {
      const row = placeOf(change.row);
      return row === null ? [] : [{ ...change, row }];
    });
  const isLeft = (step: EditStep): boolean => step.length > 0;
  return { done: done.map(keep).filter(isLeft), undone: undone.map(keep).filter(isLeft) };
}
