import type { Style } from './style.js';
import { cut, displayWidth } from './text.js';

export interface TableColumn {
  readonly title: string;
  /** For numbers. The default is left. */
  readonly align?: 'right';
  /** Whether the column may shrink when the table is too wide; its cells are cut then. */
  readonly flexible?: boolean;
}

const INDENT = '  ';
const GAP = '   ';

/** Renders a table, the header first, in lines no wider than the style allows. */
export function renderTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  style: Style,
): readonly string[] {
  const widths = columns.map((column, at) =>
    Math.max(displayWidth(column.title), ...rows.map((row) => displayWidth(row[at] ?? ''))),
  );
  shrink(widths, columns, style.width);
  const line = (cells: readonly string[]): string =>
    INDENT +
    columns
      .map(({ align }, at) => pad(cells[at] ?? '', widths[at] ?? 0, align))
      .join(GAP)
      .trimEnd();
  return [style.dim(line(columns.map(({ title }) => title))), ...rows.map(line)];
}

/** Shrinks flexible columns, the widest first, until the table fits. */
function shrink(widths: number[], columns: readonly TableColumn[], limit: number): void {
  const taken = widths.reduce((sum, width) => sum + width, INDENT.length + GAP.length * (widths.length - 1));
  for (let excess = taken - limit; excess > 0; excess -= 1) {
    const flexible = widths.flatMap((width, at) => (columns[at]?.flexible === true ? [{ width, at }] : []));
    const widest = flexible.sort((a, b) => b.width - a.width)[0];
    if (widest === undefined || widest.width <= MIN_FLEXIBLE) return;
    widths[widest.at] = widest.width - 1;
  }
}

const MIN_FLEXIBLE = 8;

function pad(text: string, width: number, align: 'right' | undefined): string {
  const fitting = cut(text, width);
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(fitting)));
  return align === 'right' ? blanks + fitting : fitting + blanks;
}
