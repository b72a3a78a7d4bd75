/** Consecutive data rows of one file, with its headers: the unit of work, retry and progress. */
export interface RowChunk<R = readonly (readonly string[])[]> {
  /** 0 for the first chunk, or `firstChunk`. */
  readonly index: number;
  /** Number of its first data row. The first row below the header is 1, or `firstRow`. Blank rows are not counted. */
  readonly firstRow: number;
  /** For each row the line on which it starts, as a text editor counts, from 1. */
  readonly lines: readonly number[];
  readonly headers: readonly string[];
  /** The rows as they are in the file, neither filled up nor cut; or what a {@link RowPacker} made of them. */
  readonly rows: R;
}

/** Turns rows, one by one, into the form that a chunk holds, so that their cells need not be kept. */
export interface RowPacker<R> {
  add(cells: readonly string[]): void;
  /** The packed rows that were added since the last call. */
  take(): R;
}

/** A packer that keeps the cells of each row. */
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
