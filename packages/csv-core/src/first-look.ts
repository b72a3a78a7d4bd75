/**
 * What a page needs for its first look at a file, before it is sent: the rows and the platform. It is less than half of the package; a
 * page loads the rest (`@pledgeline/csv-core`) when it maps the columns.
 */
export { readDelimiter } from './csv/delimiter-names.js';
export {
  type CsvReader,
  type CsvReaderOptions,
  type CsvTotals,
  createCsvReader,
  type EndOptions,
} from './csv/read-csv.js';
export { keepCells, type RowChunk, type RowPacker } from './csv/row-chunk.js';
export { CsvFileError, type CsvFileErrorCode } from './csv-file-error.js';
export { confidenceThreshold, type Detection, detectPlatform } from './detect-platform.js';
export { isKnownEncoding, type TextEncoding } from './encoding/text-encoding.js';
export { secretPositions } from './header/resolve-columns.js';
export { findPlatform, platforms } from './platforms/index.js';
export type { Platform } from './platforms/platform.js';
