import { parseQuantity } from '../values/quantity.js';
import { cleanText } from '../values/text.js';
import type { CountColumn, FieldColumn, Mapping, TextColumn } from './compile-mapping.js';
import { fieldReaders, type ReadContext } from './field-readers.js';
import { recall } from './recall.js';
import { emptyRowFields, type Field, type RowFields } from './row-fields.js';
import { addIssue, type RowIssues } from './row-issues.js';

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
  /** The row as it is in the file. */
  readonly cells: readonly string[];
  readonly fields: RowFields;
  readonly counts: readonly Count[];
  readonly answers: readonly NamedText[];
  readonly extras: readonly NamedText[];
}

/** Reads the cells of one column into its field. */
type CellReader = (fields: RowFields, text: string, context: ReadContext, issues: RowIssues) => void;

/** How to read the rows of one file. */
export interface RowReader {
  readonly mapping: Mapping;
  /** What is known of the whole file. */
  readonly context: ReadContext;
  /** One for each of the mapping's field columns. */
  readonly cellReaders: readonly CellReader[];
}

/** Prepares reading rows of one header; what it remembers of the rows changes nothing but speed. */
export function createRowReader(mapping: Mapping, context: ReadContext): RowReader {
  return {
    mapping,
    context,
    cellReaders: mapping.fields.map((column) => cellReader(column.field, column, context)),
  };
}

/**
 * Reads every cell of a row once. Blank cells stay null; what cannot be read goes to `issues`.
 */
export function readRow(cells: readonly string[], reader: RowReader, issues: RowIssues): RowValues {
  const { mapping, cellReaders } = reader;
  const fields = emptyRowFields();
  let { context } = reader;
  for (let index = 0; index < cellReaders.length; index += 1) {
    const column = mapping.fields[index];
    const text = column && cells[column.position];
    if (text === undefined || isBlank(text)) continue;
    cellReaders[index]?.(fields, text, context, issues);
    // The mapping puts the currency column first.
    if (column?.field === 'currency' && fields.currency !== null) {
      context = { ...reader.context, currency: fields.currency };
    }
  }
  const answers = readTexts(cells, mapping.questions, issues, mapping.platform.blankAnswers);
  const counts = readCounts(cells, mapping, issues, answers);
  return {
    cells,
    fields,
    counts,
    answers,
    extras: readTexts(cells, mapping.extras, issues, []),
  };
}

/** `=""` is a blank cell in a spreadsheet guard: Indiegogo writes one for a postal code that nobody gave. */
function isBlank(text: string): boolean {
  if (text === '') return true;
  // Nearly every filled cell is told by its first character: visible ASCII other than `=`.
  const first = text.charCodeAt(0);
  if (first > 0x20 && first < 0x7f && first !== 0x3d) return false;
  const trimmed = text.trim();
  return trimmed === '' || trimmed === '=""';
}

function cellReader<F extends Field>(
  field: F,
  { header }: FieldColumn,
  fileContext: ReadContext,
): CellReader {
  const readAlone = fieldReaders[field];
  const readRecalled = recall((text) => readAlone(text, fileContext));
  return (fields, text, context, issues) => {
    // Of several columns for one field the best filled one counts.
    if (fields[field] !== null) return;
    const read = context === fileContext ? readRecalled(text) : readAlone(text, context);
    if (!read.ok) {
      addIssue(issues, 'error', read.problem.code, read.problem.message, header, text);
      return;
    }
    // Nothing but blanks in a spreadsheet guard: blank, and a blank cell never erases a value.
    if (read.value === '') return;
    fields[field] = read.value;
    if (read.warning) addIssue(issues, 'warning', read.warning.code, read.warning.message, header, text);
  };
}

/** A count column that holds words instead of a number was a question after all: the words are kept as an answer. */
function readCounts(
  cells: readonly string[],
  mapping: Mapping,
  issues: RowIssues,
  answers: NamedText[],
): readonly Count[] {
  const counts: Count[] = [];
  for (const column of mapping.counts) {
    const text = cells[column.position];
    if (text === undefined || text === '0' || isBlank(text)) continue;
    const read = parseQuantity(text);
    if (read.ok) {
      if (read.value > 0) counts.push({ column, quantity: read.value });
    } else if (column.product.kind === 'ITEM' && !/^[\s\d.,+-]+$/.test(text)) {
      readText(cells, column, issues, answers, mapping.platform.blankAnswers);
    } else {
      addIssue(issues, 'error', read.problem.code, read.problem.message, column.header, text);
    }
  }
  return counts;
}

function readTexts(
  cells: readonly string[],
  columns: readonly TextColumn[],
  issues: RowIssues,
  blankWords: readonly string[],
): NamedText[] {
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
    addIssue(issues, 'error', read.problem.code, read.problem.message, column.header, cell);
    return;
  }
  if (read.value === '' || blankWords.includes(read.value.toLowerCase())) return;
  texts.push({ position: column.position, name: column.name, text: read.value });
}
