import type { ColumnAssignment } from '../mapping/column-assignment.js';
import type { Damage } from '../mapping/damage-evidence.js';
import type { Platform } from '../platforms/platform.js';
import { runAtOnce, type Steps } from '../steps.js';
import { type ColumnCells, createCellCollector } from '../suggest/column-cells.js';
import { type DecimalMark, decimalMarkShown } from '../values/decimal-mark.js';
import { readUnknownFileInSteps, type UnknownFileReading } from './read-unknown-file.js';
import { repairFile } from './repaired-file.js';
import type { UnknownFile } from './unknown-file.js';

/** How many different texts of a column are kept. */
const MAX_TEXTS = 1_000;
/** How many whole rows are kept. */
const SAMPLE_ROWS = 200;

/** Gathers the cells of a file of no known platform while it is received. */
export interface UnknownReader {
  /** Keeps what is needed of the cells of one data row. */
  add(cells: readonly string[]): void;
  /** The file so far, repaired. */
  file(): UnknownFile;
  /** What the columns are, by all rows so far. */
  readInSteps(): Steps<UnknownFileReading>;
  /** The decimal mark that the cells of these columns prove; null when none proves one, or they contradict each other. */
  decimalMark(positions: readonly number[]): DecimalMark | null;
}

/**
 * @param platform the platform that reads such files
 * @param damage the damage so far that is repaired in the cells before they are read; null where none is repaired
 */
export function createUnknownReader(
  headers: readonly string[],
  platform: Platform,
  damage: () => Damage | null,
): UnknownReader {
  const collectors = headers.map(() => createCellCollector(MAX_TEXTS));
  const sampleRows: (readonly string[])[] = [];
  function* fileInSteps(): Steps<UnknownFile> {
    const cells: ColumnCells[] = [];
    for (const collector of collectors) {
      cells.push(collector.result());
      yield;
    }
    const found = damage();
    const file = { headers, cells, sampleRows };
    return found === null ? file : yield* repairFile(file, found);
  }
  const file = () => runAtOnce(fileInSteps());
  return {
    add(cells) {
      if (sampleRows.length < SAMPLE_ROWS) sampleRows.push(cells);
      for (const [position, collector] of collectors.entries()) collector.add(cells[position] ?? '');
    },
    file,
    *readInSteps() {
      return yield* readUnknownFileInSteps(yield* fileInSteps(), platform);
    },
    decimalMark(positions) {
      const marks = new Set<DecimalMark>();
      const { cells } = file();
      for (const position of positions) {
        for (const text of cells[position]?.texts.keys() ?? []) {
          const mark = decimalMarkShown(text);
          if (mark !== null) marks.add(mark);
        }
      }
      const [mark = null] = marks;
      return marks.size > 1 ? null : mark;
    },
  };
}

/** The assignments that a suggestion makes: a column that is only kept needs none. */
export function assignmentsOf(reading: UnknownFileReading): readonly ColumnAssignment[] {
  return acceptedColumns(reading).filter(({ as }) => as !== 'kept');
}

/** The suggestion as a person accepts it: every column is named, so that none was overlooked. */
export function acceptedColumns({ suggestion }: UnknownFileReading): readonly ColumnAssignment[] {
  return suggestion.columns.map(({ position, as, currency, values }) => ({
    position,
    as,
    ...(currency !== undefined && { currency }),
    ...(values !== undefined && { values }),
  }));
}
