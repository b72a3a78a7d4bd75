import { teachWords } from '../fields/field-kinds.js';
import type { DateOrder } from '../values/date.js';
import type { DecimalMark } from '../values/decimal-mark.js';
import { parseQuantity } from '../values/quantity.js';
import { cleanText } from '../values/text.js';
import { isBlankCell } from './blank-cell.js';
import { addProblem, type CellReader, createCellReader } from './cell-reader.js';
import type { CountColumn, Mapping, TextColumn } from './compile-mapping.js';
import { createPostalCodeMender, type PostalCodeMender } from './mend-postal-code.js';
import { createRowMender, type MendOptions, type RowMender } from './mend-row.js';
import { createItemsReader, type ItemsReader, type ReadItem } from './read-items.js';
import { emptyRowFields, type RowFields } from './row-fields.js';
import type { RowIssues } from './row-issues.js';

/** Units of one product in a count column. */
export interface Count {
  readonly column: CountColumn;
  readonly quantity: number;
}

/** The text of a survey answer or of a column that is kept with the pledge. */
export interface NamedText {
  readonly position: number;
  readonly name: string;
  readonly text: string;
}

/** The read cells of one row, or of all rows of an order, before they become a record. */
export interface RowValues {
  /** The row as it is in the file, but for damage that was repaired. For several rows, the first filled cell at each position. */
  readonly cells: readonly string[];
  readonly fields: RowFields;
  /** The fields of each row of an order; null for a single row. */
  readonly rows: readonly RowFields[] | null;
  readonly counts: readonly Count[];
  readonly items: readonly ReadItem[];
  readonly answers: readonly NamedText[];
  readonly extras: readonly NamedText[];
}

/** What is known of a whole file. */
export interface FileContext {
  /** ISO 4217 code for amounts without a currency. */
  readonly currency: string | null;
  /** Gives the order of day and month for the position of a column. */
  readonly dateOrderOf: (position: number) => DateOrder | null;
  /** The decimal mark of the file; null when it is not known. */
  readonly decimalMark: DecimalMark | null;
  /** Whether cells at the end of a row may be missing. */
  readonly shortRows: boolean;
  /** Whether the file is a workbook, in which a number in a column of dates can only be a date. */
  readonly serialDates: boolean;
  readonly mending: MendOptions;
}

/** A column and how to read it. */
interface ReadColumn {
  readonly position: number;
  readonly isCurrency: boolean;
  /** ISO 4217 code that the header says; null where the row or the file says it. */
  readonly currency: string | null;
  /** Positions of the cells that belong behind its own; null where there are none, as in nearly every column. */
  readonly followedBy: readonly number[] | null;
  readonly read: CellReader;
}

/** How to read the rows of one file. */
export interface RowReader {
  readonly mapping: Mapping;
  readonly currency: string | null;
  readonly shortRows: boolean;
  /** The columns that fill a field, in the order of the mapping: the currency comes first. */
  readonly columns: readonly ReadColumn[];
  readonly readItems: ItemsReader;
  readonly mendRow: RowMender;
  readonly mendPostalCode: PostalCodeMender;
}

/** Creates the reader for the rows of one header row. It caches results, for speed only. */
export function createRowReader(
  mapping: Mapping,
  { currency, dateOrderOf, decimalMark, shortRows, serialDates, mending }: FileContext,
): RowReader {
  const { platform } = mapping;
  return {
    mapping,
    currency,
    shortRows,
    columns: mapping.fields.map(({ field, header, position, currency: ofColumn, values, followedBy }) => {
      const words = values === null ? platform : teachWords(platform, values);
      const dateOrder = dateOrderOf(position);
      const context = {
        platform: words,
        currency: ofColumn ?? currency,
        decimalMark,
        serialDates,
        dateOrder,
      };
      return {
        position,
        isCurrency: field === 'currency',
        currency: ofColumn,
        followedBy: followedBy.length === 0 ? null : followedBy,
        read: createCellReader(field, header, context),
      };
    }),
    readItems: createItemsReader(mapping, { platform, currency, decimalMark, serialDates, dateOrder: null }),
    mendRow: createRowMender(mapping, mending),
    mendPostalCode: createPostalCodeMender(mapping, mending),
  };
}

/**
 * Reads every cell of a row once. The values of blank cells are null. Cells that cannot be read are added to `issues`.
 *
 * @param orderCurrency the currency of the rows above, for a row that continues their order
 */
export function readRow(
  rawCells: readonly string[],
  reader: RowReader,
  issues: RowIssues,
  orderCurrency: string | null = reader.currency,
): RowValues {
  const { mapping } = reader;
  const cells = reader.mendRow(rawCells, issues);
  const fields = emptyRowFields();
  let currency = orderCurrency;
  for (const { position, isCurrency, currency: ofColumn, followedBy, read } of reader.columns) {
    const text = cells[position];
    if (text === undefined || isBlankCell(text)) continue;
    const whole = followedBy === null ? text : joinCells(text, followedBy, cells);
    read(fields, whole, ofColumn ?? currency, issues);
    if (isCurrency && fields.currency !== null) currency = fields.currency;
  }
  reader.mendPostalCode(fields, issues);
  const answers = readTexts(cells, mapping.questions, issues, mapping.platform.blankAnswers);
  const counts = readCounts(cells, mapping, issues, answers);
  return {
    cells,
    fields,
    rows: null,
    counts,
    items: reader.readItems(cells, currency, issues),
    answers,
    extras: readTexts(cells, mapping.extras, issues, []),
  };
}

/** Joins the cell with those that belong behind it, up to the first blank one. */
export function joinCells(first: string, others: readonly number[], cells: readonly string[]): string {
  let joined = first;
  for (const position of others) {
    const text = cells[position] ?? '';
    if (isBlankCell(text)) break;
    joined += ` ${text}`;
  }
  return joined;
}

/** A count column with words instead of a number is really a question, so the words are kept as an answer. */
function readCounts(
  cells: readonly string[],
  mapping: Mapping,
  issues: RowIssues,
  answers: NamedText[],
): readonly Count[] {
  const counts: Count[] = [];
  for (const column of mapping.counts) {
    const text = cells[column.position];
    if (text === undefined || text === '0' || isBlankCell(text)) continue;
    const read = parseQuantity(text);
    if (read.ok) {
      if (read.value > 0) counts.push({ column, quantity: read.value });
    } else if (column.product.kind === 'ITEM' && !/^[\s\d.,+-]+$/.test(text)) {
      readText(cells, column, issues, answers, mapping.platform.blankAnswers);
    } else {
      addProblem(issues, 'error', read.problem, column.header, text);
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
  if (cell === undefined || isBlankCell(cell)) return;
  const read = cleanText(cell);
  if (!read.ok) {
    addProblem(issues, 'error', read.problem, column.header, cell);
    return;
  }
  if (read.value === '' || blankWords.includes(read.value.toLowerCase())) return;
  if (read.warning) addProblem(issues, 'warning', read.warning, column.header, cell);
  texts.push({ position: column.position, name: column.name, text: read.value });
}
