import {
  type CsvReaderOptions,
  createCsvReader,
  createDateEvidence,
  createDecimalEvidence,
  createSecretBlanker,
  createTableReader,
  type DateEvidence,
  type DateOrder,
  type DateOrderFinding,
  type DecimalEvidence,
  detectPlatform,
  orderColumn,
  type RecognizedColumns,
  recognizeColumns,
  requireTable,
  type SecretBlanker,
  type Templates,
} from '@pledgeline/csv-core';
import {
  createRowPacker,
  type FileDateOrder,
  type PackedChunk,
  type ReadFile,
  type RowPacker,
} from '@pledgeline/db';
import type { UnpackedFile } from '@pledgeline/unpack';
import type { AppConfig } from '../context.js';
import { explainNoRows } from './explain-no-rows.js';
import { fileIssues } from './file-issues.js';

/** What the client says of a file, so that nobody has to find out. */
export interface ReadingHints {
  readonly platform: string | undefined;
  /** A label of the WHATWG Encoding Standard. */
  readonly encoding: string | undefined;
  /** One UTF-16 unit. */
  readonly delimiter: string | undefined;
  readonly dateOrder: DateOrder | undefined;
  /** What the merchant once said of files that nobody else knows. */
  readonly templates: Templates;
}

/** Where in its upload a file begins. */
export interface TablePlace {
  readonly fileIndex: number;
  /** Number of its first row, from 1. */
  readonly firstRow: number;
  /** Index of its first chunk. */
  readonly firstChunk: number;
}

export interface TableSink {
  /** Called before each row. */
  onRow(): void;
  add(chunk: PackedChunk): void;
  /** Awaited after every piece, so that reading goes no faster than writing. */
  keepUp(): Promise<void>;
}

/** A file that is read, and how many chunks it made. */
export interface ReadTable {
  readonly file: ReadFile;
  readonly chunkCount: number;
}

/** A file or a sheet with something in it. */
export type TableSource = Exclude<UnpackedFile, { kind: 'skipped' }>;

/** What the issues of a file call it: its path in the archive or the sheet; null for a plain file. */
export function fileNameForIssues(source: TableSource): string | null {
  return source.name ?? (source.kind === 'sheet' ? source.sheet : null);
}

/**
 * Reads one table to its end: hands its chunks to the sink with secret columns blank, and says what it found out.
 *
 * @throws CsvFileError, NoTableError, or what the source or the sink throws.
 */
export async function readTable(
  source: TableSource,
  place: TablePlace,
  hints: ReadingHints,
  config: AppConfig,
  sink: TableSink,
): Promise<ReadTable> {
  const columns = createColumnsOfTable(source, hints);
  const options = {
    chunkRows: config.CHUNK_ROWS,
    maxRows: config.MAX_ROWS,
    maxColumns: config.MAX_COLUMNS,
    maxCellLength: config.MAX_CELL_LENGTH,
    firstRow: place.firstRow,
    firstChunk: place.firstChunk,
    isHeader: (cells) => detectPlatform(cells).platform !== null,
    onHeader: columns.read,
    packRow(cells) {
      sink.onRow();
      columns.pack(cells);
    },
    onChunk: ({ index, firstRow, lines }) =>
      sink.add({ index, firstRow, lines, fileIndex: place.fileIndex, data: columns.takeChunk() }),
  } satisfies CsvReaderOptions<void>;
  const { rows, chunks, doubt, slippedRows, ...format } =
    source.kind === 'text'
      ? await readText(source, { ...options, ...textOptions(hints, config) }, sink)
      : await readSheet(source, options, sink);
  const { platform, detection, columns: assigned } = columns.get();
  return {
    chunkCount: chunks,
    file: {
      kind: 'read',
      name: source.name,
      sheet: source.kind === 'sheet' ? source.sheet : null,
      format: { ...format, decimalMark: columns.decimalMark() },
      firstRow: place.firstRow,
      rowCount: rows,
      platform: platform?.name ?? null,
      detection,
      columns: assigned,
      dateOrders: columns.dateOrders().map((finding) => withRequest(finding, hints.dateOrder)),
      issues: fileIssues({
        kind: 'read',
        file: fileNameForIssues(source),
        encoding: format.encoding,
        doubt,
        notices: source.notices(),
        slippedRows,
        secrets: columns.secrets(),
      }),
    },
  };
}

/** With a delimiter or encoding that is not its own, a table looks like text, so not where the client has named one. */
export function mayBeNoTable(source: TableSource, { delimiter, encoding }: ReadingHints): boolean {
  return source.name !== null && delimiter === undefined && encoding === undefined;
}

/** What only a file of text needs to be read by. */
export function textOptions(
  { encoding, delimiter }: ReadingHints,
  { MAX_ROW_LENGTH }: AppConfig,
): Pick<CsvReaderOptions, 'encoding' | 'delimiter' | 'maxRowLength'> {
  return { encoding, delimiter, maxRowLength: MAX_ROW_LENGTH };
}

async function readText(
  source: Extract<TableSource, { kind: 'text' }>,
  options: CsvReaderOptions<void>,
  sink: TableSink,
) {
  const reader = createCsvReader(options);
  for await (const piece of source.pieces) {
    reader.push(piece);
    await sink.keepUp();
  }
  return reader.end();
}

async function readSheet(
  source: Extract<TableSource, { kind: 'sheet' }>,
  options: CsvReaderOptions<void>,
  sink: TableSink,
) {
  const reader = createTableReader(options);
  for await (const batch of source.rows) {
    for (const { cells, line } of batch) reader.push(cells, line);
    await sink.keepUp();
  }
  try {
    // What its rows end with is no matter of quotes.
    return { ...reader.end(), slippedRows: null, encoding: null, doubt: null, delimiter: null };
  } catch (error) {
    throw explainNoRows(error, source);
  }
}

interface ColumnsOfTable {
  readonly columns: RecognizedColumns;
  readonly dates: DateEvidence;
  readonly decimals: DecimalEvidence;
  readonly secrets: SecretBlanker;
  readonly packer: RowPacker;
}

/** The reader calls back with the header before the first row, and ends with an error when there is none. */
function createColumnsOfTable(source: TableSource, hints: ReadingHints) {
  const { platform: requestedPlatform, templates } = hints;
  let known: ColumnsOfTable | null = null;

  function get() {
    if (known === null) throw new Error('The reader gave rows before the header.');
    return known;
  }

  return {
    read(headers: readonly string[]) {
      const columns = recognizeColumns(headers, requestedPlatform, templates);
      if (mayBeNoTable(source, hints)) requireTable(headers, columns);
      const { platform, columns: assigned } = columns;
      known = {
        columns,
        dates: createDateEvidence(headers, platform, assigned ?? undefined),
        decimals: createDecimalEvidence(headers, platform, assigned ?? undefined),
        secrets: createSecretBlanker(headers, columns),
        packer: createRowPacker(headers),
      };
      return platform && orderColumn(headers, platform, assigned ?? undefined);
    },
    pack(cells: readonly string[]): void {
      const { dates, decimals, secrets, packer } = get();
      dates.add(cells);
      decimals.add(cells);
      packer.add(secrets.blank(cells));
    },
    takeChunk: () => get().packer.take(),
    get: () => get().columns,
    dateOrders: () => get().dates.result(),
    decimalMark: () => get().decimals.result(),
    secrets: () => get().secrets.positions(),
  };
}

function withRequest(finding: DateOrderFinding, requested: DateOrder | undefined): FileDateOrder {
  return requested === undefined ? finding : { ...finding, order: requested, source: 'requested' };
}
