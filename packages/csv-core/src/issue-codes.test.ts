import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fileIssueCodes, type Issue } from './issue.js';
import { type MapKeysOptions, mapKeys } from './map-keys.js';
import { maxLineLength } from './schemas/lengths.js';

/**
 * Every issue that mapping can report, with its exact code and message, because programs depend on the code and people
 * on the message. Each case has the smallest file with that problem.
 */
interface Case {
  readonly title: string;
  readonly cells: Readonly<Record<string, string>>;
  readonly options?: MapKeysOptions;
  readonly issue: Pick<Issue, 'severity' | 'code' | 'column' | 'value' | 'message'>;
}

const core = { 'Order ID': '1', Email: 'ada@example.com' };
const lost =
  'A character was lost before the file reached us and stands here as \ufffd. Correct the cell, or export the file again as UTF-8.';
const shortened =
  'A spreadsheet shortened this number and its last digits are lost. Export the file again and send it without opening it in a spreadsheet.';
const unstorable =
  'The text holds a character that cannot be stored (NUL or half of an emoji). Type it again.';
const notMoney = 'This is not an amount of money. Write it like 1234.50 or 1234.50 USD.';
const notDate = 'This is not a date from 1970 to 2100. Write it like 2024-03-31 or 2024-03-31 12:41.';
const eitherDate =
  'Day and month cannot be told apart. Send the file again with "?dateOrder=dmy" (day first) or "?dateOrder=mdy" (month first), or write the date like 2024-03-31.';
const invented =
  'This looks like an invented phone number. Carriers may need a real one; ask the backer for it.';
const noPhone = 'This is not a phone number. Carriers may need one; ask the backer for it.';

function inCell(
  column: string,
  cell: string,
  severity: Issue['severity'],
  code: string,
  message: string,
  options?: MapKeysOptions,
): Case {
  return {
    title: `${code}: ${column} ${JSON.stringify(cell.slice(0, 40))}`,
    cells: { ...core, [column]: cell },
    ...(options && { options }),
    issue: { severity, code, column, message, value: cell.replaceAll('\0', '\u2400').toWellFormed() },
  };
}

const cases: readonly Case[] = [
  inCell(
    'Email',
    'ada@example',
    'error',
    'invalid_email',
    'This is not an e-mail address. Write it like name@example.com.',
  ),
  inCell(
    'Email',
    'x1@privaterelay.appleid.com',
    'warning',
    'relay_email',
    'This is an Apple relay address: mail reaches the person, but other platforms know them by another address.',
  ),
  inCell('Email', 'jos\ufffd@example.com', 'error', 'lost_character', lost),
  inCell('Order ID', '12\ufffd4', 'error', 'lost_character', lost),
  inCell('SKU', 'CAF\ufffd-1', 'error', 'lost_character', lost),
  inCell('Total', '10,00 \ufffd', 'error', 'lost_character', lost),
  inCell('Name', 'Jos\ufffd', 'warning', 'lost_character', lost),
  inCell('Zip', '1234\ufffd', 'warning', 'lost_character', lost),
  inCell('Country', 'Espa\ufffda', 'warning', 'lost_character', lost),
  inCell('Shoe size', '44 \ufffd', 'warning', 'lost_character', lost),
  inCell('Order ID', '1.23E+11', 'error', 'scientific_notation', shortened),
  inCell('Customer ID', '9,25E+11', 'error', 'scientific_notation', shortened),
  inCell('SKU', '1.23E+11', 'error', 'scientific_notation', shortened),
  inCell('Phone', '4.47912E+11', 'error', 'scientific_notation', shortened),
  inCell('Name', 'a\0b', 'error', 'control_character', unstorable),
  inCell('Shoe size', '\ud83d', 'error', 'control_character', unstorable),
  inCell('Total', 'lots', 'error', 'invalid_money', notMoney),
  inCell('Total', '1,2.50', 'error', 'invalid_money', notMoney),
  inCell(
    'Total',
    '12 XYZ',
    'error',
    'unknown_currency',
    'This currency is not known. Write its three-letter ISO 4217 code, such as USD.',
  ),
  inCell(
    'Currency',
    'dollars',
    'error',
    'unknown_currency',
    'This currency is not known. Write its three-letter ISO 4217 code, such as USD.',
  ),
  inCell(
    'Total',
    '1.234 €',
    'warning',
    'ambiguous_number',
    'The point or comma may mark thousands or decimals. Write the amount with two decimals, like 1234.00.',
  ),
  inCell(
    'Total',
    'JPY 1000.50',
    'warning',
    'unexpected_decimals',
    'This currency has no decimals. The amount is kept as it is; check whether it is in another currency.',
  ),
  inCell(
    'City',
    'NULL',
    'warning',
    'null_word',
    'This is a word for a missing value, so the cell counts as blank. If it is a value, send the file again with "?repair=false".',
  ),
  inCell(
    'City',
    '#REF!',
    'warning',
    'spreadsheet_error',
    'A spreadsheet wrote an error here in place of the value, so the cell counts as blank. Correct it in the spreadsheet and export the file again.',
  ),
  inCell(
    'Total',
    '#REF!',
    'error',
    'spreadsheet_error',
    'A spreadsheet wrote an error here in place of the value, and the row needs it. Correct it in the spreadsheet and export the file again.',
  ),
  inCell(
    'SKU',
    'nan',
    'error',
    'missing_value',
    '"nan" stands for no value, and no other column names the product. Write its SKU.',
  ),
  inCell(
    'Name',
    'Ada &amp; Bo',
    'warning',
    'repaired_value',
    'Another program escaped this text for a web page. It is read as "Ada & Bo".',
  ),
  inCell(
    'Name',
    'Ada &amp; Bo',
    'warning',
    'damaged_value',
    'Another program escaped this text for a web page. It is kept as it is, because repairs are switched off.',
    { repair: false },
  ),
  inCell(
    'Email',
    'ada@example.com; bo@example.com',
    'warning',
    'several_emails',
    "The cell has 2 e-mail addresses, and the first one is imported. Leave only the backer's.",
  ),
  inCell(
    'City',
    'M?nster',
    'warning',
    'lost_character',
    'Another program probably lost a letter here and wrote a question mark. Correct the cell, or export the file again as UTF-8.',
  ),
  inCell('Date', 'yesterday', 'error', 'invalid_date', notDate),
  inCell('Date', '2024-02-30', 'error', 'invalid_date', notDate),
  inCell(
    'Date',
    '27/09/2017',
    'error',
    'invalid_date',
    'Read with the month first, this is not a date. Send the file again with "?dateOrder=dmy", or write the date like 2024-03-31.',
    { dateOrder: 'mdy' },
  ),
  inCell('Date', '03/04/2024', 'error', 'ambiguous_date', eitherDate),
  inCell(
    'Quantity',
    '1.5',
    'error',
    'invalid_quantity',
    'This is not a quantity. Write a whole number from 0 to 2147483647.',
  ),
  inCell(
    'Country',
    'Narnia',
    'warning',
    'unknown_country',
    'This country is not known. Write its English name or its two-letter ISO 3166 code, such as US.',
  ),
  inCell('Phone', '+1 617 555 0100', 'warning', 'fake_phone', invented),
  inCell('Phone', 'ask me', 'warning', 'fake_phone', noPhone),
  inCell(
    'Status',
    'maybe',
    'error',
    'unknown_status',
    '"maybe" is no payment status that Generic CSV files use. Known words: active, authorized, canceled, cancelled, chargeback, charged, collected, complete, completed, declined, dropped, error, errored, failed, on hold, open, paid, pending, processing, refunded, returned, success, successful, unpaid, voided.',
  ),
  {
    title: 'blank_status',
    cells: { ...core, Status: '' },
    issue: {
      severity: 'warning',
      code: 'blank_status',
      column: 'Status',
      message:
        '"Status" is blank, so nobody knows whether the pledge is paid. It counts as pending. Fill the cell.',
      value: null,
    },
  },
  {
    title: 'partial_refund',
    cells: { ...core, Total: '20', Refund: '5.00' },
    options: {
      columns: [
        { position: 0, as: 'externalId' },
        { position: 1, as: 'email' },
        { position: 2, as: 'amount' },
        { position: 3, as: 'refundedAmount' },
      ],
    },
    issue: {
      severity: 'warning',
      code: 'partial_refund',
      column: 'Refund',
      message:
        'A part of the amount was paid back. The pledge keeps its status and its whole amount; check what is still owed.',
      value: '5.00',
    },
  },
  {
    title: 'value_too_long',
    cells: { ...core, Name: 'x'.repeat(maxLineLength + 1) },
    issue: {
      severity: 'error',
      code: 'value_too_long',
      column: 'Name',
      message: 'The text is longer than 2000 characters. Shorten it.',
      value: `${'x'.repeat(200)}…`,
    },
  },
  {
    title: 'invalid_value: more of one product than the tables hold',
    cells: { ...core, SKU: 'BOOK', Quantity: '2000000000' },
    issue: {
      severity: 'error',
      code: 'invalid_value',
      column: 'Quantity',
      message: 'The number is larger than 1000000000. Correct it.',
      value: '2000000000',
    },
  },
  {
    title: 'invalid_value: in a column that counts one product',
    cells: {
      'Backer Number': '1',
      'Pledged Status': 'collected',
      'Pledge Amount': '$5',
      Email: 'ada@example.com',
      '[Addon: 7] Dice': '2000000000',
    },
    issue: {
      severity: 'error',
      code: 'invalid_value',
      column: '[Addon: 7] Dice',
      message: 'The number is larger than 1000000000. Correct it.',
      value: '2000000000',
    },
  },
  {
    title: 'mixed_currencies',
    cells: { ...core, Total: '$5.00 USD', Shipping: '£1.00' },
    issue: {
      severity: 'error',
      code: 'mixed_currencies',
      column: 'Shipping',
      message: 'The row has amounts in USD and in GBP. Write all amounts of a pledge in one currency.',
      value: '£1.00',
    },
  },
  {
    title: 'missing_value: a blank cell',
    cells: { ...core, 'Order ID': ' ' },
    issue: {
      severity: 'error',
      code: 'missing_value',
      column: 'Order ID',
      message: '"Order ID" is blank. Every row needs a value there.',
      value: null,
    },
  },
  {
    title: 'missing_value: no such column',
    cells: { 'Backer Number': '1', 'Pledged Status': 'collected', Email: 'ada@example.com' },
    options: { platform: 'kickstarter' },
    issue: {
      severity: 'error',
      code: 'missing_value',
      column: 'Pledge Amount',
      message: 'The file has no column "Pledge Amount". Export it with that column.',
      value: null,
    },
  },
  {
    title: 'missing_email',
    cells: { ...core, Email: '' },
    issue: {
      severity: 'warning',
      code: 'missing_email',
      column: 'Email',
      message: 'The backer has no e-mail address, so their pledges in other files cannot be recognised.',
      value: null,
    },
  },
  {
    title: 'unconfirmed_address',
    cells: {
      'Backer Number': '1',
      'Pledged Status': 'collected',
      'Pledge Amount': '$5',
      Email: 'ada@example.com',
      'Survey Response': '',
      'Shipping Address 1': '1 Road',
    },
    options: { platform: 'kickstarter' },
    issue: {
      severity: 'warning',
      code: 'unconfirmed_address',
      column: 'Shipping Address 1',
      message:
        'The address is left out because "Survey Response" is blank: nobody has confirmed it for shipping.',
      value: null,
    },
  },
];

const rowCases: readonly (readonly [string, readonly (readonly string[])[], Partial<Issue>])[] = [
  [
    'a row that ends early',
    [['1', 'ada@example.com']],
    {
      row: 1,
      severity: 'error',
      code: 'too_few_cells',
      message:
        'The row has 2 cells, the header has 3. Add the missing cells, or quote a cell that holds a line break.',
      column: null,
      value: null,
    },
  ],
  [
    'a row with a filled cell beyond the header',
    [['1', 'ada@example.com', 'Ada', '', 'surplus']],
    {
      row: 1,
      severity: 'error',
      code: 'too_many_cells',
      message:
        'The row has more cells than the 3 of the header. Quote cells that hold the delimiter, and give every column a name.',
      column: null,
      value: 'surplus',
    },
  ],
  [
    'the same number twice',
    [
      ['1', 'ada@example.com', 'Ada'],
      ['1', 'ada@example.com', 'Ada'],
    ],
    {
      row: 2,
      severity: 'warning',
      code: 'repeated_pledge',
      message:
        'Row 1 has the same number. The two are one pledge, and the filled cells of the later row count.',
      column: 'Order ID',
      value: '1',
    },
  ],
];

/** Cases with orders that have one row per item. */
const orderCases: readonly (readonly [string, readonly (readonly string[])[], readonly Partial<Issue>[]])[] =
  [
    [
      'rows of one order, one of which has an error',
      [
        ['1', 'ada@example.com', 'MUG', '1'],
        ['1', 'ada@example.com', 'BOX', 'some'],
        ['1', 'ada@example.com', 'HAT', '1'],
      ],
      [
        {
          row: 1,
          line: 2,
          severity: 'error',
          code: 'order_rejected',
          column: null,
          value: null,
          message:
            'Line 3 of the same order has an error; an order is imported whole or not at all. Correct that line and send the order again.',
        },
        {
          row: 2,
          line: 3,
          severity: 'error',
          code: 'invalid_quantity',
          column: 'Quantity',
          value: 'some',
          message: 'This is not a quantity. Write a whole number from 0 to 2147483647.',
        },
        { row: 3, line: 4, code: 'order_rejected' },
      ],
    ],
    [
      'rows of one order that contradict each other',
      [
        ['1', 'ada@example.com', 'MUG', '1', 'hello'],
        ['1', 'ada@example.com', 'BOX', '1', 'thanks'],
      ],
      [
        {
          row: 2,
          line: 3,
          severity: 'warning',
          code: 'differing_rows',
          column: 'Notes',
          value: 'thanks',
          message:
            'An earlier row of the same order has another value here, and that value is imported. Correct the rows that are wrong.',
        },
      ],
    ],
    [
      'rows of one order that have different people',
      [
        ['1', 'ada@example.com', 'MUG', '1'],
        ['1', 'bob@example.com', 'BOX', '1'],
      ],
      [
        {
          row: 1,
          line: 2,
          severity: 'error',
          code: 'several_people',
          column: 'Email',
          value: 'ada@example.com',
          message:
            'The rows of this order have different people, so none is imported: the number of an order belongs to one person. Give each person a number of their own, or choose another column for it.',
        },
        { row: 2, line: 3, severity: 'error', code: 'several_people', value: 'bob@example.com' },
      ],
    ],
    [
      'a row that is no record',
      [
        ['1', 'ada@example.com', 'MUG', '1'],
        ['Total', '', '', '1'],
      ],
      [
        {
          row: 2,
          line: 3,
          severity: 'warning',
          code: 'left_out_row',
          column: null,
          value: 'Total',
          message:
            'The row is a sum of other rows: it has no backer and no number of its own. It is left out. If it is a pledge, give it a number and a backer, and send it again.',
        },
      ],
    ],
    [
      'rows with a negative amount, with its sale and without',
      [
        ['1', 'ada@example.com', '', '', '', '5.00'],
        ['1', 'ada@example.com', '', '', '', '-5.00'],
        ['2', 'bob@example.com', '', '', '', '-7.00'],
      ],
      [
        {
          row: 2,
          line: 3,
          severity: 'warning',
          code: 'refund_row',
          column: 'Total',
          value: '-5.00',
          message: 'The row pays back the 5.00 of line 2, so the pledge is refunded.',
        },
        {
          row: 3,
          line: 4,
          severity: 'error',
          code: 'negative_amount',
          column: 'Total',
          value: '-7.00',
          message:
            'A negative amount is money that was paid back or paid out, and no row beside it is the sale with this number. Send it together with its sale, or write the amount that was pledged and its status.',
        },
      ],
    ],
    [
      'rows of one order that are the same',
      [
        ['1', 'ada@example.com', 'MUG', '1'],
        ['1', 'ada@example.com', 'MUG', '1'],
      ],
      [
        {
          row: 2,
          line: 3,
          severity: 'warning',
          code: 'repeated_row',
          column: null,
          value: null,
          message:
            'The row repeats line 2 cell by cell. Its units are counted again; if it is there twice by mistake, remove it and send the order again.',
        },
      ],
    ],
  ];

describe('the issues of mapKeys', () => {
  it.each(cases)('have a fixed code and message for $title', ({ cells, options, issue }) => {
    const { issues, records, rejects } = mapKeys(Object.keys(cells), [Object.values(cells)], options);
    expect(issues).toEqual([{ file: null, row: 1, line: 2, ...issue }]);
    expect([records.length, rejects.length]).toEqual(issue.severity === 'error' ? [0, 1] : [1, 0]);
  });

  it.each(rowCases)('have a fixed code and message for %s', (_, rows, issue) => {
    const { issues } = mapKeys(['Order ID', 'Email', 'Name'], rows);
    expect(issues).toEqual([{ file: null, line: rows.length + 1, ...issue }]);
  });

  it.each(orderCases)('have a fixed code and message for %s', (_, rows, expected) => {
    const { issues } = mapKeys(['Order ID', 'Email', 'SKU', 'Quantity', 'Notes', 'Total'], rows, {
      shortRows: true,
    });
    expect(issues).toMatchObject(expected);
    expect(issues).toHaveLength(expected.length);
  });

  it('have a fixed code and message for an option of an item without a name', () => {
    const headers = ['Pledge ID', 'Email', 'Item Name', 'Item SKU', 'Option 1'];
    const { issues } = mapKeys(headers, [['1', 'ada@example.com', '', '', 'red']], { platform: 'indiegogo' });
    expect(issues).toContainEqual({
      file: null,
      row: 1,
      line: 2,
      severity: 'warning',
      code: 'nameless_item',
      column: 'Option 1',
      message: 'This was chosen for an item without a name and SKU, and is left out. Name the item.',
      value: 'red',
    });
  });

  it('have a fixed code and message for a row that is no pledge', () => {
    const headers = ['Transaction ID', 'From Email Address', 'Type', 'Status', 'Gross', 'Net', 'Currency'];
    const row = ['T-1', 'shop@example.com', 'Payment Sent', 'Completed', '-5.00', '-5.00', 'USD'];
    expect(mapKeys(headers, [row]).issues).toEqual([
      {
        file: null,
        row: 1,
        line: 2,
        severity: 'error',
        code: 'no_pledge',
        column: 'Gross',
        message:
          'This is money that was paid out, not a pledge. Nothing is to be done if you expected this row.',
        value: '-5.00',
      },
    ]);
  });

  it('end with more_issues after the first twenty of a row', () => {
    const addOns = Array.from({ length: 30 }, (_, n) => `[Addon: ${n}] Dice ${n}`);
    const headers = ['Backer Number', 'Pledged Status', 'Pledge Amount', 'Email', ...addOns];
    const row = ['1', 'collected', '$5', 'ada@example.com', ...addOns.map(() => '-1')];
    expect(mapKeys(headers, [row], { file: 'a.csv' }).issues.at(-1)).toEqual({
      file: 'a.csv',
      row: 1,
      line: 2,
      severity: 'warning',
      code: 'more_issues',
      column: null,
      message: 'The row has more than 20 issues. Correct these first and send the file again.',
      value: null,
    });
  });

  it('name the file of the row', () => {
    const { issues, rejects } = mapKeys(Object.keys(core), [['1', 'ada']], { file: 'tiers/No reward.csv' });
    expect(issues).toMatchObject([{ file: 'tiers/No reward.csv', row: 1, line: 2 }]);
    expect(rejects[0]?.issues).toEqual(issues);
  });

  it('are tested here for every code that the README lists', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const listed = [...readme.matchAll(/^\| *`(\w+)` *\| *(?:error|warning) *\|/gm)].map((match) => match[1]);
    const tested = [
      ...cases.map((one) => one.issue.code),
      ...rowCases.map(([, , issue]) => issue.code),
      ...orderCases.flatMap(([, , issues]) => issues.map((issue) => issue.code)),
    ];
    // Issues of files are made by the programs that receive files, and tested there; a pledge of too many products is tested with
    // `mapKeys`.
    expect(new Set([...tested, 'nameless_item', 'no_pledge', 'too_many_items', ...fileIssueCodes])).toEqual(
      new Set(listed),
    );
  });
});

describe('mapKeys reports no issue', () => {
  it('for a repeated header: the second column is kept under a name of its own', () => {
    const mapped = mapKeys(['Order ID', 'Email', 'Email'], [['1', 'ada@example.com', 'bob@example.com']]);
    expect(mapped.issues).toEqual([]);
    expect(mapped.records[0]).toMatchObject({
      backer: { email: 'ada@example.com' },
      pledge: { extra: { 'Email (2)': 'bob@example.com' } },
    });
  });

  it('for blank cells beyond the header', () => {
    expect(mapKeys(Object.keys(core), [['1', 'ada@example.com', '', '\u00a0', '\t']]).issues).toEqual([]);
  });

  it('for a Kickstarter row that ends with its last answer', () => {
    const headers = [
      'Backer Number',
      'Pledged Status',
      'Pledge Amount',
      'Email',
      'Survey Response',
      'Colour?',
    ];
    const row = ['1', 'collected', '$5', 'ada@example.com'];
    const { issues, records } = mapKeys(headers, [row, row.slice(0, 3)], { platform: 'kickstarter' });
    expect(records).toHaveLength(2);
    expect(issues.map((issue) => issue.code)).toEqual(['missing_email', 'repeated_pledge']);
    const long = mapKeys(headers, [[...row, '', '', 'surplus']], { platform: 'kickstarter' });
    expect(long.issues).toMatchObject([{ code: 'too_many_cells', value: 'surplus' }]);
  });
});
