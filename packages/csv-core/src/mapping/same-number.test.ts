import { describe, expect, it } from 'vitest';
import { mapKeys } from '../map-keys.js';

const headers = ['Transaction ID', 'Email', 'Name', 'Status', 'Amount', 'Currency'];

function map(rows: readonly (readonly string[])[], names = headers) {
  const { records, rejects, issues, importedRows } = mapKeys(names, rows, { platform: 'generic' });
  expect(importedRows + rejects.length).toBe(rows.length);
  return {
    pledges: records.map(({ pledge }) => [pledge?.externalId, pledge?.status, pledge?.amount]),
    items: records.map(({ pledge }) =>
      pledge?.items?.map(({ productKey, quantity }) => [productKey, quantity]),
    ),
    issues: issues.map(({ row, severity, code, message }) => [row, severity, code, message]),
    codes: issues.map(({ row, severity, code }) => [row, severity, code]),
  };
}

const row = (number: string, email: string, status: string, amount: string, name = '') => [
  number,
  email,
  name,
  status,
  amount,
  'EUR',
];
const ada = 'ada@example.com';

describe('a row that pays back a sale with the same number', () => {
  const sale = row('T-1', ada, 'paid', '50.00');

  it.each([
    ['says so in its status', row('T-1', ada, 'refunded', '-50.00')],
    ['has the status of the sale', row('T-1', ada, 'paid', '-50.00')],
    ['has its amount in brackets and no person', row('T-1', '', '', '(50.00)')],
  ])('makes the pledge refunded with the amount of the sale when it %s', (_, refund) => {
    for (const rows of [
      [sale, refund],
      [refund, sale],
    ]) {
      const { pledges, codes } = map(rows);
      expect(pledges).toEqual([
        ['T-1', 'REFUNDED', '50.00'],
        ['T-1', 'REFUNDED', '50.00'],
      ]);
      expect(codes).toContainEqual([rows.indexOf(refund) + 1, 'warning', 'refund_row']);
    }
  });

  it('keeps the sale when only a part was paid back, until the parts are the whole', () => {
    const part = row('T-1', ada, 'refunded', '-20.00');
    const { pledges, issues } = map([sale, part]);
    expect(pledges).toEqual([
      ['T-1', 'COLLECTED', '50.00'],
      ['T-1', 'COLLECTED', '50.00'],
    ]);
    expect(issues).toEqual([
      [
        2,
        'warning',
        'refund_row',
        'The row pays back 20.00 of the 50.00 of line 2. The pledge keeps its status and the whole amount; check what it has to be.',
      ],
    ]);
    expect(map([sale, part, row('T-1', ada, 'refunded', '-30.00')]).pledges[0]).toEqual([
      'T-1',
      'REFUNDED',
      '50.00',
    ]);
  });

  it('is no product of its order', () => {
    const names = [...headers, 'SKU', 'Qty'];
    const { pledges, items } = map(
      [
        [...sale, 'MUG', '1'],
        [...sale, 'HAT', '2'],
        [...row('T-1', ada, 'refunded', '-50.00'), 'MUG', '1'],
      ],
      names,
    );
    expect(pledges).toEqual([
      ['T-1', 'REFUNDED', '50.00'],
      ['T-1', 'REFUNDED', '50.00'],
    ]);
    expect(items).toEqual([
      [
        ['MUG', 1],
        ['HAT', 2],
      ],
      [
        ['MUG', 1],
        ['HAT', 2],
      ],
    ]);
  });

  it('is rejected when it is in another currency than the sale', () => {
    const { pledges, codes } = map([sale, ['T-1', ada, '', 'paid', '-50.00', 'USD']]);
    expect(pledges).toEqual([['T-1', 'COLLECTED', '50.00']]);
    expect(codes).toEqual([[2, 'error', 'negative_amount']]);
  });
});

describe('a negative amount without its sale', () => {
  it.each(['paid', '', 'pending'])('is rejected with the status "%s"', (status) => {
    const { pledges, codes } = map([row('T-9', ada, status, '-20.00'), row('T-8', ada, 'paid', '5.00')]);
    expect(pledges).toEqual([['T-8', 'COLLECTED', '5.00']]);
    expect(codes).toContainEqual([1, 'error', 'negative_amount']);
  });

  it('leaves the amount to other rows when the status says that it was refunded', () => {
    const { pledges, codes } = map([row('T-9', ada, 'refunded', '-20.00')]);
    expect(pledges).toEqual(
      [['T-9', 'REFUNDED', undefined]].map(([number, status]) => [number, status, null]),
    );
    expect(codes).toEqual([[1, 'warning', 'negative_amount']]);
  });
});

describe('rows of several people with the same number', () => {
  it.each([
    [
      'e-mail addresses',
      row('Thanks!', ada, 'paid', '10.00'),
      row('Thanks!', 'bo@example.com', 'paid', '20.00'),
    ],
    [
      'e-mail addresses and names',
      row('later', ada, 'paid', '10.00', 'Ada'),
      row('later', 'bo@example.com', 'paid', '10.00', 'Bo'),
    ],
    ['names', row('0', '', 'paid', '10.00', 'Ada'), row('0', '', 'paid', '10.00', 'Bo')],
  ])('are all rejected when their %s differ', (_, first, second) => {
    const { pledges, codes } = map([first, row('T-2', 'cy@example.com', 'paid', '1.00'), second]);
    expect(pledges).toEqual([['T-2', 'COLLECTED', '1.00']]);
    expect(codes.filter(([, severity]) => severity === 'error')).toEqual([
      [1, 'error', 'several_people'],
      [3, 'error', 'several_people'],
    ]);
  });

  it('are one person with two e-mail addresses when they have the same name', () => {
    const { codes } = map([
      row('T-1', ada, 'paid', '10.00', 'Ada Example'),
      row('T-1', 'ada2@example.com', 'paid', '10.00', 'ADA  Example'),
    ]);
    expect(codes).toEqual([[2, 'warning', 'repeated_pledge']]);
  });

  it('are one person when only one row names them', () => {
    const { codes } = map([row('T-1', ada, 'paid', '10.00'), row('T-1', '', 'paid', '10.00')]);
    expect(codes.filter(([, severity]) => severity === 'error')).toEqual([]);
  });
});

describe('rows of one person with the same number', () => {
  it('say which amount is replaced', () => {
    const { issues } = map([row('T-1', ada, 'paid', '30.00'), row('T-1', ada, 'paid', '20.00')]);
    expect(issues).toEqual([
      [
        2,
        'warning',
        'repeated_pledge',
        'Row 1 has the same number. The two are one pledge, and the filled cells of the later row count. Its amount 30.00 is replaced by 20.00: if they are two payments of one order, add them up in one row (line 2).',
      ],
    ]);
  });
});

describe('a row that repeats another row of its order cell by cell', () => {
  const names = ['Order ID', 'Email', 'Total', 'SKU', 'Qty', 'Line ID'];
  const line = (number: string) => ['A-1', ada, '10.00', 'MUG', '1', number];

  it('counts once where the line has a number', () => {
    const { items, codes } = map([line('7'), line('7'), line('8')], names);
    expect(items).toEqual([[['MUG', 2]]]);
    expect(codes).toEqual([[2, 'warning', 'repeated_row']]);
  });

  it('counts again, with a warning, where it has none', () => {
    const { items, codes } = map([line(''), line('')], names);
    expect(items).toEqual([[['MUG', 2]]]);
    expect(codes).toEqual([[2, 'warning', 'repeated_row']]);
  });
});
