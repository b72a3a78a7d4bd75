/** Consecutive data rows of one file with its headers: the unit of work, retry and progress. */
export interface RowChunk<R = readonly (readonly string[])[]> {
  /** 0 for the first chunk, or `firstChunk`. */
  readonly index: number;
  /** Number of the first data row; the first row below the header is 1, or `firstRow`. Blank rows are not counted. */
  readonly firstRow: number;
  /** For each row the line on which it starts, as a text editor counts, from 1. */
  readonly lines: readonly number[];
  readonly headers: readonly string[];
  /** Rows as they are in the file, or what a {@link RowPacker} made of them: a short row stays short, a long one long. */
  readonly rows: R;
}

/** Turns rows into what a chunk holds, one by one, so that their cells need not be kept. */
export interface RowPacker<R> {
  add(cells: readonly string[]): void;
  /** What the rows added since the last call have become. */
  take(): R;
}

/** Keeps rows as their cells. */
export function keepCells(): RowPacker<readonly (readonly string[])[]> {
  let rows: (readonly string[])[] = [];
  return {
    add(cells) {
      rows.push(cells);
    },
    take() {
      const taken = rows;
      rows = [];
      return taken;
    },
  };
}
