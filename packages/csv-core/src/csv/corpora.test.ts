import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { encodeText, slices, thrownBy } from '../encoding/encode-text.testing.js';
import { formatCsvRow } from './format-csv.js';
import { type CsvReaderOptions, createCsvReader } from './read-csv.js';

const { resolve } = createRequire(import.meta.url);
const encoder = new TextEncoder();

interface Table {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
}

function read(pieces: readonly Uint8Array[], options: Partial<CsvReaderOptions> = {}): Table {
  let headers: readonly string[] = [];
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  const reader = createCsvReader({
    ...options,
    onHeader: (names) => {
      headers = names;
    },
    onChunk: (chunk) => {
      rows.push(...chunk.rows);
      lines.push(...chunk.lines);
    },
  });
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return { headers, rows, lines };
}

describe('createCsvReader on the corpus csv-spectrum', () => {
  const folder = dirname(resolve('csv-spectrum'));
  const oracle = z.preprocess(
    (rows) => (Array.isArray(rows) ? rows : [rows]),
    z.array(z.record(z.string(), z.string())),
  );

  function expectedRows(name: string): readonly Readonly<Record<string, string>>[] {
    const rows = oracle.parse(JSON.parse(readFileSync(join(folder, 'json', `${name}.json`), 'utf8')));
    // In this file of the corpus, the CSV and the JSON have different phone numbers.
    return name === 'location_coordinates'
      ? rows.map((row) => ({ ...row, 'Contact Phone Number': '2095257564' }))
      : rows;
  }

  const names = readdirSync(join(folder, 'csvs')).map((file) => file.replace(/\.csv$/, ''));

  it('has all its files', () => {
    expect(names).toHaveLength(12);
  });

  it.each(names)('reads %s like its JSON, at every split', (name) => {
    const bytes = Uint8Array.from(readFileSync(join(folder, 'csvs', `${name}.csv`)));
    const whole = read([bytes]);
    const objects = whole.rows.map((row) =>
      Object.fromEntries(whole.headers.map((header, column) => [header, row[column]])),
    );
    expect(objects).toEqual(expectedRows(name));
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
    }
    expect(read(slices(bytes, 1))).toEqual(whole);
  });
});

describe('createCsvReader on the Big List of Naughty Strings', () => {
  const list = z
    .array(z.string())
    .parse(JSON.parse(readFileSync(resolve('big-list-of-naughty-strings/blns.json'), 'utf8')));

  /** Strings that the list leaves out by its own rules. */
  const more = [
    'a\0b',
    'x'.repeat(255),
    '😀'.repeat(300),
    'محمد عبد الله',
    'יוסף כהן',
    '\u202eexe.vsc\u202c',
    'line\u2028paragraph\u2029next\u0085',
    '\ufeffmark',
    '"',
    '""',
    '",',
    '\r',
    '\n\r\n',
    '=cmd|" /C calc"!A0',
    'sep=;',
    ' ',
    '\u00a0',
    'zero\u200bwidth',
    'é e\u0301',
  ];

  const strings = [...list, ...more];

  /** Writes each string twice, so that one is at the end of its row. */
  function write(cells: readonly string[]): Uint8Array {
    const rows = cells.map((cell, index) => formatCsvRow([`${index}`, cell, 'x', `${cell}.`]));
    return encoder.encode(formatCsvRow(['id', 'first', 'x', 'last']) + rows.join(''));
  }

  function expected(cells: readonly string[]): string[][] {
    return cells.map((cell, index) => [`${index}`, cell, 'x', `${cell}.`]);
  }

  it('has the whole list', () => {
    expect(list.length).toBeGreaterThan(400);
  });

  it('reads all strings unchanged, in pieces of any size', () => {
    const bytes = write(strings);
    for (const size of [bytes.length, 65_536, 4_096, 511, 512, 513, 97, 7, 1]) {
      expect(read(slices(bytes, size)).rows).toEqual(expected(strings));
    }
  });

  it('reads each string unchanged from a file of its own that is cut at every byte', () => {
    for (const cell of strings) {
      const bytes = write([cell]);
      const places = bytes.length < 400 ? bytes.keys() : [1, 50, 100, 511, 512, 513];
      for (const at of places) {
        expect(read([bytes.subarray(0, at), bytes.subarray(at)]).rows).toEqual(expected([cell]));
      }
    }
  });

  it('reads all strings unchanged from UTF-16, except for lone surrogates, which become U+FFFD', () => {
    const halves = ['\ud83d', 'a\udc00b', '\udc00\ud83d'];
    const text =
      'id,text\r\n' +
      [...strings, ...halves].map((cell, index) => formatCsvRow([`${index}`, `${cell}.`])).join('');
    const rows = [...strings, ...halves].map((cell, index) => [`${index}`, `${cell.toWellFormed()}.`]);
    for (const encoding of ['utf-16le', 'utf-16be']) {
      const bytes = encodeText(text, encoding);
      for (const size of [bytes.length, 511, 3]) expect(read(slices(bytes, size)).rows).toEqual(rows);
    }
  });
});

describe('createCsvReader on large files', () => {
  it('reads a cell up to the limit and refuses a longer one', () => {
    const file = (length: number) => encoder.encode(`a,b\n"${'é\n'.repeat(length / 2)}",1\n2,3\n`);
    const table = read(slices(file(1_048_576), 65_536));
    expect(table.rows[0]?.[0]).toHaveLength(1_048_576);
    expect(table.lines).toEqual([2, 2 + 524_288 + 1]);
    expect(thrownBy(() => read(slices(file(1_048_578), 65_536)))).toMatchObject({
      code: 'cell_too_long',
      line: 2,
    });
  });

  it('reads 10,000 columns when the limit allows them, and refuses them otherwise', () => {
    const row = (name: string) => `${Array.from({ length: 10_000 }, (_, at) => `${name}${at}`).join(';')}\n`;
    const bytes = encoder.encode(row('column') + row('x') + row('y'));
    const table = read(slices(bytes, 1_000), { maxColumns: 10_000 });
    expect(table.headers).toHaveLength(10_000);
    expect(table.rows.map((cells) => cells.at(-1))).toEqual(['x9999', 'y9999']);
    expect(thrownBy(() => read([bytes]))).toMatchObject({ code: 'too_many_columns', line: 1 });
  });
});
