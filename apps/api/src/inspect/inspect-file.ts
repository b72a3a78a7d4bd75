import {
  type CsvReaderOptions,
  createCsvReader,
  createDateEvidence,
  createDecimalEvidence,
  createSecretBlanker,
  createTableReader,
  detectPlatform,
  type Issue,
  type MappedRecord,
  type MappingSuggestion,
  mapKeys,
  orderColumn,
  type RecognizedColumns,
  recognizeColumns,
  requireTable,
  resolveColumns,
  suggestMapping,
} from '@pledgeline/csv-core';
import type { FileDateOrder, FileFormat } from '@pledgeline/db';
import { UnpackError } from '@pledgeline/unpack';
import type { AppConfig } from '../context.js';
import { explainNoRows } from '../receive/explain-no-rows.js';
import { fileIssues } from '../receive/file-issues.js';
import type { FileToRead } from '../receive/read-files.js';
import {
  fileNameForIssues,
  mayBeNoTable,
  type ReadingHints,
  type TableSource,
  textOptions,
} from '../receive/read-table.js';
import { createLineHolder } from './line-holder.js';

/** Rows of a file that are looked at. */
const MAX_ROWS = 200;
/** Rows and records that are shown. */
const SHOWN_ROWS = 5;
/** Issues that are shown. */
const SHOWN_ISSUES = 50;

/** A line of so many bytes for each UTF-16 unit that a row may have is surely too long: the reader is to say so. */
const MAX_BYTES_PER_UNIT = 4;

/** What one column would become. */
export interface InspectedColumn {
  readonly position: number;
  readonly header: string;
  /** `field`, `item`, `add-on`, `question`, `unknown`, … */
  readonly role: string;
  /** The canonical field, where it is one. */
  readonly field: string | null;
}

/** What would become of a file. */
export interface InspectedFile extends Pick<RecognizedColumns, 'detection'> {
  readonly name: string | null;
  readonly sheet: string | null;
  readonly format: FileFormat;
  readonly headers: readonly string[];
  readonly platform: string | null;
  /** Null while nobody knows where the file is from; then there is a suggestion. */
  readonly columns: readonly InspectedColumn[] | null;
  readonly suggestion: MappingSuggestion | null;
  readonly dateOrders: readonly FileDateOrder[];
  /** The first rows as they are in the file, without what is never stored. */
  readonly rows: readonly (readonly string[])[];
  readonly records: readonly MappedRecord[];
  /** Those of the file first, then those of its rows. */
  readonly issues: readonly Issue[];
  /** How many rows were looked at, and whether there are more. */
  readonly rowsSeen: number;
  readonly hasMore: boolean;
}

/** The beginning of a table. */
interface Beginning {
  readonly headers: readonly string[];
  readonly recognized: RecognizedColumns;
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
  readonly format: FileFormat;
  readonly dateOrders: readonly FileDateOrder[];
  readonly hasMore: boolean;
  /** Of the file as such. */
  readonly issues: readonly Issue[];
}

/**
 * Reads the beginning of a table and says what an import would make of it.
 *
 * @param isCut whether the bytes are only the first ones: then it is no fault when they end in the middle
 * @throws CsvFileError, NoTableError, UnpackError
 */
export async function inspectFile(
  file: Pick<FileToRead, 'source' | 'onRow'>,
  hints: ReadingHints,
  config: AppConfig,
  isCut: boolean,
): Promise<InspectedFile> {
  const { source } = file;
  const beginning = await readBeginning(file, hints, config, isCut);
  const { headers, recognized, rows, format, dateOrders, hasMore } = beginning;
  const { platform, detection } = recognized;
  const mapped = platform === null ? null : mapBeginning(source, beginning, hints);
  return {
    name: source.name,
    sheet: source.kind === 'sheet' ? source.sheet : null,
    format,
    headers,
    platform: platform?.name ?? null,
    detection,
    columns: platform && describeColumns(headers, recognized),
    suggestion: platform === null ? suggestMapping(headers, rows) : null,
    dateOrders,
    rows: rows.slice(0, SHOWN_ROWS),
    records: mapped?.records.slice(0, SHOWN_ROWS) ?? [],
    issues: [...beginning.issues, ...(mapped?.issues ?? [])].slice(0, SHOWN_ISSUES),
    rowsSeen: rows.length,
    hasMore,
  };
}

async function readBeginning(
  { source, onRow }: Pick<FileToRead, 'source' | 'onRow'>,
  hints: ReadingHints,
  config: AppConfig,
  isCut: boolean,
): Promise<Beginning> {
  let headers: readonly string[] = [];
  let recognized = recognizeColumns(headers, hints.platform, hints.templates);
  let dates = createDateEvidence(headers, null);
  let decimals = createDecimalEvidence(headers, null);
  let secrets = createSecretBlanker(headers, recognized);
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  let hasMoreRows = false;
  const options = {
    maxColumns: config.MAX_COLUMNS,
    maxCellLength: config.MAX_CELL_LENGTH,
    isHeader: (cells) => detectPlatform(cells).platform !== null,
    onHeader(names) {
      headers = names;
      recognized = recognizeColumns(names, hints.platform, hints.templates);
      if (mayBeNoTable(source, hints)) requireTable(names, recognized);
      secrets = createSecretBlanker(names, recognized);
      const { platform, columns } = recognized;
      dates = createDateEvidence(names, platform, columns ?? undefined);
      decimals = createDecimalEvidence(names, platform, columns ?? undefined);
      return platform && orderColumn(names, platform, columns ?? undefined);
    },
    packRow(cells) {
      onRow();
      hasMoreRows = rows.length === MAX_ROWS;
      if (hasMoreRows) return;
      dates.add(cells);
      decimals.add(cells);
      rows.push(secrets.blank(cells));
    },
    onChunk: (chunk) => lines.push(...chunk.lines),
  } satisfies CsvReaderOptions<void>;
  const {
    wasCut,
    rows: _rows,
    chunks: _chunks,
    doubt,
    slippedRows,
    ...found
  } = source.kind === 'text'
    ? await readText(
        source,
        { ...options, ...textOptions(hints, config) },
        {
          isCut,
          isFull: () => hasMoreRows,
          hasRows: () => rows.length > 0,
          maxBytes: config.MAX_INSPECT_BYTES,
          maxLineBytes: MAX_BYTES_PER_UNIT * config.MAX_ROW_LENGTH,
        },
      )
    : await readSheet(source, options, () => hasMoreRows);
  const format = { ...found, decimalMark: decimals.result() };
  const dateOrders = dates
    .result()
    .map(
      (finding): FileDateOrder =>
        hints.dateOrder === undefined ? finding : { ...finding, order: hints.dateOrder, source: 'requested' },
    );
  const issues = fileIssues({
    kind: 'read',
    file: fileNameForIssues(source),
    encoding: format.encoding,
    doubt,
    notices: source.notices(),
    slippedRows,
    secrets: secrets.positions(),
  });
  return { headers, recognized, rows, lines, format, dateOrders, hasMore: wasCut || hasMoreRows, issues };
}

interface HowFar {
  readonly isCut: boolean;
  isFull(): boolean;
  hasRows(): boolean;
  /** What is unpacked may be many times longer than what was sent. More is read only as long as there is no row. */
  readonly maxBytes: number;
  readonly maxLineBytes: number;
}

async function readText(
  { name, pieces }: Extract<TableSource, { kind: 'text' }>,
  options: CsvReaderOptions<void>,
  { isCut, isFull, hasRows, maxBytes, maxLineBytes }: HowFar,
) {
  const reader = createCsvReader(options);
  const lines = createLineHolder(reader.push, maxLineBytes);
  let wasCut = isCut;
  let length = 0;
  try {
    for await (const piece of pieces) {
      lines.push(piece);
      length += piece.length;
      if (!isFull() && (length <= maxBytes || !hasRows())) continue;
      wasCut = true;
      break;
    }
  } catch (error) {
    // What came before the end that is missing is as good as ever.
    const isCutOff = error instanceof UnpackError && error.isCutOff;
    if (!isCutOff || name !== null || length === 0) throw error;
    wasCut = true;
  }
  lines.end(wasCut);
  return { ...reader.end({ isCut: wasCut }), wasCut };
}

async function readSheet(
  source: Extract<TableSource, { kind: 'sheet' }>,
  options: CsvReaderOptions<void>,
  isFull: () => boolean,
) {
  const reader = createTableReader(options);
  for await (const batch of source.rows) {
    for (const { cells, line } of batch) reader.push(cells, line);
    if (isFull()) break;
  }
  try {
    // What its rows end with is no matter of quotes.
    const totals = { ...reader.end(), slippedRows: null, encoding: null, doubt: null, delimiter: null };
    return { ...totals, wasCut: isFull() };
  } catch (error) {
    throw explainNoRows(error, source);
  }
}

function mapBeginning(source: TableSource, beginning: Beginning, hints: ReadingHints) {
  const { headers, rows, lines, recognized, dateOrders } = beginning;
  return mapKeys(headers, rows, {
    lines,
    platform: recognized.platform?.name,
    columns: recognized.columns ?? undefined,
    ...(source.kind === 'sheet' && { shortRows: true }),
    file: fileNameForIssues(source),
    dateOrder: hints.dateOrder,
    decimalMark: beginning.format.decimalMark,
    dateOrders: dateOrders.flatMap(({ position, order }) => (order === null ? [] : [{ position, order }])),
  });
}

function describeColumns(headers: readonly string[], { platform, columns }: RecognizedColumns) {
  if (columns !== null) {
    const said = new Map(columns.map(({ position, as }) => [position, as]));
    return headers.map((header, position) => {
      const as = said.get(position) ?? 'kept';
      return { position, header, role: as, field: as };
    });
  }
  if (platform === null) return null;
  return resolveColumns(headers, platform).map((column, position) => ({
    position,
    header: column.header,
    role: column.role,
    field: column.role === 'field' ? column.column.field : null,
  }));
}
