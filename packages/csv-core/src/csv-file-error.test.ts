import { describe, expect, it } from 'vitest';
import { createCsvReader } from './csv/read-csv.js';
import { CsvFileError, type CsvFileErrorCode } from './csv-file-error.js';
import { encodeText, thrownBy } from './encoding/encode-text.testing.js';

interface Refusal {
  readonly file: string | Uint8Array;
  readonly line: number | null;
  readonly message: string;
}

const LIMITS = { maxColumns: 3, maxCellLength: 12, maxRowLength: 20, maxHeaderLength: 10, maxOrderRows: 2 };

/**
 * For each code a file that is refused with it, and the exact message. The compiler asks for an entry for a new code.
 */
const REFUSALS: Readonly<Record<CsvFileErrorCode, Refusal>> = {
  empty_file: {
    file: '',
    line: null,
    message: 'The file is empty. Export it again and send the new file.',
  },
  no_header: {
    file: ',,\n',
    line: null,
    message:
      'The file has no header: all its cells are blank. Send the export with its first row, the column names.',
  },
  no_rows: {
    file: 'a,b\n',
    line: null,
    message:
      'The file has a header but no rows below it. Check that the export was not filtered, and export it again.',
  },
  not_csv: {
    file: '%PDF-1.7',
    line: null,
    message: 'The file looks like a PDF document, not like CSV. Export the table as CSV instead.',
  },
  invalid_encoding: {
    file: Uint8Array.of(
      ...encodeText('a,b\n1,山田太郎\n2,佐藤健太\n3,鈴木一郎\n4,高橋美咲\n5,田中直樹\n', 'shift_jis'),
      0xa0,
      0x0a,
    ),
    line: 7,
    message:
      'The file was read as Shift_JIS, but byte 59, on line 7, does not fit. Save it as "CSV UTF-8" and send it again, or name its encoding (?encoding=).',
  },
  unterminated_quote: {
    file: 'a,b\n1,"x\ny\n',
    line: 2,
    message:
      'The quotation mark opened on line 2 is never closed. Close or remove it and send the file again.',
  },
  too_many_columns: {
    file: 'a,b\n1,2,3,4\n',
    line: 2,
    message:
      'The row on line 2 has more than 3 columns. Remove columns that are not needed, or check that the file is a table.',
  },
  cell_too_long: {
    file: 'a,b\n1,1234567890123\n',
    line: 2,
    message: 'A cell on line 2 is longer than 12 characters. Shorten it, or check that the file is a table.',
  },
  row_too_long: {
    file: 'a,b\n1234567890,1234567890\n',
    line: 2,
    message: 'The row on line 2 is longer than 20 characters. Shorten it, or check that the file is a table.',
  },
  header_too_long: {
    file: 'abcdef,ghijk\n1,2\n',
    line: 1,
    message:
      'The header on line 1 is longer than 10 characters: it has 2 columns, and the longest name has 6 characters. Shorten the names or remove columns that are not needed.',
  },
  too_many_rows: {
    file: 'a,b\n1,2\n3,4\n5,6\n',
    line: 4,
    message: 'The file has more than 2 rows. Split it into several files, each with the header row.',
  },
  order_too_long: {
    file: 'a,b\n1,2\n1,3\n1,4\n',
    line: 2,
    message:
      'The rows of one order are read together, and the order that starts on line 2 has more than 2 of them, or too much text. Check that every row names its order, or split the order into several.',
  },
  quoted_twice: {
    // Longer than the text by which it is decided how a file is read.
    file: `"a,b,c"\n${Array.from({ length: 9_000 }, (_, index) => `"${index},x,y"\n`).join('')}1,2,3\n`,
    line: 9_002,
    message:
      'Each line of the file is one cell in quotes, which holds all cells of a row: a program has quoted the file twice. But line 9002 is written in another way. Take off the outer quotes, or export it again.',
  },
  second_header: {
    file: 'a,b\n1,2\nb,a\n2,3\n',
    line: 3,
    message:
      'Line 3 is a second header, and its columns are not those of the header on line 1. The rows below it would be read by the wrong columns. Send the two tables as two files.',
  },
};

function readFile(file: string | Uint8Array, options: { readonly maxRows?: number }): void {
  const reader = createCsvReader({
    ...LIMITS,
    ...options,
    onHeader: () => ({ orderColumn: 0, blankContinues: false }),
    onChunk: () => {},
  });
  reader.push(typeof file === 'string' ? new TextEncoder().encode(file) : file);
  reader.end();
}

describe('CsvFileError', () => {
  it.each(Object.entries(REFUSALS))(
    'with the code %s has the line and a message with what to do',
    (code, refusal) => {
      const options = code === 'too_many_rows' ? { maxRows: 2 } : {};
      const error = thrownBy(() => readFile(refusal.file, options));
      expect(error).toBeInstanceOf(CsvFileError);
      expect(error).toMatchObject({ code, line: refusal.line, message: refusal.message });
    },
  );

  it.each([
    [
      'a long cell in quotes',
      'a,b\n1,"2345678901234',
      'cell_too_long',
      'The cell that opens with a quotation mark on line 2 is longer than 12 characters. Probably the mark is never closed: close or remove it.',
    ],
    [
      'a file cut off within a character',
      encodeText('a,b\n1,é\n', 'utf-16le').subarray(0, 15),
      'invalid_encoding',
      'The file was read as UTF-16LE and ends within a character, at byte 14 on line 2: it may be cut off. Export it again, or name its encoding (?encoding=).',
    ],
    [
      'binary data',
      Uint8Array.of(0, 1, 2, 3, 0, 0, 0, 0),
      'not_csv',
      'The file is binary data, not CSV. Export the table as CSV and send that file.',
    ],
    [
      'UTF-32',
      Uint8Array.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0),
      'invalid_encoding',
      'The file is UTF-32 text. Save it as "CSV UTF-8" and send it again.',
    ],
  ])('has a message of its own for %s', (_name, file, code, message) => {
    expect(thrownBy(() => readFile(file, {}))).toMatchObject({ code, message });
  });
});
