import { isKnownTable, type Templates, type TextImportOptions } from '@pledgeline/csv-core';
import type { UnpackOptions } from '@pledgeline/unpack';
import type { AppConfig } from '../context.js';

/** What a client says of a file, so that nobody has to find out. */
export interface SaidOfFile
  extends Required<Pick<TextImportOptions<never>, 'platform' | 'encoding' | 'delimiter' | 'dateOrder'>> {
  /** Of a workbook: name or number, from 1. */
  readonly sheet: string | undefined;
}

/** How the files of one request are read: our limits, the client's word, and what the merchant said earlier. */
export interface ReadingOptions {
  readonly unpack: UnpackOptions;
  readonly table: Omit<TextImportOptions<never>, 'packer' | 'onChunk' | 'requireTable'>;
}

export function toReadingOptions(
  config: AppConfig,
  { platform, encoding, delimiter, sheet, dateOrder }: SaidOfFile,
  templates: Templates,
): ReadingOptions {
  return {
    unpack: {
      sheet,
      encoding,
      isTable: isKnownTable,
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
      templates,
      chunkRows: config.CHUNK_ROWS,
      maxRows: config.MAX_ROWS,
      maxColumns: config.MAX_COLUMNS,
      maxCellLength: config.MAX_CELL_LENGTH,
      maxRowLength: config.MAX_ROW_LENGTH,
    },
  };
}
