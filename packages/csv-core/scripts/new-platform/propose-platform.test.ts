import { describe, expect, it } from 'vitest';
import { formatCsvRow } from '../../src/csv/format-csv.js';
import { readCommand, UsageError } from './answers.js';
import { assumptions } from './assumptions.js';
import { openQuestions } from './open-questions.js';
import { proposePlatform } from './propose-platform.js';
import { findGoodRow, inventSum, rejectRows } from './reject-rows.js';
import { readSample } from './sample.js';

type Row = readonly string[];

function propose(headers: Row, rows: readonly Row[], args: readonly string[] = []) {
  const csv = [headers, ...rows].map((cells) => formatCsvRow(cells)).join('');
  const sample = readSample(new TextEncoder().encode(csv));
  const proposal = proposePlatform(
    'some-shop',
    sample,
    readCommand(['some-shop', 'file.csv', ...args]).answers,
  );
  const { definition } = proposal;
  const fields = Object.fromEntries(definition.columns.map(({ field, headers: names }) => [field, names]));
  return {
    ...proposal,
    sample,
    fields,
    open: openQuestions(proposal, sample).join('\n'),
    assumed: assumptions(proposal, sample).join('\n'),
  };
}

const headers = [
  'Shop Order Ref.',
  'Purchaser E-Mail',
  'Gross (EUR)',
  'State of Payment',
  'Paid On',
  'Zone Code',
];
const rows = [
  ['7001', 'ada@example.com', '1.225,00', 'bezahlt', '03.04.2026', 'north'],
  ['7002', 'bo@example.com', '40,00', 'storniert', '27.04.2026', 'north'],
];
const given = [
  '--status',
  'bezahlt=COLLECTED',
  '--status',
  'storniert=CANCELED',
  '--as',
  'Gross (EUR)=amount',
];

describe('the proposal of a platform', () => {
  it('names the columns, and keeps those without a field', () => {
    const { fields, definition, open } = propose(headers, rows, given);
    expect(fields).toEqual({
      externalId: ['Shop Order Ref.'],
      email: ['Purchaser E-Mail'],
      status: ['State of Payment'],
      amount: ['Gross (EUR)'],
      pledgedAt: ['Paid On'],
    });
    expect(definition.kept).toEqual(['Zone Code']);
    expect(definition).toMatchObject({
      name: 'some-shop',
      title: 'Some Shop',
      currency: 'EUR',
      decimalMark: ',',
      statusRequired: true,
    });
    expect(open).toBe('');
  });

  it('reads the rows of the file', () => {
    const { platform, sample } = propose(headers, rows, given);
    expect(findGoodRow(sample.rows, sample.headers, platform)).toEqual(rows[0]);
  });

  it('reports the assumed meaning of status words, and asks for unknown ones', () => {
    const { assumed, open } = propose(headers, [
      ...rows,
      ['7003', 'cy@example.com', '1,00', 'paid', '28.04.2026', ''],
    ]);
    expect(assumed).toContain('paid → COLLECTED');
    expect(open).toContain(`The status "bezahlt" (once) means nothing yet: --status 'bezahlt=…'.`);
  });

  it('asks for required fields that no column fills', () => {
    const { open } = propose(['Colour', 'Purchaser E-Mail'], [['red', 'ada@example.com']]);
    expect(open).toContain("No column holds an order number. Name it: --as 'HEADER=externalId'.");
    expect(open).toContain('No column holds the amount of the order');
  });

  it('asks whether a column has the status, because without one every row counts as collected', () => {
    const names = headers.map((name) => (name === 'State of Payment' ? 'Guest Status' : name));
    const guests = rows.map((row) => row.map((cell) => cell.replace(/bezahlt|storniert/, 'came by train')));
    const { open, assumed } = propose(names, guests, ['--as', 'Gross (EUR)=amount']);
    expect(open).toBe(`"Guest Status" may be a payment status: --as 'HEADER=status'.`);
    expect(assumed).toContain('No column has the payment status');
  });

  it('asks for the currency where it is not known', () => {
    const [, email, , ...others] = headers;
    const bare = ['Shop Order Ref.', email ?? '', 'Total Amount', ...others];
    expect(propose(bare, rows, given.slice(0, 4)).open).toContain(
      'The currency of "Total Amount" is not known',
    );
    expect(propose(bare, rows, [...given.slice(0, 4), '--currency', 'CHF']).open).toBe('');
  });

  it('takes the order of day and month from dates that prove it', () => {
    const dates = rows.map((row) => row.map((cell) => cell.replace(/(\d\d)\.(\d\d)\.2026/, '$1/$2/2026')));
    expect(propose(headers, dates, given).definition.dateOrder).toBe('dmy');
  });

  it('asks for the order of day and month where no date proves it', () => {
    const dates = rows.map((row) => row.map((cell, index) => (index === 4 ? '03/04/2026' : cell)));
    expect(propose(headers, dates, given).open).toContain('Day and month of "Paid On" may be swapped');
    expect(propose(headers, dates, [...given, '--date-order', 'mdy']).open).toBe('');
  });

  it.each([
    ['repeated', ['7001', '', '', '', '', 'north']],
    ['blank-after-first', ['', '', '', '', '', 'north']],
  ])('finds orders with several rows: %s', (orderRows, more) => {
    const { definition, open } = propose(
      headers,
      [rows[0] ?? [], more, rows[1] ?? []],
      [...given, '--as', 'Shop Order Ref.=externalId'],
    );
    expect(definition.orderRows).toBe(orderRows);
    expect(open).toContain('no column names the product of each row');
  });

  it('asks about columns for refunds, counts of products and questions', () => {
    const names = [...headers, 'Refunded?', 'Red Dice', 'What is your favourite colour of all?'];
    const { open } = propose(
      names,
      rows.map((row, index) => [...row, '0', String(index + 1), 'blue']),
      given,
    );
    expect(open).toContain('"Refunded?" may overrule the status');
    expect(open).toContain('"Red Dice" may count products');
    expect(open).toContain('"What is your favourite colour of all?" may be questions to backers');
  });

  it('makes unlisted columns questions after the columns that every file has', () => {
    const names = [...headers, 'Favourite colour'];
    const colours = rows.map((row) => [...row, 'blue']);
    const args = [...given, '--others', 'question', '--as', 'Favourite colour=question'];
    const { platform, landmark, open } = propose(names, colours, args);
    const keys = names.map((name) => name.toLowerCase());
    const roleAt = (position: number) =>
      platform.dynamicColumn({ header: 'Zebra', position, keys, positionOf: (key) => keys.indexOf(key) })
        .role;
    expect(landmark).toBe('zone code');
    expect([roleAt(2), roleAt(6)]).toEqual(['unknown', 'question']);
    expect(open).toBe('');
  });

  it('asks about columns that may be item groups', () => {
    const names = [...headers, 'Thing 1 Ref', 'Thing 2 Ref'];
    const { open } = propose(
      names,
      rows.map((row) => [...row, 'a1', 'b2']),
      given,
    );
    expect(open).toContain('"thing {n} ref" come several times');
  });

  it('names a platform as which the file would be detected', () => {
    const names = ['Order ID', 'Email', 'Financial Status', 'Lineitem name', 'Total', 'Currency'];
    const { open } = propose(names, [['1', 'ada@example.com', 'paid', 'Tea', '5.00', 'USD']]);
    expect(open).toContain('This header row is also detected as Shopify');
    expect(open).toContain('No two headers are written only by this platform');
  });

  it('never contains a secret column', () => {
    const { definition, assumed } = propose(
      [...headers, 'Card Number'],
      rows.map((row) => [...row, '4111']),
      given,
    );
    expect(JSON.stringify(definition)).not.toContain('Card Number');
    expect(assumed).toContain('Secret, and never stored: "Card Number".');
  });

  it('never contains cells with personal data', () => {
    const { open, assumed, definition } = propose(headers, rows);
    expect(`${open}${assumed}${JSON.stringify(definition)}`).not.toMatch(/ada|bo@|7001|1\.225/);
  });
});

describe('a row with totals', () => {
  const sum = ['Totals', '', '1.265,00', '', '', ''];

  it('is not read as an order', () => {
    expect(propose(headers, [...rows, sum], given).open).toBe('');
  });

  it('is written to the fixture with other amounts', () => {
    expect(inventSum(sum)[0]).toBe('Totals');
    expect(inventSum(sum)[2]).toMatch(/^[1-9]\.\d{3},\d\d$/);
    expect(inventSum(sum)[2]).not.toBe(sum[2]);
  });
});

describe('rejectRows', () => {
  it('makes rows with a missing number, with cells that cannot be read, with too few and with too many cells', () => {
    const { columns, platform } = propose(headers, rows, given);
    const rejected = rejectRows(rows[0] ?? [], headers, columns, platform);
    const at = (position: number) => rejected.map((row) => row[position]);
    expect(rejected).toHaveLength(8);
    expect(at(0)[0]).toBe('');
    expect(at(1)).toContain('ada.example.com');
    expect(at(2)).toContain('fifty');
    expect(at(3)).toContain('teleported');
    expect(at(4)).toContain('yesterday');
    expect(rejected.map((row) => row.length).sort((a, b) => a - b)).toEqual([5, 6, 6, 6, 6, 6, 6, 7]);
  });
});

describe('the answers on the command line', () => {
  it.each([
    ['no file', ['some-shop']],
    ['a bad name', ['Some Shop', 'file.csv']],
    ['a field that does not exist', ['some-shop', 'file.csv', '--as', 'Total=price']],
    ['a status that does not exist', ['some-shop', 'file.csv', '--status', 'paid=YES']],
    ['half an answer', ['some-shop', 'file.csv', '--as', 'Total']],
    ['a currency that does not exist', ['some-shop', 'file.csv', '--currency', 'XYQ']],
    ['an option that does not exist', ['some-shop', 'file.csv', '--colour', 'red']],
  ])('are refused: %s', (_, args) => {
    expect(() => readCommand(args)).toThrow(UsageError);
  });

  it('are refused where the file has no such column', () => {
    expect(() => propose(headers, rows, ['--as', 'Colour=notes'])).toThrow(
      'The file has no column "colour".',
    );
  });
});
