import { createCsvReader, removeFormulaGuard } from '@pledgeline/csv-core';
import type { Cells } from './protocol.js';

/** What `rejected.csv` has: the rows as their file had them, and what the import has noted of each. */
export interface RejectedRows {
  readonly headers: readonly string[];
  readonly rows: readonly Cells[];
  /** Of each row the line on which it was in its file, from 1. */
  readonly lines: readonly number[];
  /** Of each row why it was rejected, in words, each reason with its code in brackets. */
  readonly notes: readonly string[];
}

export interface RejectsReader {
  /** Takes a piece of any size. */
  push(bytes: Uint8Array): void;
  /** @throws CsvFileError when it is no table */
  end(): RejectedRows;
}

/** `_line`, `_reasons` and the column that names the upload, which the API writes before those of the file. */
const OWN_COLUMNS = 3;

/** Reads `rejected.csv` while it arrives. */
export function openRejects(): RejectsReader {
  let headers: readonly string[] = [];
  const rows: Cells[] = [];
  const lines: number[] = [];
  const notes: string[] = [];
  const reader = createCsvReader({
    encoding: 'utf-8',
    delimiter: ',',
    headerLine: 1,
    onHeader: (header) => {
      headers = header.slice(OWN_COLUMNS).map(removeFormulaGuard);
    },
    onChunk: (chunk) => {
      for (const [line = '', note = '', , ...cells] of chunk.rows) {
        rows.push(cells.map(removeFormulaGuard));
        lines.push(Number(line));
        notes.push(note);
      }
    },
  });
  return {
    push: reader.push,
    end() {
      reader.end();
      return { headers, rows, lines, notes };
    },
  };
}
