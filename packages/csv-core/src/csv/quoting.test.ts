import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slices, thrownBy } from '../encoding/encode-text.testing.js';
import { type CsvReaderOptions, createCsvReader } from './read-csv.js';

const encoder = new TextEncoder();

function read(text: string, size = 1_000_000, options: Partial<CsvReaderOptions> = {}) {
  const headers: string[] = [];
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  const reader = createCsvReader({
    ...options,
    onHeader: (names) => {
      headers.push(...names);
    },
    onChunk: (chunk) => {
      rows.push(...chunk.rows);
      lines.push(...chunk.lines);
    },
  });
  for (const piece of slices(encoder.encode(text), size)) reader.push(piece);
  const { quoting, delimiter } = reader.end();
  return { headers, rows, lines, quoting, delimiter };
}

/** Longer than the text by which it is decided how a file is read. */
const many = (row: (index: number) => string) =>
  Array.from({ length: 9_000 }, (_, index) => `${row(index)}\n`).join('');

describe('A file whose lines are each one cell in quotes', () => {
  const wrapped = '"id,name,note"\r\n"1,""Lamp, red"",""a """"big"""" one"""\r\n\r\n"2,b,""x\ny"""\n"3,c,"\n';

  it('is read without the outer quotes, with the lines of the file, and says so', () => {
    expect(read(wrapped)).toEqual({
      headers: ['id', 'name', 'note'],
      rows: [
        ['1', 'Lamp, red', 'a "big" one'],
        ['2', 'b', 'x\ny'],
        ['3', 'c', ''],
      ],
      lines: [2, 4, 6],
      quoting: { isWrapped: true, blankQuotes: null },
      delimiter: { value: ',', source: 'content' },
    });
  });

  it('is read alike at every split', () => {
    const whole = read(wrapped);
    for (let size = 1; size < 40; size += 3) expect(read(wrapped, size)).toEqual(whole);
  });

  it('is read with the delimiter within the lines, also where it is named', () => {
    expect(read('"a;b;c"\n"1;2,5;3"\n').rows).toEqual([['1', '2,5', '3']]);
    expect(read('"a;b;c"\n"1;2,5;3"\n', 99, { delimiter: ';' }).rows).toEqual([['1', '2,5', '3']]);
    expect(read('sep=;\n"a;b;c"\n"1;2,5;3"\n')).toMatchObject({ rows: [['1', '2,5', '3']], lines: [3] });
  });

  it('gives the cells of any table that was written twice', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '1', ',', '"', '\n', ' ') });
    const row = fc.tuple(cell, cell, cell).map(([id, ...others]) => [`x${id}`, ...others]);
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 9 }), (rows) => {
        const lines = [['id', 'name', 'note'], ...rows].map((cells) =>
          cells.map((text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(','),
        );
        const text = lines.map((line) => `"${line.replaceAll('"', '""')}"\n`).join('');
        expect(read(text)).toMatchObject({ rows, quoting: { isWrapped: true } });
      }),
    );
  });

  it.each([
    ['a line with more cells', '"a,b,c"\n"1,2,3"\n"1,2,3,4"\n'],
    ['names with a comma', '"Name"\n"Doe, John"\n"Roe, Jane"\n'],
    ['names with a comma below a header with one', '"Last, First"\n"Doe, John"\n"Roe, Jane"\n'],
    ['no names in its first line', '"1,2,3"\n"4,5,6"\n'],
    ['objects of JSON', '"{""id"":1,""b"":2,""c"":3}"\n"{""id"":2,""b"":2,""c"":3}"\n'],
  ])('stays as it is with %s', (_name, text) => {
    const { headers, quoting } = read(text);
    expect(headers).toHaveLength(1);
    expect(quoting.isWrapped).toBe(false);
  });

  it.each([
    ['is not in quotes', '1,2,3'],
    ['holds two rows', '"1,2,3\n4,5,6"'],
    ['leaves a quote open', '"1,2,""3"'],
  ])('is refused where a later line %s', (_name, last) => {
    const text = `"a,b,c"\n${many((index) => `"${index},x,y"`)}${last}\n`;
    expect(thrownBy(() => read(text))).toMatchObject({ code: 'quoted_twice', line: 9_002 });
  });
});

describe('Quotes after blanks', () => {
  const spaced = 'a, "b", c\n1, "x, y", 2\n3,\t"u""v" , "line\nbreak"\n4, plain, 5\n';

  it('open quoted text where all rows then fit the header, and the report says so', () => {
    expect(read(spaced)).toMatchObject({
      headers: ['a', 'b', ' c'],
      rows: [
        ['1', 'x, y', ' 2'],
        ['3', 'u"v ', 'line\nbreak'],
        ['4', ' plain', ' 5'],
      ],
      lines: [2, 3, 5],
      quoting: { blankQuotes: { areRead: true, count: 4, line: 1, openEndLine: null } },
    });
  });

  it('are read alike at every split', () => {
    const whole = read(spaced);
    for (let size = 1; size < 40; size += 3) expect(read(spaced, size)).toEqual(whole);
  });

  it('show a delimiter that the cells within the quotes would hide', () => {
    const text = `a; "b"; "c"\n${many((index) => `${index}; "x, y, z"; "1,5, 2,5"`)}`;
    expect(read(text).delimiter).toEqual({ value: ';', source: 'content' });
  });

  it.each([
    ['a cell goes on behind its closing quote', 'a,b\n1, "Bob" Smith\n', [['1', ' "Bob" Smith']], 2],
    ['a row would be wider than the header', 'a,b\n1, "x", 3\n', [['1', ' "x"', ' 3']], 2],
    [
      'a quote is never closed',
      'a,b\n1, "x\n2,3\n4,5\n',
      [
        ['1', ' "x'],
        ['2', '3'],
        ['4', '5'],
      ],
      2,
    ],
  ])('are text where %s, and the report says so', (_name, text, rows, line) => {
    expect(read(text)).toMatchObject({
      rows,
      quoting: { blankQuotes: { areRead: false, count: 1, line, openEndLine: null } },
    });
  });

  it('are reported where they come too late to decide', () => {
    const text = `a,b\n${many((index) => `${index},xxxx`)}1, "x, y"\n`;
    expect(read(text).quoting.blankQuotes).toEqual({
      areRead: false,
      count: 1,
      line: 9_002,
      openEndLine: null,
    });
  });

  it('are reported where a later cell goes on behind its closing quote', () => {
    const text = `a,b\n${many((index) => `${index}, "x, y"`)}1, "Bob" Smith\n`;
    expect(read(text).quoting.blankQuotes).toEqual({
      areRead: true,
      count: 9_001,
      line: 2,
      openEndLine: 9_002,
    });
  });

  it('are no such thing within quoted or plain text', () => {
    expect(read('a,b\n"x, ""y""",5 "nails"\n').quoting.blankQuotes).toBeNull();
    expect(read('a\tb\n\t"x"\n').quoting.blankQuotes).toBeNull();
  });
});

describe('A sign between quotes', () => {
  it.each(['#', '^', ' ', ':', '§'])('is the delimiter: %s', (sign) => {
    const rows = [
      ['1', `x ${sign} y`, ''],
      ['2', '"', 'z'],
    ];
    const text = [['a', 'b b', 'c'], ...rows]
      .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(sign))
      .join('\n');
    expect(read(text)).toMatchObject({ rows, delimiter: { value: sign, source: 'content' } });
  });

  it('is text where rows would be wider than the first one', () => {
    expect(read('"a"#"b"\n"1"#"2"#"3"\n').delimiter).toEqual({ value: ',', source: 'assumed' });
  });
});
