import { filesOf, rightOf, type Tallies, type Tally } from './tally.js';

/** A table in Markdown. All columns except the first are numbers. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(4, ...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, at) => (at === 0 ? (cells[at] ?? '').padEnd(width) : (cells[at] ?? '').padStart(width))).join(' | ')} |`;
  const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** The percentage of right files by row and column; `!n` is how many were wrong without a warning. */
export function rightTable(corner: string, tallies: Tallies): string {
  const lines = [...tallies.rows, 'all'].map((row) => [
    row,
    ...tallies.columns.map((column) => rightCell(tallies.sum(row === 'all' ? undefined : row, column))),
  ]);
  return markdownTable([corner, ...tallies.columns], lines);
}

function rightCell(tally: Tally): string {
  const files = filesOf(tally);
  if (files === 0) return '';
  const silent = tally['wrong in silence'];
  return `${percent(rightOf(tally), files)}${silent === 0 ? '' : ` !${silent}`}`;
}

/** A rounded percentage that is 100 only for all and 0 only for none. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const exact = (100 * part) / whole;
  const rounded = exact > 99 || exact < 1 ? exact.toFixed(1) : exact.toFixed(0);
  if (part < whole && Number(rounded) === 100) return '99.9';
  return part === whole ? '100' : part > 0 && Number(rounded) === 0 ? '0.1' : String(Number(rounded));
}
