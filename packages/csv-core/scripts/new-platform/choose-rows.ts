import { columnOf, type ProposedColumn } from './propose-columns.js';
import type { Sample } from './sample.js';

/** Rows of a fixture. A few more are chosen if the last order has several rows. */
const MAX_ROWS = 10;
const MAX_ORDER_ROWS = 3;
/** In a column with more different texts, these are not words of the platform. */
const MAX_WORDS = 8;

/**
 * Chooses rows that show the variety of the file: the order with most rows, and in columns with few different texts the
 * first order with each text. Of each order the first three rows are chosen.
 *
 * @returns numbers of rows, from 0, in file order
 */
export function chooseRows(sample: Sample, columns: readonly ProposedColumn[]): readonly number[] {
  const orders = ordersOf(sample, columnOf(columns, 'externalId')?.position);
  const [longest] = [...orders].sort((a, b) => b.length - a.length);
  const wanted = [longest, orders[0], ...firstOfEachWord(sample, columns, orders), ...orders];
  const chosen = new Set<number>();
  for (const order of wanted) {
    if (chosen.size >= MAX_ROWS) break;
    for (const row of order?.slice(0, MAX_ORDER_ROWS) ?? []) chosen.add(row);
  }
  return [...chosen].sort((a, b) => a - b);
}

/** Consecutive rows with the same number, or without a number, are one order. */
function ordersOf({ rows }: Sample, position: number | undefined): readonly (readonly number[])[] {
  const orders: number[][] = [];
  let number: string | null = null;
  for (const [index, row] of rows.entries()) {
    const cell = position === undefined ? String(index) : (row[position]?.trim() ?? '');
    const current = orders.at(-1);
    if (current !== undefined && (cell === '' || cell === number)) current.push(index);
    else orders.push([index]);
    if (cell !== '') number = cell;
  }
  return orders;
}

function firstOfEachWord(
  { rows }: Sample,
  columns: readonly ProposedColumn[],
  orders: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const status = columnOf(columns, 'status');
  const others = columns.filter((column) => column !== status);
  return [...(status ? [status] : []), ...others].flatMap(({ position }) => {
    const words = new Map<string, readonly number[]>();
    for (const order of orders) {
      const word = rows[order[0] ?? 0]?.[position]?.trim() ?? '';
      if (!words.has(word)) words.set(word, order);
      if (words.size > MAX_WORDS) return [];
    }
    return [...words.values()];
  });
}
