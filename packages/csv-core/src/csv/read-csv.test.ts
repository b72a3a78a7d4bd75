import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvFileError } from '../csv-file-error.js';
import { encodeText, FOUND_ENCODINGS, slices, thrownBy } from '../encoding/encode-text.testing.js';
import { formatCsvRow } from './format-csv.js';
import { type CsvReaderOptions, type CsvTotals, createCsvReader } from './read-csv.js';
import type { RowChunk } from './row-chunk.js';

const encoder = new TextEncoder();

interface Read {
  readonly header: readonly [headers: readonly string[], line: number];
  readonly chunks: readonly RowChunk[];
  readonly totals: CsvTotals;
}

function read(pieces: readonly Uint8Array[], options: Partial<CsvReaderOptions> = {}): Read {
  const headers: [readonly string[], number][] = [];
  const chunks: RowChunk[] = [];
  const reader = createCsvReader({
    ...options,
    onHeader: (names, line) => headers.push([names, line]),
    onChunk: (chunk) => chunks.push(chunk),
  });
  for (const piece of pieces) reader.push(piece);
  const totals = reader.end();
  const [header] = headers;
  if (header === undefined || headers.length > 1) throw new Error('onHeader must be called once');
  return { header, chunks, totals };
}

function readText(text: string, options: Partial<CsvReaderOptions> = {}): Read {
  return read([encoder.encode(text)], options);
}

/** Cuts bytes at the given places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.slice(ends[index - 1] ?? 0, end));
}

describe('createCsvReader', () => {
  it('cuts rows into numbered chunks that carry the headers and lines', () => {
    const { header, chunks, totals } = readText('\na,b\n1,2\n\n"3\n",4\n , \n5,6\n', { chunkRows: 2 });
    expect(header).toEqual([['a', 'b'], 2]);
    expect(chunks).toEqual([
      {
        index: 0,
        firstRow: 1,
        lines: [3, 5],
        headers: ['a', 'b'],
        rows: [
          ['1', '2'],
          ['3\n', '4'],
        ],
      },
      { index: 1, firstRow: 3, lines: [8], headers: ['a', 'b'], rows: [['5', '6']] },
    ]);
    expect(totals).toEqual({
      rows: 3,
      chunks: 2,
      doubt: null,
      headerLine: 2,
      slippedRows: null,
      titleLines: [],
      encoding: { name: 'utf-8', source: 'assumed', certain: true },
      delimiter: { value: ',', source: 'content' },
      quoting: { isWrapped: false, blankQuotes: null },
    });
  });

  it('makes no empty chunk when the rows fill the last one', () => {
    expect(readText('a\n1\n2\n', { chunkRows: 2 }).totals).toMatchObject({ rows: 2, chunks: 1 });
  });

  it('closes a chunk early when its cells are long', () => {
    const { chunks } = readText('a\n12345\n12345\n1\n2\n', { chunkRows: 3, maxChunkLength: 10 });
    expect(chunks.map((chunk) => [chunk.firstRow, chunk.rows.length])).toEqual([
      [1, 2],
      [3, 2],
    ]);
  });

  it('keeps headers as written and removes blank cells at the end of header and rows', () => {
    const { header, chunks } = readText(' Name ,,Name,, \nx,,y,,\nx\nx,1,2,3,\nx,,,,z\n');
    expect(header[0]).toEqual([' Name ', '', 'Name']);
    expect(chunks[0]?.rows).toEqual([['x', '', 'y'], ['x'], ['x', '1', '2', '3'], ['x', '', '', '', 'z']]);
  });

  it.each([
    ['empty_file', ''],
    ['empty_file', '\ufeff'],
    ['empty_file', '\r\n\n'],
    ['no_header', ',,\n , \n'],
    ['no_header', '""'],
    ['no_rows', 'a,b'],
    ['no_rows', '\ufeffa,b\r\n,\r\n\r\n'],
    ['unterminated_quote', 'a\n"b'],
    ['not_csv', '%PDF-1.7\n%âãÏÓ'],
    ['not_csv', '<!DOCTYPE html>\n<html>'],
    ['not_csv', '\ufeff\r\n <HTML>'],
    ['not_csv', '<?xml version="1.0"?>'],
    ['not_csv', 'PK\x03\x04\x14\0'],
    ['not_csv', '\0\0\0\0a,b'],
    ['no_rows', 'a\0,\0b\0\n\0'],
    ['not_csv', 'a\0b\0c\0d\0'],
    ['not_csv', '[{"id": 1}]'],
    ['not_csv', '{\n  "orders": []\n}'],
  ])('refuses with %s the file %j', (code, text) => {
    const bytes = encoder.encode(text);
    expect(thrownBy(() => read([bytes]))).toMatchObject({ name: 'CsvFileError', code });
    const byByte = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(thrownBy(() => read(byByte))).toMatchObject({ name: 'CsvFileError', code });
  });

  it('names the line of an invalid byte deep in a file', () => {
    const good = encoder.encode(`a\n"é"\n${'"x\ny"\n'.repeat(1000)}`);
    for (const pieces of [
      [good, Uint8Array.of(0x61, 0xe9, 0x0a)],
      [Uint8Array.of(...good, 0x61, 0xe9, 0x0a)],
    ]) {
      const error = thrownBy(() => read(pieces, { encoding: 'utf-8' }));
      expect(error).toMatchObject({ code: 'invalid_encoding', line: 2003 });
    }
  });

  it.each([
    ['utf-16le', 'content', 'id;name\n1;Zoë\n'],
    ['windows-1252', 'content', 'id;name\n1;Jürgen Groß\n'],
    ['shift_jis', 'content', 'id\t氏名\n1\t佐藤 健太\n'],
  ] as const)('finds that a file is %s, and its delimiter', (name, source, text) => {
    const { totals, chunks } = read([encodeText(text, name)]);
    expect(totals.encoding).toMatchObject({ name, source });
    expect(totals.delimiter).toEqual({ value: text[2], source: 'content' });
    expect(chunks[0]?.rows).toEqual([text.split('\n')[1]?.split(text[2] ?? '')]);
  });

  it('reads with the encoding and the delimiter that the caller names', () => {
    const bytes = encodeText('a;b,c\n1;é,2\n', 'windows-1252');
    const { header, totals, chunks } = read([bytes], { encoding: 'LATIN1', delimiter: ';' });
    expect(header[0]).toEqual(['a', 'b,c']);
    expect(chunks[0]?.rows).toEqual([['1', 'é,2']]);
    expect(totals).toMatchObject({
      encoding: { name: 'windows-1252', source: 'requested', certain: true },
      delimiter: { value: ';', source: 'requested' },
    });
  });

  it.each([
    { encoding: 'utf-7' },
    { delimiter: '' },
    { delimiter: '"' },
    { delimiter: '||' },
    { chunkRows: 0 },
  ])('throws a RangeError for the options %j', (options) => {
    const make = () => createCsvReader({ ...options, onHeader: () => {}, onChunk: () => {} });
    expect(make).toThrow(RangeError);
  });

  it.each(['sep=;', 'SEP=;', '"sep=;"', 'Sep=;  '])('finds the delimiter in the line %j of Excel', (line) => {
    const text = `${line}\r\na,b;c\r\n1,5;2,5\r\n`;
    for (const bytes of [
      encoder.encode(text),
      encoder.encode(`\ufeff${text}`),
      encodeText(text, 'utf-16le'),
    ]) {
      const { header, chunks, totals } = read(slices(bytes, 3));
      expect(header).toEqual([['a,b', 'c'], 2]);
      expect(chunks[0]).toMatchObject({ lines: [3], rows: [['1,5', '2,5']] });
      expect(totals.delimiter).toEqual({ value: ';', source: 'sep-line' });
    }
  });

  it('skips the line of Excel also when the caller names a delimiter, and accepts any character in it', () => {
    expect(readText('sep=;\na,b\n1,2\n', { delimiter: ',' }).header).toEqual([['a', 'b'], 2]);
    expect(readText('sep=^\na^b\n1^2\n').header).toEqual([['a', 'b'], 2]);
    expect(readText('sep=\t\na\tb\n1\t2\n').header).toEqual([['a', 'b'], 2]);
    expect(readText('sep=;;\n1;;\n').header).toEqual([['sep='], 1]);
    expect(thrownBy(() => readText('sep=;'))).toMatchObject({ code: 'empty_file' });
  });

  it('keeps no more of a file than it needs to find encoding, delimiter and header', () => {
    const row = encoder.encode(`${'x'.repeat(99)},1\n`);
    const rows: number[] = [];
    const reader = createCsvReader({
      chunkRows: 1,
      onHeader: () => {},
      onChunk: (chunk) => rows.push(chunk.firstRow),
    });
    for (let count = 0; count < 700; count += 1) reader.push(row);
    expect(rows.length).toBeGreaterThan(600);
  });

  it('stops at the row limit with too_many_rows', () => {
    expect(readText('a\n1\n2\n', { maxRows: 2 }).totals.rows).toBe(2);
    expect(thrownBy(() => readText('a\n1\n2\n3\n', { maxRows: 2 }))).toMatchObject({
      code: 'too_many_rows',
      line: 4,
    });
  });

  it('does not count the blank cells that spreadsheets write at the end of rows', () => {
    const blank = ','.repeat(15_000);
    const { header, chunks } = readText(`a,b${blank}\n1,2${blank}\n${blank}\n"3",4${blank}`);
    expect(header[0]).toEqual(['a', 'b']);
    expect(chunks[0]?.rows).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    for (const text of [`a,b${blank}x\n1,2\n`, `a,b\n"1"${blank}x`, `a,b\n1,2${',x'.repeat(1_999)}\n`]) {
      expect(thrownBy(() => readText(text))).toMatchObject({ code: 'too_many_columns' });
    }
    // But the number of blank cells is bounded too.
    expect(thrownBy(() => readText(`a,b${','.repeat(20_000)}\n1,2\n`))).toMatchObject({
      code: 'too_many_columns',
      message: expect.stringContaining('more than 2000 columns'),
    });
  });

  it('refuses a small UTF-8 file with a row in another encoding, and names byte and line', () => {
    const good = encoder.encode('id,name\n1,Zoë\n2,Jürgen\n3,Ren');
    const error = thrownBy(() => read([Uint8Array.of(...good, 0xe9, 0x0a)]));
    expect(error).toMatchObject({ code: 'invalid_encoding', line: 4 });
    expect(String(error)).toContain(`read as UTF-8, but byte ${good.length}, on line 4`);
  });

  it('reads a single NUL as part of its cell', () => {
    expect(readText('name,b\nx\0y,2\n').chunks[0]?.rows).toEqual([['x\0y', '2']]);
  });

  it('reads the same chunks from a difficult file that is cut at any byte', () => {
    const text =
      '\ufeffNäme,"quoted ""x""",😀\r\n"multi\r\nline",日本,\r\n\r\n"a\rb",5" nail,"c"d\r"é""",,end';
    const bytes = encoder.encode(text);
    const whole = read([bytes], { chunkRows: 2 });
    expect(whole.chunks).toHaveLength(2);
    expect(whole.chunks.flatMap((chunk) => chunk.lines)).toEqual([2, 5, 7]);
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(read([bytes.subarray(0, at), bytes.subarray(at)], { chunkRows: 2 })).toEqual(whole);
    }
    for (const padding of [500, 511, 512, 513]) {
      const padded = encoder.encode(`${'x'.repeat(padding)}\n${text}`);
      const once = read([padded]);
      for (let size = 1; size < 40; size += 1) expect(read(slices(padded, size))).toEqual(once);
    }
  });

  it('reads any table that formatCsvRow wrote, with its lines, from pieces of any size', () => {
    const cell = fc.string({
      unit: fc.constantFrom('"', ',', '\n', '\r', 'a', ' ', 'é', '日', '😀', "'", '='),
      maxLength: 6,
    });
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(table, fc.boolean(), fc.integer({ min: 1, max: 20 }), (rows, bom, size) => {
        let text = 'id,1,2,3,4\r\n';
        const expected: (readonly [number, string[]])[] = [];
        for (const [index, cells] of rows.entries()) {
          const row = [`id${index}`, ...cells, 'end'];
          expected.push([text.split(/\r\n|\r|\n/).length, row]);
          text += formatCsvRow(row);
        }
        const { chunks } = read(slices(encoder.encode((bom ? '\ufeff' : '') + text), size), { chunkRows: 3 });
        expect(chunks.flatMap((chunk) => chunk.rows.map((row, at) => [chunk.lines[at], row]))).toEqual(
          expected,
        );
        expect(chunks.map((chunk) => chunk.firstRow)).toEqual(chunks.map((_, index) => index * 3 + 1));
      }),
      { numRuns: 1000 },
    );
  });

  it('reads the same from any split of any table in any encoding and with any delimiter', () => {
    // For each encoding enough text to distinguish it from the others.
    const scripts: Readonly<Record<(typeof FOUND_ENCODINGS)[number], string>> = {
      'utf-8': 'Zoë 日本 😀',
      'utf-16le': 'Zoë 日本 😀',
      'utf-16be': 'Zoë 日本 😀',
      'windows-1252': 'Jürgen Groß, Zoë',
      shift_jis: '佐藤 健太 サトウ ソ表',
      'euc-jp': '佐藤 健太 サトウ タ',
      gb18030: '张伟 北京市朝阳区',
      big5: '陳家豪 台北市信義區',
      'euc-kr': '김민수 서울특별시',
    };
    const cell = fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'a', ' ', '1'), maxLength: 5 });
    const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(...FOUND_ENCODINGS),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat(), { maxLength: 4 }),
        (rows, encoding, delimiter, lineEnd, places) => {
          const script = scripts[encoding];
          const header = ['id', script, 'b', 'c', 'd', script];
          let text = '';
          const lines: number[] = [];
          const expected = rows.map((cells, index) => [`${index}`, ...cells, script, 'end']);
          for (const cells of [header, ...expected]) {
            lines.push(text.split(/\r\n|\r|\n/).length);
            text += cells.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter) + lineEnd;
          }
          const bytes = encodeText(text, encoding);
          const whole = read([bytes], { chunkRows: 2 });
          expect(whole.header).toEqual([header, 1]);
          expect(whole.chunks.flatMap((chunk) => chunk.rows)).toEqual(expected);
          expect(whole.chunks.flatMap((chunk) => chunk.lines)).toEqual(lines.slice(1));
          expect(whole.totals.encoding.name).toBe(encoding);
          expect(whole.totals.delimiter.value).toBe(delimiter);
          expect(read(cut(bytes, places), { chunkRows: 2 })).toEqual(whole);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('throws nothing but a CsvFileError, whatever the bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc
        .string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '\0'), maxLength: 60 })
        .map((text) => encoder.encode(text)),
    );
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 9 }), (data, size) => {
        const error = thrownBy(() => read(slices(data, size)));
        if (error !== null) expect(error).toBeInstanceOf(CsvFileError);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('createCsvReader, at the end of a part of a file', () => {
  it('reads up to the last complete row, and does not report an open quote', () => {
    const rows: (readonly string[])[] = [];
    const reader = createCsvReader({ onHeader: () => {}, onChunk: (chunk) => rows.push(...chunk.rows) });
    reader.push(new TextEncoder().encode('a;b\n1;2\n3;"4\n'));
    const totals = reader.end({ isCut: true });
    expect(rows).toEqual([['1', '2']]);
    expect(totals).toMatchObject({ rows: 1, delimiter: { value: ';', source: 'content' } });
  });

  it('leaves out a row without a line end, which may have more cells', () => {
    const rows: (readonly string[])[] = [];
    const reader = createCsvReader({ onHeader: () => {}, onChunk: (chunk) => rows.push(...chunk.rows) });
    reader.push(new TextEncoder().encode('a,b\n1,2\n3,4'));
    reader.end({ isCut: true });
    expect(rows).toEqual([['1', '2']]);
  });
});
