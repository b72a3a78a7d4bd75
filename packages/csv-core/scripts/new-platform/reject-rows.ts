import { type Field, fields, isField } from '../../src/fields/fields.js';
import { mapRows } from '../../src/map-keys.js';
import { compileMapping } from '../../src/mapping/compile-mapping.js';
import type { Platform } from '../../src/platforms/platform.js';
import { parseMoney } from '../../src/values/money.js';
import { createDraw, otherAmount } from './cell-shapes.js';
import type { ProposedColumn } from './propose-columns.js';
import { isSum } from './sample.js';

type Cells = readonly string[];

/** For each kind a cell that cannot be read. */
const BAD: Readonly<Record<string, string>> = {
  currency: 'XYQ',
  dateTime: 'yesterday',
  email: 'ada.example.com',
  identifier: '9.2E+07',
  money: 'fifty',
  quantity: '1.5',
  status: 'teleported',
};

/**
 * Makes rows that the platform rejects, each for another reason: a blank number, for each field a cell that cannot be
 * read, a short row and a long one. Rows that the platform does not reject are left out.
 *
 * @param good an invented row that is imported
 */
export function rejectRows(
  good: Cells,
  headers: Cells,
  columns: readonly ProposedColumn[],
  platform: Platform,
): readonly Cells[] {
  const positionOf = (field: Field) => columns.find(({ as }) => as === field)?.position;
  const key = positionOf('externalId');
  const withCell = (row: Cells, position: number | undefined, cell: string) =>
    row.map((each, index) => (index === position ? cell : each));
  const spoiled = columns.flatMap(({ as, position }) => {
    const bad = isField(as) ? BAD[fields[as].kind.name] : undefined;
    return bad === undefined ? [] : [withCell(good, position, bad)];
  });
  // The row without a number comes first, so that it does not continue the order of a row above.
  const rows = [withCell(good, key, ''), ...spoiled, good.slice(0, -1), [...good, 'surplus']];
  const numbered = rows.map((row, index) => {
    const isOwn = row[key ?? -1] === good[key ?? -1];
    return isOwn ? withCell(row, key, numberOf(good[key ?? -1] ?? '', index)) : row;
  });
  return numbered.filter((row) => isRejected(row, headers, platform));
}

/** Another number of the same length. */
function numberOf(number: string, index: number): string {
  const end = String(index + 1).padStart(2, '0');
  return number.length > 2 ? number.slice(0, -2) + end : number + end;
}

/** A row with totals as the file has it, with other amounts. */
export function inventSum(row: Cells): Cells {
  const draw = createDraw(row.length);
  return row.map((cell) => (isSum([cell]) ? cell : parseMoney(cell).ok ? otherAmount(cell, draw) : ''));
}

function isRejected(row: Cells, headers: Cells, platform: Platform): boolean {
  return mapRows(compileMapping(headers, platform), [row], {}).rejects.length > 0;
}

/** The first row that is imported as an order of its own. */
export function findGoodRow(rows: readonly Cells[], headers: Cells, platform: Platform): Cells | undefined {
  return rows.find((row) => row.length === headers.length && !isRejected(row, headers, platform));
}
