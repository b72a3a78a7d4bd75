import { describe, expect, it } from 'vitest';
import { createCsvReader } from '../csv/read-csv.js';
import { encodeText, slices, thrownBy } from './encode-text.testing.js';

const NAMES = ['José García', 'Zoë Brontë', 'François Lefèvre', 'Jürgen Größe', 'Søren Ångström'];
const RUSSIAN = ['Иван Петров', 'Мария Иванова', 'Ольга Кузнецова', 'Юлия Щербакова'];

function rows(names: readonly string[], count: number, first = 1): string {
  return Array.from(
    { length: count },
    (_, index) => `${first + index},${names[index % names.length]},buyer${first + index}@example.com\r\n`,
  ).join('');
}

/** The parts one after the other, each in its encoding. */
function glue(...parts: readonly (readonly [text: string, encoding: string])[]): Uint8Array {
  return Buffer.concat(parts.map(([text, encoding]) => encodeText(text, encoding)));
}

function refusalOf(bytes: Uint8Array): unknown {
  const errors = [bytes.length, 5_000].map((size) =>
    thrownBy(() => {
      const reader = createCsvReader({ onHeader() {}, onChunk() {} });
      for (const piece of slices(bytes, size)) reader.push(piece);
      reader.end();
    }),
  );
  expect(errors[1]).toEqual(errors[0]);
  return errors[0];
}

const HEADER = 'id,name,email\r\n';

describe('a file glued from two encodings', () => {
  it.each([
    ['utf-8', 'windows-1252', 'UTF-8', 'Windows-1252'],
    ['windows-1252', 'utf-8', 'Windows-1252', 'UTF-8'],
    ['utf-8', 'macintosh', 'UTF-8', 'Macintosh'],
    ['macintosh', 'utf-8', 'Macintosh', 'UTF-8'],
  ])('is refused at the line where %s becomes %s', (first, second, before, after) => {
    for (const count of [2, 10, 400]) {
      const error = refusalOf(
        glue([HEADER + rows(NAMES, count), first], [rows(NAMES, count, 1_000), second]),
      );
      expect(error).toMatchObject({ code: 'invalid_encoding', line: count + 2 });
      expect(String(error)).toContain(`from line ${count + 2} on it is ${after}, and before it ${before}`);
    }
  });

  it('is refused where UTF-8 begins far behind the sample that the encoding was found by', () => {
    const before = HEADER + rows(NAMES, 30_000);
    const error = refusalOf(glue([before, 'windows-1252'], [rows(NAMES, 5), 'utf-8']));
    expect(error).toMatchObject({ code: 'invalid_encoding', line: 30_002 });
    expect(String(error)).toContain('from line 30002 on it is UTF-8, and before it Windows-1252');
  });

  it('is refused where UTF-8 ends far behind the sample', () => {
    const before = HEADER + rows(NAMES, 30_000);
    const error = refusalOf(glue([before, 'utf-8'], [rows(NAMES, 5), 'windows-1252']));
    expect(error).toMatchObject({ code: 'invalid_encoding', line: 30_002 });
  });

  it('is refused where rows of the two take turns', () => {
    const turns = Array.from({ length: 8 }, (_, index): [string, string] => [
      rows(NAMES, 1, index),
      index % 2 === 0 ? 'windows-1252' : 'utf-8',
    ]);
    expect(refusalOf(glue([HEADER, 'utf-8'], ...turns))).toMatchObject({ code: 'invalid_encoding', line: 3 });
  });

  it('is refused where neither of the two is UTF-8', () => {
    const error = refusalOf(glue([HEADER + rows(NAMES, 9), 'windows-1252'], [rows(RUSSIAN, 9), 'koi8-r']));
    expect(error).toMatchObject({ code: 'invalid_encoding', line: 11 });
  });

  it.each([
    ['windows-1250', 'iso-8859-2', ['Wiśniewska', 'Wójcik', 'Świętokrzyska', 'Gąsior', 'Woźniak', 'Bąk'], 6],
    ['macintosh', 'windows-1252', NAMES, 5],
    ['shift_jis', 'euc-jp', ['佐藤 健太', '高橋美咲', '渡辺 直樹'], 3],
  ])('is refused where a few rows in %s are followed by others in %s', (first, second, names, count) => {
    const others = names.map((name) => Array.from(name.split(' ')).reverse().join(' '));
    const error = refusalOf(glue([HEADER + rows(names, count), first], [rows(others, count, 100), second]));
    expect(error).toMatchObject({ code: 'invalid_encoding', line: count + 2 });
  });

  it('is refused at the right line where words before it are UTF-8 by chance', () => {
    const chance = ['佐藤 姫', '高橋 菱', '山田 福', '中村 八'];
    const error = refusalOf(
      glue([HEADER + rows(chance, 10), 'euc-jp'], [rows(['小林さくら', '中村 由美子'], 4, 100), 'utf-8']),
    );
    expect(error).toMatchObject({ code: 'invalid_encoding', line: 12 });
  });

  it('counts lines within quotes, and line ends of any kind', () => {
    const note = '0,"two\nlines\rand three",x@example.com\n';
    const error = refusalOf(
      glue([`id,name,email\r${note}1,Zoë Brontë,x\n`, 'utf-8'], ['2,Noël,x\n3,Chloé,y\n', 'windows-1252']),
    );
    expect(error).toMatchObject({ line: 6 });
  });

  it('is none where names of many languages are in one encoding', () => {
    const text = HEADER + rows([...NAMES, 'O’Brien', 'Þór Guðmundsson', 'João Conceição', 'Nuñez €5'], 50);
    expect(refusalOf(encodeText(text, 'windows-1252'))).toBeNull();
    expect(refusalOf(encodeText(HEADER + rows([...RUSSIAN, 'Ada Smith'], 50), 'windows-1251'))).toBeNull();
  });

  it('is none where one cell was damaged before', () => {
    const text = `${HEADER}${rows(NAMES, 20)}99,JosÃ©,x@example.com\r\n`;
    expect(refusalOf(encodeText(text, 'windows-1252'))).toBeNull();
  });
});
