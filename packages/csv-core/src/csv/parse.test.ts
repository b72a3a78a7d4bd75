import { parse as oracleParse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvFileError } from '../csv-file-error.js';
import { processorTime } from '../processor-time.testing.js';
import { type CsvParserOptions, createCsvParser } from './parse.js';

type Row = [line: number, ...cells: string[]];

function parsePieces(pieces: readonly string[], options: Partial<CsvParserOptions> = {}): Row[] {
  const rows: Row[] = [];
  const parser = createCsvParser({ ...options, onRow: (cells, line) => rows.push([line, ...cells]) });
  for (const piece of pieces) parser.push(piece);
  parser.end();
  return rows;
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return null;
}

/** Cuts text at the given places, modulo its length. */
function cut(text: string, places: readonly number[]): string[] {
  const ends = [...new Set(places.map((place) => place % (text.length + 1))), text.length].sort(
    (a, b) => a - b,
  );
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

/** Counts line ends as a text editor does. */
function countLineEnds(text: string): number {
  return text.split(/\r\n|\r|\n/).length - 1;
}

describe('createCsvParser', () => {
  it.each<[name: string, text: string, rows: Row[]]>([
    ['nothing', '', []],
    ['one cell', 'a', [[1, 'a']]],
    [
      'plain rows',
      'a,b\nc,d\n',
      [
        [1, 'a', 'b'],
        [2, 'c', 'd'],
      ],
    ],
    [
      'a last row without a line end',
      'a\nb',
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    ['a delimiter at the very end', 'a,', [[1, 'a', '']]],
    ['empty cells', ',,\n', [[1, '', '', '']]],
    ['an empty quoted cell', '""', [[1, '']]],
    [
      'mixed line ends',
      'a\r\nb\rc\nd',
      [
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
        [4, 'd'],
      ],
    ],
    [
      'blank lines, which count as lines',
      '\n\r\na\r\rb\n\n',
      [
        [3, 'a'],
        [5, 'b'],
      ],
    ],
    [
      'LF before CR as two line ends',
      'a\n\rb',
      [
        [1, 'a'],
        [3, 'b'],
      ],
    ],
    [
      'a line of blanks as a row',
      'a\n  \nb',
      [
        [1, 'a'],
        [2, '  '],
        [3, 'b'],
      ],
    ],
    ['quotes', '"a,b","c ""d"""\n', [[1, 'a,b', 'c "d"']]],
    [
      'line ends in quotes',
      '"a\r\nb\rc\nd",e\nf',
      [
        [1, 'a\r\nb\rc\nd', 'e'],
        [5, 'f'],
      ],
    ],
    ['a quote inside an unquoted cell', '5" nail,a""b\n', [[1, '5" nail', 'a""b']]],
    ['text after a closing quote', '"abc"def,"a" "b"\n', [[1, 'abcdef', 'a "b"']]],
    ['a quote in the middle of a quoted cell', '"5" nail","a" b" c"\n', [[1, '5" nail', 'a" b" c']]],
    ['a blank before a quote', ' "a",b', [[1, ' "a"', 'b']]],
    ['nothing but quotes', '""""', [[1, '"']]],
    [
      'ragged rows',
      'a,b\nc\nd,e,f',
      [
        [1, 'a', 'b'],
        [2, 'c'],
        [3, 'd', 'e', 'f'],
      ],
    ],
    ['blanks around cells', ' a , b \n', [[1, ' a ', ' b ']]],
  ])('reads %s', (_name, text, rows) => {
    expect(parsePieces([text])).toEqual(rows);
    expect(parsePieces([...text])).toEqual(rows);
  });

  it('reads other delimiters', () => {
    expect(parsePieces(['a;b\tc,d\n"e;f";g'], { delimiter: ';' })).toEqual([
      [1, 'a', 'b\tc,d'],
      [2, 'e;f', 'g'],
    ]);
    expect(parsePieces(['a;b\tc,d'], { delimiter: '\t' })).toEqual([[1, 'a;b', 'c,d']]);
  });

  it.each(['', ',,', '"', '\n', '\r'])('refuses %j as a delimiter', (delimiter) => {
    expect(() => createCsvParser({ delimiter, onRow: () => {} })).toThrow(RangeError);
  });

  it.each([
    ['a,b\nc,"d\ne\n', 2],
    ['"', 1],
    ['a\r\n\r\n"b""', 3],
    ['"a\nb","c\n', 2],
  ])('names the line where the unterminated quote of %j opened', (text, line) => {
    for (const pieces of [[text], [...text]]) {
      const error = thrownBy(() => parsePieces(pieces));
      expect(error).toBeInstanceOf(CsvFileError);
      expect(error).toMatchObject({ code: 'unterminated_quote', line });
      expect(String(error)).toContain(`line ${line} `);
    }
  });

  it.each<[code: string, line: number, text: string]>([
    ['too_many_columns', 2, 'a\na,b,c,d'],
    ['too_many_columns', 2, 'a\na,b,c,d\n'],
    ['too_many_columns', 1, '"a",b,c,d'],
    ['cell_too_long', 2, 'a\n12345678901'],
    ['cell_too_long', 2, 'a\n12345678901\n'],
    ['cell_too_long', 2, 'a\n"1234567\n8901"\n'],
    ['cell_too_long', 1, '"never closed\n'],
    ['cell_too_long', 1, `${'"'.repeat(24)}`],
    ['row_too_long', 2, 'a\n123456789,123456789,123456789\n'],
    ['row_too_long', 2, 'a\n123456789,"23456789",123456789'],
  ])('stops with %s on line %i of %j', (code, line, text) => {
    const limits = { maxColumns: 3, maxCellLength: 10, maxRowLength: 25 };
    for (const pieces of [[text], [...text]]) {
      expect(thrownBy(() => parsePieces(pieces, limits))).toMatchObject({ name: 'CsvFileError', code, line });
    }
  });

  it('reads rows up to the limits', () => {
    const limits = { maxColumns: 3, maxCellLength: 10, maxRowLength: 21 };
    for (const text of ['1234567890,,1234567890\n'.slice(1), '"123456789",12345678,\n\n\n']) {
      expect(parsePieces([text], limits)).toEqual(parsePieces([...text], limits));
    }
  });

  it('reads the same rows from any split of any text', () => {
    const nasty = fc.string({
      unit: fc.constantFrom('"', ',', '\n', '\r', 'a', ' ', 'é', '😀', '\0'),
      maxLength: 40,
    });
    fc.assert(
      fc.property(nasty, fc.array(fc.nat(40)), (text, places) => {
        const whole = thrownBy(() => parsePieces([text])) ?? parsePieces([text]);
        const pieces = cut(text, places);
        expect(thrownBy(() => parsePieces(pieces)) ?? parsePieces(pieces)).toEqual(whole);
        if (whole instanceof Error) expect(whole).toBeInstanceOf(CsvFileError);
      }),
      { numRuns: 3000 },
    );
  });

  it('agrees with csv-parse on well-formed text', () => {
    const cell = fc.string({
      unit: fc.constantFrom('"', ',', '\n', '\r', 'a', 'b', ' ', 'é', '😀'),
      maxLength: 8,
    });
    const row = fc.array(fc.tuple(cell, fc.boolean()), { minLength: 1, maxLength: 5 });
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), lineEnd, fc.array(fc.nat()), (rows, end, places) => {
        const text = rows
          .map((cells) => cells.map(([value, quoted]) => write(value, quoted)).join(',') + end)
          .join('');
        const expected = oracleParse(text, {
          relax_column_count: true,
          record_delimiter: ['\r\n', '\n', '\r'],
          skip_empty_lines: true,
        });
        expect(parsePieces(cut(text, places)).map(([, ...cells]) => cells)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads every table with the lines on which its rows start', () => {
    const cell = fc.string({
      unit: fc.constantFrom('"', ',', '\n', '\r', '\r\n', 'x', '日', '😀'),
      maxLength: 6,
    });
    const line = fc.record({
      cells: fc.array(fc.tuple(cell, fc.boolean()), { minLength: 1, maxLength: 4 }),
      end: fc.constantFrom('\n', '\r\n', '\r'),
      blanks: fc.nat(2),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.array(fc.nat()), (lines, places) => {
        let text = '';
        const expected: Row[] = [];
        for (const { cells, end, blanks } of lines) {
          const written = cells.map(([value, quoted]) => write(value, quoted || cells.length === 1));
          // A CR and the LF of the next line end would be one line end.
          if (text.endsWith('\r') && written[0] === '' && end === '\n') continue;
          expected.push([countLineEnds(text) + 1, ...cells.map(([value]) => value)]);
          text += written.join(',') + end + end.repeat(end === '\n' && text.endsWith('\r') ? 0 : blanks);
        }
        expect(parsePieces(cut(text, places))).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes time in proportion to the text, even one character at a time', () => {
    const time = (length: number) =>
      processorTime(() => {
        const text = `"${'a""\n'.repeat(length / 4)}"\n`;
        parsePieces([...text]);
        parsePieces(['x'.repeat(length).split('').join(','), '\n'], { maxColumns: Infinity });
        parsePieces([...'x'.repeat(length)]);
      });
    time(20_000);
    const small = Math.min(time(50_000), time(50_000), time(50_000));
    // Four times the text: 4 if linear, 16 if quadratic.
    expect(time(200_000) / small).toBeLessThan(12);
  });
});

function write(value: string, quoted: boolean): string {
  return quoted || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
