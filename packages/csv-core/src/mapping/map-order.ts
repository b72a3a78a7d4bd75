import type { MappedRecord } from '../schemas/mapped-record.js';
import { buildRecord, type IssuesAt, nameOf } from './build-record.js';
import { textThatFits } from './cell-test.js';
import type { Mapping } from './compile-mapping.js';
import { mergeOrder, type ReadOrderRow } from './merge-order.js';
import { type RowReader, type RowValues, readRow } from './read-row.js';
import { refundAsSale } from './refund-as-sale.js';
import { settleRepeatedRows } from './repeated-rows.js';
import { addIssue, type RowIssues } from './row-issues.js';
import { areSeveralPeople } from './several-people.js';

/** One row of an order before it is read. */
export interface OrderRow {
  readonly cells: readonly string[];
  readonly issues: RowIssues;
}

/**
 * Turns the rows of one order into one record. Null when they are rejected. An order is imported whole or not at all,
 * so then each of its rows has an error.
 */
export function mapOrder(rows: readonly OrderRow[], reader: RowReader): MappedRecord | null {
  const read = readRows(rows, reader);
  const record = read && buildOrder(settleRepeatedRows(read, reader.mapping), rows, reader.mapping);
  if (record && !rows.some(({ issues }) => issues.rejected)) return record;
  rejectAll(rows);
  return null;
}

/** Turns the only row of an order into a record; null when it is rejected. */
export function mapRow(cells: readonly string[], reader: RowReader, issues: RowIssues): MappedRecord | null {
  checkWidth(cells, reader, issues);
  const read = refundAsSale(cells, reader.mapping);
  if (issues.rejected || isRefused(read, cells, reader.mapping, issues)) return null;
  return buildRecord(readRow(read, reader, issues), reader.mapping, issues);
}

/** Null when a row cannot be read. The others are read all the same, so that all errors are reported at once. */
function readRows(rows: readonly OrderRow[], reader: RowReader): readonly ReadOrderRow[] | null {
  const read: ReadOrderRow[] = [];
  let { currency } = reader;
  for (const { cells, issues } of rows) {
    checkWidth(cells, reader, issues);
    const asSale = refundAsSale(cells, reader.mapping);
    if (issues.rejected || isRefused(asSale, cells, reader.mapping, issues)) continue;
    const values: RowValues = readRow(asSale, reader, issues, currency);
    currency = values.fields.currency ?? currency;
    if (!issues.rejected) read.push({ values, issues });
  }
  return read.length === rows.length ? read : null;
}

function buildOrder(
  read: readonly ReadOrderRow[],
  rows: readonly OrderRow[],
  mapping: Mapping,
): MappedRecord | null {
  const [first] = read;
  if (first === undefined) return null;
  const { issues } = first;
  if (rejectStrangers(read, mapping)) return null;
  return buildRecord(mergeOrder(read, mapping), mapping, issues, issuesOfRows(rows, mapping, issues));
}

/** Rejects an order whose rows are of different people: its products would be sent to the first of them. */
function rejectStrangers(read: readonly ReadOrderRow[], mapping: Mapping): boolean {
  const identity = read.find(({ values }) => values.fields.email !== null)?.values.fields.email?.identity;
  const isOne = read.every(({ values: { fields } }) => (fields.email?.identity ?? identity) === identity);
  if (isOne) return false;
  const people = read.flatMap(({ values: { fields } }) =>
    fields.email === null ? [] : [{ ...fields.email, name: nameOf(fields) }],
  );
  if (!areSeveralPeople(people)) return false;
  const message =
    'The rows of this order have different people, so none is imported: the number of an order belongs to one person. Give each person a number of their own, or choose another column for it.';
  for (const { values, issues } of read) {
    const column = mapping.headerOf.get('email') ?? null;
    addIssue(issues, 'error', 'several_people', message, column, values.fields.email?.email ?? null);
  }
  return true;
}

/** Gives the issues of the row that contains a refused text, because that row has to be corrected. */
function issuesOfRows(rows: readonly OrderRow[], { headers }: Mapping, issues: RowIssues): IssuesAt {
  return (header, text) => {
    if (header === null || text === null) return issues;
    const found = rows.find(({ cells }) =>
      cells.some((cell, position) => headers[position] === header && cell.includes(text)),
    );
    return found?.issues ?? issues;
  };
}

function rejectAll(rows: readonly OrderRow[]): void {
  const bad = rows.find(({ issues }) => issues.rejected);
  if (bad === undefined) return;
  const message = `Line ${bad.issues.line} of the same order has an error; an order is imported whole or not at all. Correct that line and send the order again.`;
  for (const { issues } of rows) {
    if (!issues.rejected) addIssue(issues, 'error', 'order_rejected', message);
  }
}

/** In a row with too few or too many cells, values are probably in the wrong columns, so it is rejected. */
function checkWidth(cells: readonly string[], { mapping, shortRows }: RowReader, issues: RowIssues): void {
  if (cells.length < mapping.width && !shortRows) {
    const message = `The row has ${cells.length} cells, the header has ${mapping.width}. Add the missing cells, or quote a cell that holds a line break.`;
    addIssue(issues, 'error', 'too_few_cells', message);
  }
  if (cells.length <= mapping.width) return;
  const surplus = cells.slice(mapping.width).find((cell) => cell.trim() !== '');
  if (surplus !== undefined) {
    const message = `The row has more cells than the ${mapping.width} of the header. Quote cells that hold the delimiter, and give every column a name.`;
    addIssue(issues, 'error', 'too_many_cells', message, null, surplus);
  }
}

/** Whether the row is no pledge by a rule of the platform. Then it has an error. A row that pays back a sale belongs to a pledge. */
function isRefused(
  asSale: readonly string[],
  cells: readonly string[],
  { refusalTests }: Mapping,
  issues: RowIssues,
): boolean {
  if (refusalTests.length === 0 || asSale !== cells) return false;
  for (const test of refusalTests) {
    if (textThatFits(cells, test) === null) continue;
    const { shown, message } = test;
    addIssue(issues, 'error', 'no_pledge', message, shown.header, cells[shown.position]);
    return true;
  }
  return false;
}
