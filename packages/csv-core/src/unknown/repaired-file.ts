import type { CaredColumn } from '../mapping/column-cares.js';
import type { Damage } from '../mapping/damage-evidence.js';
import { repairsOf } from '../mapping/mend-text.js';
import { mapInSteps, type Steps } from '../steps.js';
import type { ColumnCells } from '../suggest/column-cells.js';
import { isNullDate, isNullInTyped } from '../values/null-words.js';
import { isSpreadsheetError } from '../values/spreadsheet-error.js';
import type { UnknownFile } from './unknown-file.js';

/**
 * The file with its cells as they are read once its columns are known, so that damage makes no column look like another
 * one. What a column holds is not known yet, so only what is damage in any column is repaired. Words for a missing value
 * are blank where most cells have digits or are addresses: among words they may be a status, which must be asked about.
 */
export function* repairFile({ headers, cells, sampleRows }: UnknownFile, damage: Damage): Steps<UnknownFile> {
  const columns = headers.map((header, position): ColumnRepair => {
    const isTyped = holdsNotation(cells[position]?.texts ?? new Map());
    const decodedAs = damage.decodedTwice.find((column) => column.position === position)?.encoding ?? null;
    const cared = { ...anyColumn, position, header, decodedAs };
    return { cared: { ...cared, hasDecimalIds: damage.decimalIds.includes(position) }, isTyped };
  });
  yield;
  return {
    headers,
    cells: yield* mapInSteps(cells, (column, position) => repairCells(column, columns[position])),
    sampleRows: yield* mapInSteps(sampleRows, (row) =>
      row.map((cell, position) => repairCell(cell, columns[position])),
    ),
  };
}

interface ColumnRepair {
  readonly cared: CaredColumn;
  /** Whether the column holds numbers, dates or addresses. */
  readonly isTyped: boolean;
}

/** A column of which nothing is known. */
const anyColumn: Omit<CaredColumn, 'position' | 'header' | 'decodedAs' | 'hasDecimalIds'> = {
  care: 'answer',
  frequentNulls: new Set(),
  isSearched: true,
  mayHaveDamage: true,
};

function holdsNotation(texts: ReadonlyMap<string, number>): boolean {
  const words = [...texts.keys()].filter((text) => !isNullInTyped(text.trim()));
  return words.filter((text) => /[\d@]/.test(text)).length * 2 > words.length;
}

function repairCells({ rows, texts }: ColumnCells, column: ColumnRepair | undefined): ColumnCells {
  const repaired = new Map<string, number>();
  let filled = 0;
  for (const [text, times] of texts) {
    const after = repairCell(text, column);
    if (after.trim() === '') continue;
    repaired.set(after, (repaired.get(after) ?? 0) + times);
    filled += times;
  }
  return { rows, filled, texts: repaired };
}

/** Debris around an address is taken off only where the cell is one word: in a note an address is no e-mail column. */
const ONE_ADDRESS = /^\S+@\S+$/;

function repairCell(text: string, column: ColumnRepair | undefined): string {
  if (column === undefined || text === '') return text;
  const care = ONE_ADDRESS.test(text.trim()) ? 'email' : 'answer';
  const after = repairsOf(text, { ...column.cared, care }).at(-1)?.after ?? text;
  const word = after.trim();
  const isMissing = isSpreadsheetError(word) || isNullDate(word) || (column.isTyped && isNullInTyped(word));
  return isMissing ? '' : after;
}
