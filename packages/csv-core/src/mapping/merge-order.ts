import { type Field, fieldNames, fieldsOf } from '../fields/fields.js';
import { maxTextLength } from '../schemas/lengths.js';
import { isBlankCell } from './blank-cell.js';
import type { Mapping } from './compile-mapping.js';
import type { NamedText, RowValues } from './read-row.js';
import { emptyRowFields, type RowFields } from './row-fields.js';
import { addIssue, type RowIssues } from './row-issues.js';

/** One row of an order after it is read. */
export interface ReadOrderRow {
  readonly values: RowValues;
  readonly issues: RowIssues;
}

/** The fields that may differ between the rows of an order, because each row has its own product. */
const fieldsOfEachRow: readonly Field[] = [...fieldsOf('reward'), ...fieldsOf('product')];

/**
 * Merges the rows of one order. For fields of the order the first filled cell is used, and a later row with another
 * value gets a warning. The items are those of all rows.
 */
export function mergeOrder(rows: readonly ReadOrderRow[], mapping: Mapping): RowValues {
  const fields = emptyRowFields();
  for (const field of fieldNames) {
    for (const row of rows) {
      if (row.values.fields[field] === null) continue;
      if (fields[field] === null) fillField(fields, row.values.fields, field);
      else if (!fieldsOfEachRow.includes(field) && !isSame(fields[field], row.values.fields[field])) {
        warnOfDifference(field, row, mapping);
        break;
      }
    }
  }
  const all = rows.map(({ values }) => values);
  return {
    cells: firstFilled(all.map(({ cells }) => cells)),
    fields,
    rows: all.map((values) => values.fields),
    counts: all.flatMap(({ counts }) => counts),
    items: all.flatMap(({ items }) => items),
    answers: joinTexts(all.map(({ answers }) => answers)),
    extras: joinTexts(all.map(({ extras }) => extras)),
  };
}

function fillField<F extends Field>(target: RowFields, source: RowFields, field: F): void {
  target[field] = source[field];
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}

function warnOfDifference(field: Field, { values, issues }: ReadOrderRow, mapping: Mapping): void {
  const { cells } = values;
  const column = mapping.fields.find((one) => one.field === field && !isBlankCell(cells[one.position] ?? ''));
  if (column === undefined) return;
  const message =
    'An earlier row of the same order has another value here, and that value is imported. Correct the rows that are wrong.';
  addIssue(issues, 'warning', 'differing_rows', message, column.header, cells[column.position]);
}

function firstFilled(rows: readonly (readonly string[])[]): readonly string[] {
  const merged: string[] = [];
  for (const cells of rows) {
    for (const [position, cell] of cells.entries()) {
      if (isBlankCell(merged[position] ?? '')) merged[position] = cell;
    }
  }
  return merged;
}

/** Joins the different texts of all rows, each once, as lines of one text. */
function joinTexts(rows: readonly (readonly NamedText[])[]): readonly NamedText[] {
  const texts = new Map<string, { readonly first: NamedText; readonly seen: Set<string>; length: number }>();
  for (const one of rows.flat()) {
    const known = texts.get(one.name) ?? { first: one, seen: new Set<string>(), length: 0 };
    texts.set(one.name, known);
    // The joined text must not be longer than one text may be.
    if (known.seen.size > 0 && known.length + one.text.length + 1 > maxTextLength) continue;
    if (!known.seen.has(one.text)) known.length += one.text.length + 1;
    known.seen.add(one.text);
  }
  return [...texts.values()].map(({ first, seen }) => ({ ...first, text: [...seen].join('\n') }));
}
