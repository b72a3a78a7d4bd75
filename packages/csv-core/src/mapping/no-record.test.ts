import { describe, expect, it } from 'vitest';
import { mapKeys } from '../map-keys.js';

const headers = ['Order ID', 'Email', 'Name', 'Status', 'Total', 'Currency', 'SKU', 'Qty'];
const good = ['A-1', 'ada@example.com', 'Ada Example', 'paid', '10.00', 'USD', 'LAN', '1'];

/** The reasons for which the last of these rows is left out; empty when it is not. */
function reasonsFor(cells: readonly string[], names = headers): readonly string[] {
  const rows = names === headers ? [good, cells] : [cells];
  const mapped = mapKeys(names, rows, { platform: 'generic' });
  expect(mapped.importedRows + mapped.rejects.length + mapped.leftOut.length).toBe(rows.length);
  return mapped.leftOut.map(({ reason }) => reason);
}

const row = (cells: Readonly<Record<string, string>>) => headers.map((header) => cells[header] ?? '');

describe('a row with a sum', () => {
  it.each([
    'Total',
    'TOTALS',
    'Grand Total',
    'Sub-total:',
    'Sum',
    'Total (3)',
    '** Total **',
    'Total: 3 orders',
    'Total for March',
    'A-1 Total',
    'Summe',
    'Gesamtsumme:',
    'Zwischensumme',
    'Gesamtergebnis',
    'Total général',
    'Sous-total',
    'Totale',
    'Suma',
    'Totaal',
    'Totalt',
    'Summa',
    'Razem',
    'Celkem',
    'Összesen',
    'Toplam',
    'Yhteensä',
    'I alt',
    'Итого',
    'Всего',
    '合計',
    '合计：60',
    '합계',
  ])('is left out when its number is "%s"', (word) => {
    expect(reasonsFor(row({ 'Order ID': word, Total: '60.00', Qty: '6' }))).toEqual(['sum']);
  });

  it.each([
    ['in the column of the name', { Name: 'Total', Total: '60.00' }],
    ['beside a count of the backers', { 'Order ID': 'Total', Name: '3 backers', Total: '60.00' }],
    ['without a label', { Total: '60.00', Currency: 'USD', Qty: '6' }],
  ])('is left out %s', (_, cells) => {
    expect(reasonsFor(row(cells))).toEqual(['sum']);
  });

  it.each([
    ['an e-mail address', { 'Order ID': 'Total', Email: 'bo@example.com', Total: '60.00' }],
    ['a name', { 'Order ID': 'Total', Name: 'Bo Example', Total: '60.00' }],
    ['a number of its own', { 'Order ID': 'A-2', Name: 'Total', Total: '60.00' }],
    ['a product', { 'Order ID': 'Total Recall', SKU: 'WICK', Total: '60.00' }],
    ['a name that begins with such a word', { 'Order ID': '', Name: 'Sum Example', Total: '60.00' }],
    ['a date and no label', { Status: 'paid', Total: '60.00' }],
  ])('is not left out with %s', (_, cells) => {
    expect(reasonsFor(row(cells))).toEqual([]);
  });
});

describe('a note of a program', () => {
  it.each([
    'Page 1 of 3',
    'Seite 2 von 7',
    'Página 1/2',
    'Generated on 2024-03-04 by ShopApp',
    'Report generated: 04.03.2024',
    'Exported by Ada',
    'Erstellt am 04.03.2024',
    'Généré le 4 mars 2024',
    'Generado el 4/3/2024',
    'Wygenerowano 2024-03-04',
    '# comment of the program',
    '// comment',
    '-- end --',
    'End of report',
    '(3 rows affected)',
    '3 orders exported',
    'March 2024',
    'Note: amounts in USD',
    'All times are UTC.',
    '© ShopApp',
  ])('such as "%s" is left out', (text) => {
    expect(reasonsFor(row({ 'Order ID': text }))).toEqual(['note']);
  });

  it('is left out when the delimiter divides its date', () => {
    expect(reasonsFor(['Generated on March 4', ' 2024'])).toEqual(['note']);
  });

  it.each([
    ['a number', { 'Order ID': '#1001' }],
    ['a word that may be a number', { 'Order ID': 'lantern' }],
    [
      'a text as its number, a person and an amount',
      { 'Order ID': 'Thanks a lot!', Email: 'bo@example.com', Total: '5.00' },
    ],
    ['a text as its number and an amount', { 'Order ID': 'Thanks a lot!', Total: '5.00' }],
    ['a name of one word', { Name: 'Fin' }],
  ])('is not a row with %s', (_, cells) => {
    expect(reasonsFor(row(cells))).toEqual([]);
  });
});

describe('other rows that are no records', () => {
  it('are repeated headers and drawn lines', () => {
    expect(reasonsFor(headers)).toEqual(['repeated_header']);
    expect(reasonsFor(headers.map(() => '-----'))).toEqual(['ruler']);
  });

  it('are found in files of known platforms', () => {
    const names = ['Backer Number', 'Backer UID', 'Backer Name', 'Email', 'Pledge Amount', 'Pledged Status'];
    const rows = [
      ['1', '7', 'Ada Example', 'ada@example.com', '$5.00 USD', 'collected'],
      ['Total', '', '', '', '$5.00 USD', ''],
    ];
    const { records, leftOut, rejects, issues } = mapKeys(names, rows, { platform: 'kickstarter' });
    expect([records.length, rejects.length]).toEqual([1, 0]);
    expect(leftOut).toEqual([{ row: 2, line: 3, reason: 'sum' }]);
    expect(issues).toMatchObject([
      { row: 2, line: 3, code: 'left_out_row', severity: 'warning', value: 'Total' },
    ]);
  });

  it('do not end the order above them', () => {
    const other = [...good.slice(0, 6), 'WICK', '1'];
    const { records, issues } = mapKeys(headers, [good, row({ 'Order ID': 'Page 1 of 3' }), other]);
    expect(records).toMatchObject([
      { rowCount: 2, pledge: { items: [{ productKey: 'LAN' }, { productKey: 'WICK' }] } },
    ]);
    expect(issues.map(({ row: number, code }) => [number, code])).toEqual([[2, 'left_out_row']]);
  });

  it('leave a continued order its products', () => {
    const names = [
      'Name',
      'Email',
      'Financial Status',
      'Total',
      'Currency',
      'Lineitem name',
      'Lineitem quantity',
    ];
    const rows = [
      ['#1', 'ada@example.com', 'paid', '15.00', 'EUR', 'Total Eclipse', '1'],
      ['', '', '', '', '', 'Sum of Parts', '2'],
      ['', '', '', '15.00', '', '', '3'],
    ];
    const { records, leftOut } = mapKeys(names, rows, { platform: 'shopify' });
    expect(leftOut).toMatchObject([{ row: 3, reason: 'sum' }]);
    expect(records).toMatchObject([
      { rowCount: 2, pledge: { amount: '15.00', items: [{ quantity: 1 }, { quantity: 2 }] } },
    ]);
  });
});
