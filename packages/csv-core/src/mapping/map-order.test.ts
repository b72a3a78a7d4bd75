import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlatformColumn } from '../header/column-rules.js';
import { mapKeys } from '../map-keys.js';
import { importedRowsOf } from './imported-rows.testing.js';
import { mapFor } from './map-for.testing.js';

const columns: readonly PlatformColumn[] = [
  { field: 'externalId', headers: ['Name'], required: true },
  { field: 'email', headers: ['Email'] },
  { field: 'amount', headers: ['Total'] },
  { field: 'currency', headers: ['Currency'] },
  { field: 'notes', headers: ['Notes'] },
  { field: 'rewardTitle', headers: ['Reward'] },
  { field: 'productSku', headers: ['SKU'] },
  { field: 'productPrice', headers: ['Price'] },
  { field: 'quantity', headers: ['Quantity'] },
];
const headers = ['Name', 'Email', 'Currency', 'Total', 'SKU', 'Quantity', 'Price', 'Colour'];

type OrderRows = 'repeated' | 'blank-after-first';

function map(
  rows: readonly (readonly string[])[],
  orderRows: OrderRows = 'blank-after-first',
  names = headers,
) {
  return mapFor({ columns, orderRows }, names, rows, { lines: rows.map((_, index) => 10 + 2 * index) });
}

describe('rows of one order', () => {
  it('are one record with the items of all rows', () => {
    const mapped = map([
      ['#1', 'ada@example.com', 'EUR', '30.00', 'MUG', '1', '5.00', 'red'],
      ['#1', '', '', '', 'HAT', '2', '10.00', ''],
      ['', '', '', '', 'MUG', '1', '5.00', ''],
      ['#2', 'bob@example.com', 'USD', '5.00', 'MUG', '1', '5.00', ''],
    ]);
    expect(mapped.issues).toEqual([]);
    expect(mapped.importedRows).toBe(4);
    expect(mapped.records).toMatchObject([
      { row: 1, line: 10, rowCount: 3, pledge: { externalId: '#1', amount: '30.00', currency: 'EUR' } },
      { row: 4, line: 16, rowCount: 1, pledge: { externalId: '#2', currency: 'USD' } },
    ]);
    expect(mapped.records[0]?.pledge?.items).toEqual([
      { kind: 'ITEM', productKey: 'MUG', quantity: 2, unitPrice: '5.00' },
      { kind: 'ITEM', productKey: 'HAT', quantity: 2, unitPrice: '10.00' },
    ]);
  });

  it('may write their number in different ways', () => {
    const { records, issues } = map(
      [
        ['00123', 'ada@example.com', 'EUR', '30.00', 'MUG', '1', '', ''],
        ['="00123"', '', '', '', 'HAT', '1', '', ''],
        ["'00123", '', '', '', 'BAG', '1', '', ''],
      ],
      'repeated',
    );
    expect(issues).toEqual([]);
    expect(records).toMatchObject([
      {
        rowCount: 3,
        pledge: {
          externalId: '00123',
          items: [{ productKey: 'MUG' }, { productKey: 'HAT' }, { productKey: 'BAG' }],
        },
      },
    ]);
  });

  it('are read in the currency of their order', () => {
    const { records } = map([
      ['#1', 'ada@example.com', 'EUR', '30.00', 'MUG', '1', '5.00', ''],
      ['', '', '', '', 'HAT', '2', '10.00', ''],
      ['#2', 'ada@example.com', '', '5.00', 'BOX', '1', '5.00', ''],
    ]);
    expect(records.flatMap(({ products }) => products.map(({ currency }) => currency))).toEqual([
      'EUR',
      'EUR',
      null,
    ]);
  });

  it('keep the different texts of all rows in unknown columns', () => {
    const { records } = map([
      ['#1', 'ada@example.com', '', '', 'MUG', '1', '', 'red'],
      ['#1', '', '', '', 'HAT', '1', '', 'blue'],
      ['#1', '', '', '', 'BAG', '1', '', 'red'],
    ]);
    expect(records[0]?.pledge?.extra).toEqual({ Colour: 'red\nblue' });
  });

  it('are all rejected when one row is, each with a reason', () => {
    const rows = [
      ['#1', 'ada@example.com', 'EUR', '30.00', 'MUG', '1', '5.00', ''],
      ['', '', '', '', 'HAT', 'two', 'lots', ''],
      ['#2', 'bob@example.com', 'EUR', '5.00', 'MUG', '1', '5.00', ''],
    ];
    const { records, rejects, importedRows } = map(rows);
    expect(records.map(({ row }) => row)).toEqual([3]);
    expect(importedRows).toBe(1);
    expect(rejects.map(({ row, line, cells }) => [row, line, cells])).toEqual([
      [1, 10, rows[0]],
      [2, 12, rows[1]],
    ]);
    expect(rejects[0]?.issues).toMatchObject([{ code: 'order_rejected', line: 10 }]);
    expect(rejects[0]?.issues[0]?.message).toContain('Line 12 of the same order');
    expect(rejects[1]?.issues.map(({ code }) => code).sort()).toEqual(['invalid_money', 'invalid_quantity']);
  });

  it('are rejected with the error in the first row when the order itself is wrong', () => {
    const { rejects } = map([
      ['', 'ada@example.com', '', '', 'MUG', '1', '', ''],
      ['', '', '', '', 'HAT', '1', '', ''],
    ]);
    expect(rejects.map(({ issues }) => issues.map(({ code, column }) => [code, column]))).toEqual([
      [['missing_value', 'Name']],
      [['order_rejected', null]],
    ]);
  });

  it('have the error in the row to correct when their record is not valid', () => {
    const { rejects } = map([
      ['#1', 'ada@example.com', '', '', 'MUG', '1', '', ''],
      ['#1', '', '', '', 'x'.repeat(600), '1', '', ''],
    ]);
    expect(rejects.map(({ issues }) => issues.map(({ code }) => code))).toEqual([
      ['order_rejected'],
      ['value_too_long', 'value_too_long', 'value_too_long'],
    ]);
  });

  it('get a warning when they contradict each other, once for each column', () => {
    const { issues, records } = map(
      [
        ['#1', 'ada@example.com', 'EUR', '30.00', 'MUG', '1', '', ''],
        ['#1', 'ada@example.com', 'EUR', '40.00', 'HAT', '1', '', ''],
        ['#1', 'ada@example.com', 'EUR', '50.00', 'BAG', '1', '', ''],
      ],
      'repeated',
    );
    expect(issues.map(({ row, code, column, value }) => [row, code, column, value])).toEqual([
      [2, 'differing_rows', 'Total', '40.00'],
    ]);
    expect(records).toMatchObject([{ backer: { email: 'ada@example.com' }, pledge: { amount: '30.00' } }]);
  });

  it('are a repeated pledge when another order stands between them', () => {
    const { issues, records } = map(
      [
        ['#1', 'ada@example.com', '', '', 'MUG', '1', '', ''],
        ['#2', 'bob@example.com', '', '', 'MUG', '1', '', ''],
        ['#1', 'ada@example.com', '', '', 'HAT', '1', '', ''],
      ],
      'repeated',
    );
    expect(records).toHaveLength(3);
    expect(issues).toMatchObject([{ row: 3, code: 'repeated_pledge', value: '#1' }]);
  });

  it('need a number where each row repeats it: rows without one are not an order', () => {
    const { rejects } = map(
      [
        ['', 'ada@example.com', '', '', 'MUG', '1', '', ''],
        ['', 'bob@example.com', '', '', 'MUG', '1', '', ''],
      ],
      'repeated',
    );
    expect(rejects.map(({ issues }) => issues[0]?.code)).toEqual(['missing_value', 'missing_value']);
  });
});

describe('the reward of an order', () => {
  const names = ['Name', 'Email', 'Reward', 'SKU', 'Quantity'];
  const itemsOf = (columnsOf: readonly string[], rows: readonly (readonly string[])[]) =>
    map(rows, 'repeated', [...columnsOf]).records.map(({ pledge }) =>
      pledge?.items?.map(({ productKey, quantity }) => [productKey, quantity]),
    );

  it('counts once, however many rows repeat it', () => {
    const rows = [
      ['#1', 'ada@example.com', 'Box', 'MUG', '2'],
      ['#1', 'ada@example.com', 'Box', 'HAT', '1'],
      ['#1', 'ada@example.com', 'Bag', 'MUG', '1'],
    ];
    expect(itemsOf(names, rows)).toEqual([
      [
        ['Box', 1],
        ['MUG', 3],
        ['HAT', 1],
        ['Bag', 1],
      ],
    ]);
  });

  it('counts in every row where no other column names a product', () => {
    const rows = [
      ['#1', 'ada@example.com', 'Box', '2'],
      ['#1', 'ada@example.com', 'Bag', '1'],
      ['#1', 'ada@example.com', 'Box', '1'],
    ];
    expect(itemsOf(['Name', 'Email', 'Reward', 'Quantity'], rows)).toEqual([
      [
        ['Box', 3],
        ['Bag', 1],
      ],
    ]);
  });

  it('counts once when two rows repeat it in a list without quantities', () => {
    const rows = [
      ['#1', 'ada@example.com', 'Box'],
      ['#1', 'ada@example.com', 'Box'],
    ];
    expect(itemsOf(['Name', 'Email', 'Reward'], rows)).toEqual([[['Box', 1]]]);
  });
});

describe('a generic file', () => {
  it('with products gives one pledge for the rows of one order', () => {
    const { records, issues } = mapKeys(
      ['Order ID', 'Email', 'SKU'],
      [
        ['1', 'ada@example.com', 'MUG'],
        ['1', 'ada@example.com', 'HAT'],
      ],
    );
    expect(issues).toEqual([]);
    expect(records).toMatchObject([
      { rowCount: 2, pledge: { items: [{ productKey: 'MUG' }, { productKey: 'HAT' }] } },
    ]);
  });

  it('without products gives a repeated pledge for two rows with the same number', () => {
    const rows = [
      ['1', 'ada@example.com', '5.00'],
      ['1', 'ada@example.com', '6.00'],
    ];
    const { records, issues } = mapKeys(['Order ID', 'Email', 'Total'], rows);
    expect(records).toHaveLength(2);
    expect(issues.map(({ code }) => code)).toEqual(['repeated_pledge']);
  });
});

describe('mapping any rows with several rows per order', () => {
  const cell = (...texts: readonly string[]) => fc.constantFrom(...texts);
  const row = fc.tuple(
    cell('', '#1', '#1', '#2', '#3'),
    cell('', 'ada@example.com', 'nobody'),
    cell('', 'EUR', 'USD'),
    cell('', '5.00', '6.00', 'lots'),
    cell('', 'MUG', 'HAT'),
    cell('', '1', '2', '0', 'two'),
    cell('', '5.00'),
    cell('', 'red', 'blue'),
  );
  const file = fc.record({
    rows: fc.array(row, { maxLength: 12 }),
    orderRows: fc.constantFrom<OrderRows>('repeated', 'blank-after-first'),
  });

  it('makes each row part of a record, a reject with an error, or left out, and never splits an order', () => {
    fc.assert(
      fc.property(file, ({ rows, orderRows }) => {
        const mapped = map(rows, orderRows);
        const { rejects, leftOut } = mapped;
        const imported = importedRowsOf(mapped);
        expect(mapped.importedRows).toBe(imported.length);
        const others = [...rejects, ...leftOut].map((one) => one.row);
        const all = [...imported, ...others].sort((a, b) => a - b);
        expect(all).toEqual(rows.map((_, index) => index + 1));
        for (const { issues } of rejects)
          expect(issues.some(({ severity }) => severity === 'error')).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('counts every unit exactly once', () => {
    fc.assert(
      fc.property(file, ({ rows, orderRows }) => {
        const { records, rejects, leftOut } = map(rows, orderRows);
        const refused = new Set([...rejects, ...leftOut].map((one) => one.row));
        const units = rows.reduce((sum, [, , , , sku, quantity], index) => {
          const counts = !refused.has(index + 1) && sku !== '';
          return counts ? sum + (quantity === '' ? 1 : Number(quantity)) : sum;
        }, 0);
        const items = records.flatMap(({ pledge }) => pledge?.items ?? []);
        expect(items.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(units);
      }),
      { numRuns: 1_000 },
    );
  });
});
