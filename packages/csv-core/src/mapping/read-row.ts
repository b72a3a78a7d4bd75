import { parseQuantity } from '../values/quantity.js';
import { cleanText } from '../values/text.js';
import type { CountColumn, FieldColumn, Mapping, TextColumn } from './compile-mapping.js';
import { fieldReaders } from './field-readers.js';
import { emptyRowFields, type Field, type RowFields } from './row-fields.js';
import type { RowIssues } from './row-issues.js';

/** Units of one product in one row. */
export interface Count {
  readonly column: CountColumn;
  readonly quantity: number;
}

/** Text of a survey answer or an extra column. */
export interface NamedText {
  readonly position: number;
  readonly name: string;
  readonly text: string;
}

/** The read cells of one row, before they are put together as records. */
export interface RowValues {
  readonly fields: RowFields;
  readonly counts: readonly Count[];
  readonly answers: readonly NamedText[];
  readonly extras: readonly NamedText[];
}

/**
 * Reads every cell of a row once. Blank cells stay null; what cannot be read goes to `issues`.
 *
 * @param currency ISO 4217 code for amounts that name none, if the file's is known.
 */
export function readRow(
  cells: readonly string[],
  mapping: Mapping,
  currency: string | null,
  issues: RowIssues,
): RowValues {
  const fields = emptyRowFields();
  for (const column of mapping.fields) {
    const text = cells[column.position];
    if (text === undefined || isBlank(text)) continue;
    readField(fields, column.field, text, column, mapping, currency, issues);
  }
  const stray: NamedText[] = [];
  const counts = readCounts(cells, mapping, issues, stray);
  return {
    fields,
    counts,
    answers: [...readTexts(cells, mapping.questions, issues, mapping.platform.blankAnswers), ...stray],
    extras: readTexts(cells, mapping.extras, issues, []),
  };
}

function isBlank(text: string): boolean {
  return text === '' || text.trim() === '';
}

function readField<F extends Field>(
  fields: RowFields,
  field: F,
  text: string,
  column: FieldColumn,
  mapping: Mapping,
  currency: string | null,
  issues: RowIssues,
): void {
  // Of several columns for one field the best filled one counts.
  if (fields[field] !== null) return;
  const context = { platform: mapping.platform, currency: fields.currency ?? currency };
  const read = fieldReaders[field](text, context);
  if (!read.ok) {
    issues.add('error', read.problem.code, read.problem.message, column.header, text);
    return;
  }
  fields[field] = read.value;
  if (read.warning) issues.add('warning', read.warning.code, read.warning.message, column.header, text);
}

/** A count column that holds words instead of a number was a question after all: the words are kept as an answer. */
function readCounts(
  cells: readonly string[],
  mapping: Mapping,
  issues: RowIssues,
  stray: NamedText[],
): readonly Count[] {
  const counts: Count[] = [];
  for (const column of mapping.counts) {
    const text = cells[column.position];
    if (text === undefined || text === '0' || isBlank(text)) continue;
    const read = parseQuantity(text);
    if (read.ok) {
      if (read.value > 0) counts.push({ column, quantity: read.value });
    } else if (column.kind === 'ITEM' && !/^[\s\d.,+-]+$/.test(text)) {
      readText(cells, { position: column.position, header: column.header, name: column.name }, issues, stray);
    } else {
      issues.add('error', read.problem.code, read.problem.message, column.header, text);
    }
  }
  return counts;
}

function readTexts(
  cells: readonly string[],
  columns: readonly TextColumn[],
  issues: RowIssues,
  blankWords: readonly string[],
): readonly NamedText[] {
  const texts: NamedText[] = [];
  for (const column of columns) readText(cells, column, issues, texts, blankWords);
  return texts;
}

function readText(
  cells: readonly string[],
  column: TextColumn,
  issues: RowIssues,
  texts: NamedText[],
  blankWords: readonly string[] = [],
): void {
  const cell = cells[column.position];
  if (cell === undefined || isBlank(cell)) return;
  const read = cleanText(cell);
  if (!read.ok) {
    issues.add('error', read.problem.code, read.problem.message, column.header, cell);
    return;
  }
  if (read.value === '' || blankWords.includes(read.value.toLowerCase())) return;
  texts.push({ position: column.position, name: column.name, text: read.value });
}
