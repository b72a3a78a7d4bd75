import { createCsvReader } from '../csv/read-csv.js';

/** A small file that was read into memory. */
export interface CsvTable {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
}

/** Reads a whole file. The delimiter is a semicolon if the header row has more semicolons than commas. */
export function readCsvFile(bytes: Uint8Array): CsvTable {
  const [head = ''] = new TextDecoder().decode(bytes).split(/[\r\n]/, 1);
  const delimiter = head.split(';').length > head.split(',').length ? ';' : ',';
  const table = {
    headers: [] as readonly string[],
    rows: [] as (readonly string[])[],
    lines: [] as number[],
  };
  const reader = createCsvReader({
    delimiter,
    onHeader: (headers) => {
      table.headers = headers;
    },
    onChunk: (chunk) => {
      table.rows.push(...chunk.rows);
      table.lines.push(...chunk.lines);
    },
  });
  reader.push(bytes);
  reader.end();
  return table;
}
