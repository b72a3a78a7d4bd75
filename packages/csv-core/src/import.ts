/** A whole file to chunks of rows and a report; and what the columns of a file of no known platform mean. */
export { headerFingerprint } from './import/header-fingerprint.js';
export { isKnownTable } from './import/recognize-columns.js';
export { NoTableError } from './import/require-table.js';
export { suggestForSample } from './import/suggest-for-sample.js';
export { openSheetImport, openTextImport } from './import/table-import.js';
export { prepareNames } from './suggest/name-index.js';
export { suggestMapping } from './suggest/suggest-mapping.js';
export { overlookedColumns, untaughtWords } from './unknown/complete-mapping.js';
export { peopleColumns } from './unknown/people-columns.js';
export { readUnknownFile } from './unknown/read-unknown-file.js';
export { acceptedColumns } from './unknown/unknown-reader.js';
