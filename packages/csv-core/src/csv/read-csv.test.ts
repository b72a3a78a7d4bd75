import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CsvTotals, RowChunk } from './chunk-rows.js';
import { CsvFileError } from './csv-file-error.js';
import { formatCsvRow } from './format-csv.js';
import { type CsvReaderOptions, createCsvReader } from './read-csv.js';

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

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return null;
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
    expect(totals).toEqual({ rows: 3, chunks: 2 });
  });

  it('leaves no empty chunk when the rows fill the last one', () => {
    expect(readText('a\n1\n2\n', { chunkRows: 2 }).totals).toEqual({ rows: 2, chunks: 1 });
  });

  it('closes a chunk early when its cells are long', () => {
    const { chunks } = readText('a\n12345\n12345\n1\n2\n', { chunkRows: 3, maxChunkLength: 10 });
    expect(chunks.map((chunk) => [chunk.firstRow, chunk.rows.length])).toEqual([
      [1, 2],
      [3, 2],
    ]);
  });

  it('keeps headers as written and drops blank cells at the end of header and rows', () => {
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
    ['invalid_encoding', 'a\0,\0b\0\n\0'],
  ])('refuses with %s the file %j', (code, text) => {
    const bytes = encoder.encode(text);
    expect(errorOf(() => read([bytes]))).toMatchObject({ name: 'CsvFileError', code });
    const byByte = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(errorOf(() => read(byByte))).toMatchObject({ name: 'CsvFileError', code });
  });

  it.each<[what: string, code: string, bytes: number[]]>([
    ['PNG image', 'not_csv', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
    ['JPEG image', 'not_csv', [0xff, 0xd8, 0xff, 0xe0, 0x00]],
    ['gzip', 'not_csv', [0x1f, 0x8b, 0x08]],
    ['old Excel', 'not_csv', [0xd0, 0xcf, 0x11, 0xe0]],
    ['UTF-16', 'invalid_encoding', [0xff, 0xfe, 0x61, 0x00]],
    ['UTF-16', 'invalid_encoding', [0xfe, 0xff, 0x00, 0x61]],
    ['UTF-8', 'invalid_encoding', [0x61, 0x0a, 0x62, 0xe9]],
  ])('says %s to the one who sends it', (what, code, bytes) => {
    const error = errorOf(() => read([Uint8Array.from(bytes)]));
    expect(error).toMatchObject({ code });
    expect(String(error)).toContain(what);
  });

  it('names the line of bad encoding deep in a file', () => {
    const good = encoder.encode(`a\n${'"x\ny"\n'.repeat(1000)}`);
    for (const pieces of [
      [good, Uint8Array.of(0x61, 0xe9, 0x0a)],
      [Uint8Array.of(...good, 0x61, 0xe9, 0x0a)],
    ]) {
      expect(errorOf(() => read(pieces))).toMatchObject({ code: 'invalid_encoding', line: 2002 });
    }
  });

  it('stops at the row limit and says so', () => {
    expect(readText('a\n1\n2\n', { maxRows: 2 }).totals.rows).toBe(2);
    expect(errorOf(() => readText('a\n1\n2\n3\n', { maxRows: 2 }))).toMatchObject({
      code: 'too_many_rows',
      line: 4,
    });
  });

  it('leaves a stray NUL to the row that holds it', () => {
    expect(readText('name,b\nx\0y,2\n').chunks[0]?.rows).toEqual([['x\0y', '2']]);
  });

  it('reads the same chunks from a nasty file cut at any byte', () => {
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

  it('gives back any table that formatCsvRow wrote, with its lines, from any pieces', () => {
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

  it('throws nothing but a CsvFileError, whatever the bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc
        .string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '\0'), maxLength: 60 })
        .map((text) => encoder.encode(text)),
    );
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 9 }), (data, size) => {
        const error = errorOf(() => read(slices(data, size)));
        if (error !== null) expect(error).toBeInstanceOf(CsvFileError);
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses a chunk size of no rows', () => {
    expect(() => createCsvReader({ chunkRows: 0, onHeader: () => {}, onChunk: () => {} })).toThrow(
      RangeError,
    );
  });
});

function slices(bytes: Uint8Array, size: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return pieces;
}
