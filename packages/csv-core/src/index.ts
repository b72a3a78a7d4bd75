export { type Chunker, type CsvTotals, createChunker, type RowChunk } from './csv/chunk-rows.js';
export { CsvFileError, type CsvFileErrorCode } from './csv/csv-file-error.js';
export { formatCsvRow, removeFormulaGuard } from './csv/format-csv.js';
export { type CsvReader, type CsvReaderOptions, createCsvReader } from './csv/read-csv.js';
export { confidenceThreshold, type Detection, detectPlatform } from './detect-platform.js';
export { normalizeHeader } from './header/normalize-header.js';
export { secretPositions } from './header/resolve-columns.js';
export { type Issue, type IssueSeverity, maxIssueValueLength, quoteForIssue } from './issue.js';
export {
  type MapKeysOptions,
  type MappedRows,
  mapKeys,
  type Reject,
  UnknownPlatformError,
} from './map-keys.js';
export { findPlatform, platforms } from './platforms/index.js';
export type { Platform } from './platforms/platform.js';
export { type BackerRecord, backerSchema } from './schemas/backer.js';
export { type InventoryRecord, inventorySchema } from './schemas/inventory.js';
export { type MappedRecord, mappedRecordSchema } from './schemas/mapped-record.js';
export {
  assumedStatus,
  committedStatuses,
  type PledgeItemRecord,
  type PledgeRecord,
  type PledgeStatus,
  pledgeItemSchema,
  pledgeSchema,
  pledgeStatusSchema,
} from './schemas/pledge.js';
export { type ProductKind, type ProductRecord, productKindSchema, productSchema } from './schemas/product.js';
export { type SurveyAnswer, type SurveyRecord, surveyAnswerSchema, surveySchema } from './schemas/survey.js';
export { type DateOrder, decideDateOrder, parseDateTime } from './values/date.js';
export { type Money, parseMoney } from './values/money.js';
export type { ValueProblem, ValueResult } from './values/value-result.js';
