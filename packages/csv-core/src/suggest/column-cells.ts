/** The cells of one column, without their order. */
export interface ColumnCells {
  /** Cells, blank ones included. */
  readonly rows: number;
  /** Cells that are not blank. */
  readonly filled: number;
  /** How often each different text was seen. */
  readonly texts: ReadonlyMap<string, number>;
}

/** Gathers the cells of one column. */
export interface CellCollector {
  add(cell: string): void;
  result(): ColumnCells;
}

/**
 * @param maxTexts how many different texts are kept. A column with more of them is not examined further: its kind shows in
 * the first ones, and a million texts would need much memory
 */
export function createCellCollector(maxTexts = Infinity): CellCollector {
  const counts = new Map<string, { times: number }>();
  let rows = 0;
  let filled = 0;
  return {
    add(cell) {
      if (counts.size >= maxTexts) return;
      rows += 1;
      if (cell === '') return;
      const known = counts.get(cell);
      if (known !== undefined) known.times += 1;
      else if (cell.trim() === '') return;
      else counts.set(cell, { times: 1 });
      filled += 1;
    },
    result: () => ({
      rows,
      filled,
      texts: new Map([...counts].map(([text, { times }]) => [text, times])),
    }),
  };
}

/** The cells of a list of cells. */
export function collectCells(cells: readonly string[]): ColumnCells {
  const collector = createCellCollector();
  for (const cell of cells) collector.add(cell);
  return collector.result();
}
