/**
 * What a page needs for its first look at a file, and every program before it maps rows: bytes to rows, a header to a platform, and the
 * words for both. All types of the package are here too, since they weigh nothing. What is heavy has a door of its own, which a page
 * loads by `import()` when it is needed: `/import`, `/map` and `/schemas`.
 */
export { readDelimiter } from './csv/delimiter-names.js';
export type { Delimiter } from './csv/find-delimiter.js';
export { formatCsvRow, removeFormulaGuard } from './csv/format-csv.js';
export type { OrderGrouping } from './csv/order-grouping.js';
export { createOrderSpan, type OrderSpan } from './csv/order-span.js';
export type { BlankQuotes } from './csv/parse.js';
export type { Quoting } from './csv/read-csv.js';
export {
  type CsvReader,
  type CsvReaderOptions,
  type CsvTotals,
  createCsvReader,
  type EndOptions,
} from './csv/read-csv.js';
export { MAX_CHUNK_LENGTH, MAX_ORDER_ROWS, MAX_RECORDS_LENGTH, type TableTotals } from './csv/read-table.js';
export { keepCells, type RowChunk, type RowPacker } from './csv/row-chunk.js';
export type { SlippedRow, SlippedRows } from './csv/slipped-rows.js';
export { CsvFileError, type CsvFileErrorCode } from './csv-file-error.js';
export { confidenceThreshold, type Detection, detectPlatform } from './detect-platform.js';
export { type ByteDecoder, createByteDecoder } from './encoding/byte-decoder.js';
export { createDecoder } from './encoding/decode.js';
export { encodingTitle } from './encoding/invalid-encoding.js';
export { type EncodingDoubt, isKnownEncoding, type TextEncoding } from './encoding/text-encoding.js';
export type { Field } from './fields/fields.js';
export { normalizeHeader } from './header/normalize-header.js';
export { type RejectNote, rejectsHeader, rejectsRow } from './header/rejects-header.js';
export { type ResolvedColumn, resolveColumns, secretPositions } from './header/resolve-columns.js';
export type { EarlierReading, EarlierReadings } from './import/earlier-reading.js';
export type { KnownOfRows } from './import/map-options.js';
export type { SavedMapping, Templates } from './import/recognize-columns.js';
export type { ImportedRow, ImportOptions, TableImport, TextImportOptions } from './import/table-import.js';
export type { ReportedDateOrder, TableReport } from './import/table-report.js';
export {
  type FileIssueCode,
  fileIssueCodes,
  type Issue,
  type IssueCode,
  type IssueSeverity,
  issueCodes,
  maxIssueValueLength,
  quoteForIssue,
  type RowIssue,
} from './issue.js';
export type { ColumnDateOrder, MapKeysOptions, MappedRows } from './map-keys.js';
export type { Assumption, AssumptionCode } from './mapping/assumptions.js';
export type { ColumnAssignment } from './mapping/column-assignment.js';
export type { Damage, DamageEvidence } from './mapping/damage-evidence.js';
export type { DateEvidence, DateOrderFinding } from './mapping/date-evidence.js';
export type { DecimalEvidence } from './mapping/decimal-evidence.js';
export type { Halves } from './mapping/halve-rows.js';
export type { NoRecordReason } from './mapping/no-record.js';
export type { RejectedPledges } from './mapping/rejected-pledges.js';
export type { DamageKind, Repair, RepairExample } from './mapping/repair-log.js';
export type { RepeatEvidence, RepeatedNumbers } from './mapping/repeat-evidence.js';
export type { LeftOutRow, Reject } from './mapping/row-results.js';
export type { RowRun } from './mapping/sibling-rows.js';
export { findPlatform, platforms, saidPlatforms } from './platforms/index.js';
export type { Platform } from './platforms/platform.js';
export type { BackerRecord } from './schemas/backer.js';
export type { InventoryRecord } from './schemas/inventory.js';
export type { MappedRecord } from './schemas/mapped-record.js';
export type { PledgeItemRecord, PledgeRecord, PledgeStatus } from './schemas/pledge.js';
export type { ProductKind, ProductRecord } from './schemas/product.js';
export type { SurveyAnswer, SurveyRecord } from './schemas/survey.js';
export type { Steps } from './steps.js';
export type {
  ColumnAlternative,
  ColumnSuggestion,
  MappingSuggestion,
  SuggestMappingOptions,
} from './suggest/suggest-mapping.js';
export { shownName, shownText, storableText } from './text/shown-text.js';
export type { OpenQuestion, OpenQuestionCode } from './unknown/open-question.js';
export type { UnknownFileReading } from './unknown/read-unknown-file.js';
export type { DateOrder } from './values/date.js';
export type { DecimalMark } from './values/decimal-mark.js';
export type { Email } from './values/email.js';
export type { Money } from './values/money.js';
export type { ValueProblem, ValueResult } from './values/value-result.js';
