import {
  type CsvReaderOptions,
  createCsvReader,
  createDateEvidence,
  createDecimalEvidence,
  createTableReader,
  detectPlatform,
  type Issue,
  type MappedRecord,
  type MappingSuggestion,
  mapKeys,
  orderColumn,
  resolveColumns,
  suggestMapping,
} from '@pledgeline/csv-core';
import type { FileDateOrder, FileFormat } from '@pledgeline/db';
import type { AppConfig } from '../context.js';
import { explainNoRows } from '../receive/explain-no-rows.js';
import { fileIssues } from '../receive/file-issues.js';
import {
  fileNameForIssues,
  type ReadingHints,
  type TableSource,
  textOptions,
} from '../receive/read-table.js';
import {
  createSecretBlanker,
  type RecognizedColumns,
  recognizeColumns,
} from '../receive/recognize-columns.js';
import { UnpackError } from '../unpack/unpack.js';

/** Rows of a file that are looked at. */
const MAX_ROWS = 200;
/** Rows and records that are shown. */
const SHOWN_ROWS = 5;
/** Issues that are shown. */
const SHOWN_ISSUES = 50;

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
 * @throws CsvFileError, UnpackError
 */
export async function inspectFile(
  source: TableSource,
  hints: ReadingHints,
  config: AppConfig,
  isCut: boolean,
): Promise<InspectedFile> {
  const beginning = await readBeginning(source, hints, config, isCut);
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
  source: TableSource,
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
  const options = {
    maxColumns: config.MAX_COLUMNS,
    maxCellLength: config.MAX_CELL_LENGTH,
    isHeader: (cells) => detectPlatform(cells).platform !== null,
    onHeader(names) {
      headers = names;
      recognized = recognizeColumns(names, hints.platform, hints.templates);
      secrets = createSecretBlanker(names, recognized);
      const { platform, columns } = recognized;
      dates = createDateEvidence(names, platform, columns ?? undefined);
      decimals = createDecimalEvidence(names, platform, columns ?? undefined);
      return platform && orderColumn(names, platform, columns ?? undefined);
    },
    packRow(cells) {
      if (rows.length >= MAX_ROWS) return;
      dates.add(cells);
      decimals.add(cells);
      rows.push(secrets.blank(cells));
    },
    onChunk: (chunk) => lines.push(...chunk.lines),
  } satisfies CsvReaderOptions<void>;
  const isFull = () => rows.length >= MAX_ROWS;
  const {
    rows: rowCount,
    chunks: _,
    doubt,
    slippedRows,
    ...found
  } = source.kind === 'text'
    ? await readText(source, { ...options, ...textOptions(hints, config) }, isCut, isFull)
    : await readSheet(source, options, isFull);
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
  const hasMore = isCut || rowCount > rows.length;
  return { headers, recognized, rows, lines, format, dateOrders, hasMore, issues };
}

async function readText(
  source: Extract<TableSource, { kind: 'text' }>,
  options: CsvReaderOptions<void>,
  isCut: boolean,
  isFull: () => boolean,
) {
  const reader = createCsvReader(options);
  const lines = createLineHolder(reader.push);
  let isOver = true;
  try {
    for await (const piece of source.pieces) {
      lines.push(piece);
      if (!isFull()) continue;
      isOver = false;
      break;
    }
  } catch (error) {
    // Compressed bytes that were cut off end in an error, and what came before it is as good as ever.
    if (!isCut || !(error instanceof UnpackError && error.code === 'damaged_archive')) throw error;
  }
  const wasCut = isCut || !isOver;
  lines.end(wasCut);
  return reader.end({ isCut: wasCut });
}

const LF = 10;

/** Passes on whole lines, so that a file which is cut off does not end within a character. */
function createLineHolder(push: (bytes: Uint8Array) => void) {
  let held: Uint8Array = new Uint8Array(0);
  let hasPassed = false;
  return {
    push(piece: Uint8Array): void {
      const all = held.length === 0 ? piece : Buffer.concat([held, piece]);
      let end = all.lastIndexOf(LF) + 1;
      // In UTF-16 LE the character has a second byte; nowhere else does a NUL begin a line.
      if (end > 0 && all[end] === 0) end += 1;
      held = all.subarray(end);
      if (end === 0) return;
      hasPassed = true;
      push(all.subarray(0, end));
    },
    end(isCut: boolean): void {
      // A file without a single line end is better than nothing.
      if (!isCut || !hasPassed) push(held);
    },
  };
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
    return { ...reader.end(), slippedRows: null, encoding: null, doubt: null, delimiter: null };
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
