import { parseDateTime } from '@pledgeline/csv-core/map';
import type { Field } from './file-reading.js';

/** A change of one cell that can be made in many rows. */
export type BulkEdit =
  | { readonly kind: 'dateOrder'; readonly order: 'dmy' | 'mdy' }
  | { readonly kind: 'country'; readonly code: string }
  | { readonly kind: 'currency'; readonly code: string }
  | { readonly kind: 'trim' }
  | { readonly kind: 'replace'; readonly find: string; readonly by: string; readonly isWhole: boolean }
  | { readonly kind: 'set'; readonly value: string };

/** The cell after the change; the same text where the change says nothing about it. */
export function changeCell(cell: string, edit: BulkEdit, field: Field | null): string {
  switch (edit.kind) {
    case 'dateOrder':
      return writeDate(cell, edit.order);
    case 'currency':
      return field === 'amount' ? withCurrency(cell, edit.code) : edit.code;
    case 'country':
      return edit.code;
    case 'trim':
      return cell.trim();
    case 'replace':
      return replaceText(cell, edit);
    case 'set':
      return edit.value;
  }
}

const MIDNIGHT = 'T00:00:00.000Z';

/** As a date that says itself which number is the day: 2026-04-03. */
function writeDate(cell: string, order: 'dmy' | 'mdy'): string {
  const read = parseDateTime(cell.trim(), { order });
  if (!read.ok) return cell;
  const hasTime = cell.includes(':') || !read.value.endsWith(MIDNIGHT);
  return hasTime ? read.value : read.value.slice(0, -MIDNIGHT.length);
}

const NOT_OF_NUMBER = /[^\d.,'’\s()+−-]/g;

/** The amount with this currency, in place of the signs and codes that it has. */
function withCurrency(cell: string, code: string): string {
  const number = cell.replace(NOT_OF_NUMBER, '').trim();
  return /\d/.test(number) ? `${number} ${code}` : cell;
}

function replaceText(
  cell: string,
  { find, by, isWhole }: { readonly find: string; readonly by: string; readonly isWhole: boolean },
): string {
  if (isWhole) return cell.trim() === find.trim() ? by : cell;
  return find === '' ? cell : cell.replaceAll(find, () => by);
}
