import { describe, expect, it } from 'vitest';
import { DELIMITER_SAMPLE_LENGTH, findDelimiter } from './find-delimiter.js';

function rows(count: number, row: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${row(index)}\n`).join('');
}

describe('findDelimiter', () => {
  it.each<[name: string, delimiter: string, text: string]>([
    ['a header alone', ';', 'Name;Mail;Betrag'],
    ['a header and a row', ',', 'a,b\n1,2\n'],
    ['two columns of tabs', '\t', 'a\tb\n1\t2\n'],
    ['bars', '|', 'id|name|total\n1|Ada|5\n2|Grace|6\n'],
    ['decimal commas in many cells', ';', `a;b;c;d\n${rows(50, (i) => `${i},5;2,25;3,1;4,0`)}`],
    ['more decimal commas than semicolons', ';', `Name;Betrag;Steuer\n${rows(9, () => '1,5;2,5;3,5')}`],
    [
      'decimal commas below a title with a comma',
      ';',
      `Bericht, Stand 2024\nNr;Name;Betrag;Ort;Land\n${rows(9, (i) => `${i};A;1,50;B;DE`)}`,
    ],
    [
      'names with commas between semicolons',
      ';',
      `Nr;Name;Betrag\n${rows(9, (i) => `${i};Müller, Hans;${i},50`)}`,
    ],
    ['semicolons in plain text', ',', `id,answers,country\n${rows(20, (i) => `${i},red; blue; green,DE`)}`],
    ['as many semicolons in every row', ',', `email,colours\n${rows(20, (i) => `a${i},r;g;b;y`)}`],
    ['semicolons in quotes', ',', `id,"a;b;c",d\n${rows(20, (i) => `${i},"x;y;z",2`)}`],
    ['bars and tabs in text', ',', `id,options\n${rows(20, (i) => `${i},Size: L | Color: R\tx`)}`],
    [
      'title lines above the header',
      ';',
      `Orders of the shop\nCreated on Monday, 1 May\n\nid;name;total;sku\n${rows(20, (i) => `${i};a;b;c`)}`,
    ],
    ['title lines that a spreadsheet has filled up', ';', `Bestellungen;;;\n;;;\nid;a;b;c\n1;2;3;4\n`],
    ['short rows', ';', `a;b;c;d;e\n${rows(20, (i) => (i % 2 ? '1,5;2' : '1;2;3;4;5'))}`],
    ['a quote that another candidate would leave open', ';', `name;note\n${rows(9, (i) => `${i};x,"y`)}`],
    ['a long quoted text', ',', `id,name,text,total\n1,a,"${'first; then; last\n'.repeat(60)}",5\n2,b,c,6\n`],
    [
      'a quoted text longer than the sample',
      ',',
      `id,name,text,total\n1,a,b,4\n1,a,"${'first; then\n'.repeat(9_000)}",5\n`,
    ],
    ['a quote that is never closed', ',', `id,name,total\n1,a,2\n2,"b,3\n${rows(50, () => '1,a;b,2')}`],
    ['CR line ends', ';', 'a;b\r1;2\r3;4\r'],
    [
      'a header longer than the sample',
      ';',
      Array.from({ length: 9_000 }, (_, i) => (i % 9 ? `column ${i}` : `col, ${i}`)).join(';'),
    ],
  ])('finds the delimiter of a text with %s', (_name, delimiter, text) => {
    expect(findDelimiter({ text, isWhole: text.length < DELIMITER_SAMPLE_LENGTH })).toEqual({
      value: delimiter,
      source: 'content',
    });
  });

  it.each([
    ['nothing', ''],
    ['one column', 'email\na@example.com\nb@example.com\n'],
    ['one column of notes with some semicolons', 'notes\na; b\nc\nd; e; f\ng\nh\n'],
    ['one cell', 'a'],
    ['blank lines', '\n\n\n'],
    ['an open quote and nothing else', '"a;b;c'],
  ])('assumes the comma for a text with %s', (_name, text) => {
    expect(findDelimiter({ text, isWhole: true })).toEqual({ value: ',', source: 'assumed' });
  });

  it('ignores the last row, which the end of the sample may cut off', () => {
    const text = `a;b\n${rows(6_000, () => '12345;6789')}`.slice(0, DELIMITER_SAMPLE_LENGTH);
    expect(findDelimiter({ text, isWhole: false }).value).toBe(';');
    expect(findDelimiter({ text: 'a,b\n1,2\n3;4;5;6;7;8;9;0;1;2;3', isWhole: false }).value).toBe(',');
  });

  it('is decided by a row that is a known header', () => {
    const text = 'a,b\nOrder|Mail\n1,2|3\n1,2|4\n';
    expect(findDelimiter({ text, isWhole: true }).value).toBe(',');
    const isHeader = (cells: readonly string[]) => cells[0] === 'Order';
    expect(findDelimiter({ text, isWhole: true, isHeader }).value).toBe('|');
  });
});
