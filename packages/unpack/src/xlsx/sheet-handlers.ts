import type { UnpackBudget } from '../unpack-budget.js';
import type { SheetRow } from '../unpacked-file.js';
import type { CellNote, CellNotes } from './cell-notes.js';
import { createCellReader, type RawCell } from './cell-reader.js';
import { createRowBuilder } from './row-builder.js';
import type { Workbook } from './workbook.js';
import type { XmlHandlers } from './xml-reader.js';

/** Excel allows 8,192 characters. A longer formula is cut: it is shown only where its result is missing. */
const MAX_FORMULA_LENGTH = 32 * 1024;

export interface SheetSource {
  /** The sheet's path, for messages. */
  readonly part: string;
  readonly workbook: Workbook;
  readonly budget: UnpackBudget;
  readonly notes: CellNotes;
}

/**
 * Builds rows from the XML of a worksheet.
 *
 * @param addRow takes each row that has a cell with text
 */
export function createSheetHandlers(
  { part, workbook, budget, notes }: SheetSource,
  addRow: (row: SheetRow) => void,
): Required<XmlHandlers> {
  const readCell = createCellReader(part, workbook);
  const builder = createRowBuilder(part, budget);
  let isData = false;
  let element = '';
  let cell = newCell();
  let target: 'value' | 'inline' | 'formula' | null = null;
  let isPhonetic = false;

  function note(what: CellNote, value: string): void {
    notes.add(what, builder.place(), value);
  }

  function closeRow(): void {
    const row = builder.endRow();
    if (row !== null) addRow(row);
  }

  return {
    open(name) {
      element = name;
      if (name === 'sheetData') isData = true;
      if (!isData) return;
      if (name === 'c') {
        cell = newCell();
        builder.startCell();
      } else if (name === 'v') {
        target = 'value';
        cell.value ??= '';
      } else if (name === 't' && !isPhonetic) {
        target = 'inline';
        cell.inline ??= '';
      } else if (name === 'f') {
        target = 'formula';
        cell.formula = '';
      } else if (name === 'rPh') {
        isPhonetic = true;
      } else if (name === 'row') {
        builder.startRow();
      }
    },
    attribute(name, value) {
      if (!isData) return;
      if (element === 'c') {
        if (name === 'r') builder.setReference(value);
        else if (name === 's') cell.style = Number(value);
        else if (name === 't') cell.type = value;
      } else if (element === 'row' && name === 'r') {
        builder.setLine(value);
      }
    },
    text(more) {
      if (target === 'value' || target === 'inline') {
        const text = (cell[target] ?? '') + more;
        builder.requireRoom(text.length);
        cell[target] = text;
      } else if (target === 'formula') {
        const formula = cell.formula ?? '';
        cell.formula = formula + more.slice(0, MAX_FORMULA_LENGTH - formula.length);
      }
    },
    close(name) {
      target = null;
      if (name === 'c' && isData) builder.endCell(readCell(cell, note), sourceLength(cell));
      else if (name === 'row' && isData) closeRow();
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 'sheetData') isData = false;
    },
  };
}

function newCell(): { -readonly [Key in keyof RawCell]: RawCell[Key] } {
  return { type: 'n', style: 0, value: null, inline: null, formula: null };
}

function sourceLength({ value, inline, formula }: RawCell): number {
  return (value?.length ?? 0) + (inline?.length ?? 0) + (formula?.length ?? 0);
}
