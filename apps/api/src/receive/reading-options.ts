import type { EarlierReadings, Templates, TextImportOptions } from '@pledgeline/csv-core';
import { isKnownTable } from '@pledgeline/csv-core/import';
import type { ReadingHintValues } from '@pledgeline/db';
import type { UnpackOptions } from '@pledgeline/unpack';
import type { AppConfig } from '../context.js';
import type { MemoryBudget } from '../turns/memory-budget.js';

/** How to read a file, as far as the client knows. The rest is detected. */
export interface ReadingHints
  extends Required<
    Pick<
      TextImportOptions<never>,
      'platform' | 'encoding' | 'delimiter' | 'dateOrder' | 'repair' | 'headerLine' | 'ask'
    >
  > {
  /** The sheet of a workbook: its name, or its number from 1. */
  readonly sheet: string | undefined;
}

/** The hints that were given, by name: what says whether two files of the same bytes are to mean the same. */
export function toHintValues({
  complete,
  platform,
  encoding,
  delimiter,
  sheet,
  dateOrder,
  repair,
  headerLine,
  ask,
}: ReadingHints & { readonly complete: boolean }): ReadingHintValues {
  // As of uploads that are older than the parameter, it is not said of a file that is not complete.
  const isComplete = complete || undefined;
  const hints = {
    platform,
    encoding,
    delimiter,
    sheet,
    dateOrder,
    repair,
    headerLine,
    ask,
    complete: isComplete,
  };
  return Object.fromEntries(
    Object.entries(hints).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** How the files of one request are read: our limits, the hints of the client, and the merchant's saved mappings. */
export interface ReadingOptions {
  readonly unpack: UnpackOptions;
  readonly table: Omit<
    TextImportOptions<never>,
    'packer' | 'onChunk' | 'requireTable' | 'templates' | 'earlier'
  >;
  readonly templates: Templates;
  readonly earlier: EarlierReadings;
}

/** What reading a file uses that is not its own. */
export interface SharedReading {
  /** Those of the merchant. */
  readonly templates: Templates;
  /** How its files were read whose rejects come back. */
  readonly earlier: EarlierReadings;
  /** That of the process. */
  readonly memory: MemoryBudget;
}

export function toReadingOptions(
  config: AppConfig,
  { platform, encoding, delimiter, sheet, dateOrder, repair, headerLine, ask }: ReadingHints,
  { templates, earlier, memory }: SharedReading,
): ReadingOptions {
  return {
    templates,
    earlier,
    unpack: {
      sheet,
      encoding,
      isTable: isKnownTable,
      reserveMemory: memory.take,
      limits: {
        maxUnpackedBytes: config.MAX_UNPACKED_BYTES,
        maxRatio: config.MAX_COMPRESSION_RATIO,
        maxFiles: config.MAX_ARCHIVE_FILES,
      },
    },
    table: {
      platform,
      encoding,
      delimiter,
      dateOrder,
      repair,
      headerLine,
      ask,
      chunkRows: config.CHUNK_ROWS,
      maxRecordsLength: config.MAX_RECORDS_LENGTH,
      maxRows: config.MAX_ROWS,
      maxColumns: config.MAX_COLUMNS,
      maxCellLength: config.MAX_CELL_LENGTH,
      maxRowLength: config.MAX_ROW_LENGTH,
      maxHeaderLength: config.MAX_HEADER_LENGTH,
    },
  };
}
