import { describe, expect, it } from 'vitest';
import { encodeText } from '../encoding/encode-text.testing.js';
import { importText, pledgesOf } from './import-text.testing.js';

const lines = (...rows: readonly string[]) => `${rows.join('\n')}\n`;

/** Kinds of files whose cells were read wrong. The number is that of the kind in our list of faults. */
describe('The cells of a file', () => {
  it('15 have a decimal comma before three digits where the file or the currency proves it', () => {
    const euro = importText(
      lines(
        'Order ID;Email;Total;Currency;Status',
        'T-1;ada@example.com;2,375;EUR;paid',
        'T-2;bo@example.com;48,50;EUR;paid',
      ),
    );
    expect(pledgesOf(euro).map((pledge) => pledge?.[2])).toEqual(['2.375', '48.50']);
    expect(euro.issues).toMatchObject([
      { code: 'ambiguous_number', row: 1, column: 'Total', value: '2,375' },
    ]);
    const dinar = importText(
      lines('Order ID;Email;Total;Currency;Status', 'T-1;ada@example.com;45,500;TND;paid'),
    );
    expect(pledgesOf(dinar).map((pledge) => pledge?.[2])).toEqual(['45.500']);
  });

  it('16 are never errors of a spreadsheet nor words for nothing', () => {
    const imported = importText(
      lines(
        'Order ID,Email,Name,Status,Total,City,Zip,SKU,Qty',
        'T-1,ada@example.com,#NAME?,paid,12.00,#REF!,nan,TEA,1',
        'T-2,bo@example.com,Bo,paid,12.00,NULL,01970,TEA,1',
        'T-3,cy@example.com,Cy,paid,12.00,Salem,01970,#N/A,1',
      ),
    );
    expect(imported.records.map(({ backer, pledge }) => [backer.name, pledge?.shippingCity])).toEqual([
      [null, null],
      ['Bo', null],
    ]);
    expect(imported.issues.map(({ row, column, code, severity }) => [row, column, code, severity])).toEqual([
      [1, 'Name', 'spreadsheet_error', 'warning'],
      [1, 'City', 'spreadsheet_error', 'warning'],
      [1, 'Zip', 'null_word', 'warning'],
      [2, 'City', 'null_word', 'warning'],
      [3, 'SKU', 'spreadsheet_error', 'error'],
    ]);
  });

  it('17 that were decoded twice are repaired, and it is said', () => {
    const imported = importText(
      lines(
        'Order ID,Email,Name,City,Total,Status',
        'T-1,ada@example.com,RenÃ©e Muster,LiÃ¨ge,12.00,paid',
        'T-2,bo@example.com,JÃ¶rg Muster,NÃ®mes,12.00,paid',
      ),
    );
    expect(imported.records.map(({ backer, pledge }) => [backer.name, pledge?.shippingCity])).toEqual([
      ['Renée Muster', 'Liège'],
      ['Jörg Muster', 'Nîmes'],
    ]);
    expect(imported.codes).toEqual(['Name: repaired_value', 'City: repaired_value']);
  });

  it('19 in the code page of MS-DOS are read right', () => {
    const text = lines(
      'Order ID,Email,Name,City,Total,Status',
      'T-1,ada@example.com,Zoë Köhler,München,12.00,paid',
      'T-2,bo@example.com,Jürgen Groß,Düren,12.00,paid',
      'T-3,cy@example.com,Käthe Böhm,Lübeck,12.00,paid',
    );
    const imported = importText(encodeText(text, 'cp850'));
    expect(imported.records.map(({ backer }) => backer.name)).toEqual([
      'Zoë Köhler',
      'Jürgen Groß',
      'Käthe Böhm',
    ]);
  });

  it('20 lose the apostrophe against formulas', () => {
    const imported = importText(
      lines(
        'Order ID,Email,Status,Total,Phone,Notes,City',
        "T-1,ada@example.com,paid,12.00,'+32470000001,'-ring twice,'=Salem",
        'T-2,bo@example.com,paid,12.00,"=""+32470000002""",hello,Salem',
      ),
    );
    expect(imported.records[0]?.pledge).toMatchObject({
      shippingPhone: '+32470000001',
      notes: '-ring twice',
      shippingCity: '=Salem',
    });
    expect(imported.records[1]?.pledge?.shippingPhone).toBe('+32470000002');
  });

  it('22 that were escaped for a web page name the same product as the others', () => {
    const imported = importText(
      lines(
        'Order ID,Email,Name,Status,Total,Product Name,Qty',
        'T-1,ada@example.com,Ada &amp; Cy,paid,12.00,Milk &amp; Honey &#8211; Tea,1',
        'T-2,bo@example.com,Bo,paid,12.00,Milk & Honey – Tea,1',
      ),
    );
    expect(imported.records.map(({ products }) => products[0]?.key)).toEqual([
      'Milk & Honey – Tea',
      'Milk & Honey – Tea',
    ]);
    expect(imported.records[0]?.backer.name).toBe('Ada & Cy');
  });

  it('23 get back the zeros of a zip, only where they are missing', () => {
    const imported = importText(
      lines(
        'Order ID,Email,Total,Status,City,State,Zip,Country',
        'T-1,ada@example.com,12.00,paid,Salem,MA,1970,US',
        'T-2,bo@example.com,12.00,paid,Trenton,NJ,8608,USA',
        'T-3,cy@example.com,12.00,paid,Perth,WA,6000,AU',
      ),
    );
    expect(imported.records.map(({ pledge }) => pledge?.shippingPostalCode)).toEqual([
      '01970',
      '08608',
      '6000',
    ]);
    expect(imported.codes).toEqual(['Zip: repaired_value']);
  });

  it('37 that say nothing in an optional column reject no row', () => {
    const imported = importText(
      lines(
        'Order ID,Email,Total,Shipping,Currency,Order Date,Status,SKU,Qty',
        'T-1,ada@example.com,12.00,n/a,EUR,2024-05-22,paid,TEA,1',
        'T-2,bo@example.com,24.00,--,EUR,0000-00-00,paid,TEA,1',
        'T-3,N/A,36.00,0.00,EUR,NULL,paid,TEA,1',
      ),
    );
    expect(pledgesOf(imported).map((pledge) => pledge?.[2])).toEqual(['12.00', '24.00', '36.00']);
    expect(imported.codes).toEqual([
      'Shipping: null_word',
      'Order Date: null_word',
      'Email: null_word',
      'Email: missing_email',
    ]);
  });

  it('46 hold dates as other programs write them, and a number that is no date is refused', () => {
    const dates = [
      '02-Mai-24',
      'May-02-24',
      '2 mai 2024',
      '2024. 5. 2. 오전 9:15',
      '2024-05-02 09:15:00 PDT',
      '1714641300',
    ];
    const imported = importText(
      lines(
        'Order ID,Email,Total,Status,Order Date',
        ...[...dates, '45414.5'].map((date, at) => `T-${at},ada@example.com,12.00,paid,${date}`),
      ),
    );
    expect(imported.records.map(({ pledge }) => pledge?.pledgedAt?.slice(0, 10))).toEqual(
      dates.map(() => '2024-05-02'),
    );
    expect(imported.issues).toMatchObject([{ code: 'invalid_date', row: 7, value: '45414.5' }]);
  });

  it('47 hold addresses with debris, which comes off', () => {
    const imported = importText(
      lines(
        'Order ID,Email,Total,Status',
        'T-1,ada@example.com;,12.00,paid',
        'T-2,”bo@example.com”,12.00,paid',
        'T-3,"cy@example.com, di@example.com",12.00,paid',
        'T-4,ed at example.com,12.00,paid',
      ),
    );
    expect(imported.records.map(({ backer }) => backer.email)).toEqual([
      'ada@example.com',
      'bo@example.com',
      'cy@example.com',
    ]);
    expect(imported.issues).toMatchObject([
      { row: 1, code: 'repaired_value' },
      { row: 2, code: 'repaired_value' },
      { row: 3, code: 'several_emails' },
      { row: 4, code: 'invalid_email', severity: 'error', value: 'ed at example.com' },
    ]);
  });

  it('51 that are links with a token or addresses of the internet are never stored', () => {
    const tokens = ['pXq93kLmZ1abT7', 'Zb81nVwQe2cdR4', 'Km55tYhJs9efW2'];
    const imported = importText(
      lines(
        'Order Reference,Ticket,Ticket Email,Price,Unique Ticket URL,Signup place,Size',
        ...tokens.map(
          (token, at) =>
            `TEA${at},Tasting,ada@example.com,30.0,https://tickets.example.com/t/ti_${token},198.51.100.${at},M`,
        ),
      ),
    );
    const stored = JSON.stringify(imported.rows);
    for (const token of tokens) expect(stored).not.toContain(token);
    expect(stored).not.toContain('198.51.100');
    expect(stored).toContain('ada@example.com');
  });
});

describe('60 The letters of a file', () => {
  const file = (name: string) =>
    lines('Order ID,Email,Name,Total', ...[1, 2, 3, 4].map((at) => `T-${at},ada@example.com,${name},12.00`));

  it.each([
    ['an apostrophe of Windows-1252', 'windows-1252', 'Ada O’Malley'],
    ['a trademark of Windows-1252', 'windows-1252', 'TeaTime™'],
    ['two letters of Windows-1252', 'windows-1252', 'João Conceição'],
    ['a Greek letter in UTF-8', 'utf-8', 'Tea Ω'],
    ['a letter of Hawaii in UTF-8', 'utf-8', 'Kaʻiulani'],
    ['a pound sign in UTF-8', 'utf-8', 'Tea £'],
    ['KOI8-R', 'koi8-r', 'Борис Чайкин'],
    ['letters of Korea that only Windows-949 has', 'euc-kr', '펲시 똠양꿍 김민준'],
    ['Hebrew in Windows-1255', 'windows-1255', 'עדה כהן'],
  ])('are read right: %s', (_, encoding, name) => {
    const imported = importText(encodeText(file(name), encoding));
    expect(imported.records.map(({ backer }) => backer.name)).toEqual(Array(4).fill(name));
  });

  it.each([2 ** 12, 2 ** 14, 2 ** 16, Number.POSITIVE_INFINITY])(
    'do not depend on how the bytes arrive, also where the first one beyond ASCII comes late: %i bytes at a time',
    (pieceLength) => {
      const rows = Array.from({ length: 3_000 }, (_, at) => `T-${at},a${at}@example.com,Ada,12.00`);
      const text = lines('Order ID,Email,Name,Total', ...rows, 'T-9,bo@example.com,Bo €,12.00');
      const { records, report } = importText(text, undefined, pieceLength);
      expect(report.format.encoding?.name).toBe('utf-8');
      expect(records.at(-1)?.backer.name).toBe('Bo €');
    },
  );

  it('of two encodings in one file are refused at the line where the second one begins', () => {
    const first = lines('Order ID,Email,Name,Total', 'T-1,ada@example.com,Zoë Müller,12.00');
    const bytes = [
      encodeText(first, 'utf-8'),
      encodeText('T-2,bo@example.com,Jürgen Groß,12.00\n', 'windows-1252'),
    ];
    expect(() => importText(Buffer.concat(bytes))).toThrow(/line 3/i);
  });

  it('may be missing at the end of a row that slipped by one cell, which is told', () => {
    const { report } = importText(
      lines(
        'Order ID,Email,Total,City,State,Country,Notes',
        'T-1,ada@example.com,12.00,Salem,MA,US,hello',
        'T-2,bo@example.com,12.00,Salem, Old Town,MA,US,',
        'T-3,cy@example.com,12.00,Bonn,NW,DE,hi',
      ),
    );
    expect(report.slippedRows).not.toBeNull();
  });
});
