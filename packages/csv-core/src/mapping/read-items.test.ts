import { describe, expect, it } from 'vitest';
import type { PlatformColumn } from '../header/column-rules.js';
import type { ItemGroup } from '../header/item-columns.js';
import { mapFor } from './map-for.testing.js';

const columns: readonly PlatformColumn[] = [
  { field: 'externalId', headers: ['ID'], required: true },
  { field: 'email', headers: ['Email'] },
  { field: 'currency', headers: ['Currency'] },
];

const indiegogo: ItemGroup = {
  repeat: 'same-names',
  sku: 'Item SKU',
  name: 'Item Name',
  options: ['Option 1', 'Option 2'],
};
const numbered: ItemGroup = {
  repeat: 'numbered',
  sku: 'SKU #{n}',
  name: 'Name #{n}',
  quantity: 'Quantity #{n}',
  unitPrice: 'Price (each) #{n}',
};

function map(group: ItemGroup, headers: readonly string[], ...rows: readonly (readonly string[])[]) {
  const cells = rows.map((row) => ['1', 'ada@example.com', ...row]);
  return mapFor({ columns, itemGroups: [group] }, ['ID', 'Email', ...headers], cells);
}

function itemsOf(group: ItemGroup, headers: readonly string[], row: readonly string[]) {
  const { records, issues } = map(group, headers, row);
  expect(issues).toEqual([]);
  return records[0]?.pledge?.items?.map(({ productKey, quantity }) => [productKey, quantity]);
}

describe('items under repeated headers', () => {
  const names = ['Item Name', 'Item SKU', 'Option 1', 'Option 2'];

  it('are distinguished by position', () => {
    const row = ['Mug', 'MUG', '', '', 'Shirt', 'TEE', 'red', 'L', '', '', '', ''];
    expect(itemsOf(indiegogo, [...names, ...names, ...names], row)).toEqual([
      ['MUG', 1],
      ['TEE - red / L', 1],
    ]);
  });

  it('are added up when they are equal, and are different products with different options', () => {
    const row = ['Shirt', '', 'red', '', 'Shirt', '', 'red', '', 'Shirt', '', 'blue', ''];
    const { records } = map(indiegogo, [...names, ...names, ...names], row);
    expect(records[0]?.pledge?.items).toEqual([
      { kind: 'ITEM', productKey: 'Shirt - red', quantity: 2, unitPrice: null },
      { kind: 'ITEM', productKey: 'Shirt - blue', quantity: 1, unitPrice: null },
    ]);
    expect(records[0]?.products).toMatchObject([
      { name: 'Shirt - red', sku: null },
      { name: 'Shirt - blue', sku: null },
    ]);
  });

  it.each(['.1', '_1', ' (2)', ' 2'])('may have been made unique as in "Item Name%s"', (suffix) => {
    const renamed = names.map((name) => `${name}${suffix}`);
    const row = ['Mug', 'MUG', '', '', 'Hat', 'HAT', 'red', ''];
    expect(itemsOf(indiegogo, [...names, ...renamed], row)).toEqual([
      ['MUG', 1],
      ['HAT - red', 1],
    ]);
  });

  it('need the header without a suffix as well', () => {
    const { records } = map(indiegogo, ['Item Name 2', 'Item SKU 2'], ['Mug', 'MUG']);
    expect(records[0]?.pledge).toMatchObject({
      items: null,
      extra: { 'Item Name 2': 'Mug', 'Item SKU 2': 'MUG' },
    });
  });

  it('without a name and SKU column are kept with the pledge', () => {
    const { records } = map(
      indiegogo,
      [...names, 'Option 1', 'Option 2'],
      ['Mug', 'MUG', '', '', 'red', 'L'],
    );
    expect(records[0]?.pledge?.extra).toEqual({ 'Option 1 (2)': 'red', 'Option 2 (2)': 'L' });
  });

  it('get a warning when an option has no item', () => {
    const { issues, records } = map(indiegogo, names, ['', '', 'red', '']);
    expect(issues).toMatchObject([{ code: 'nameless_item', column: 'Option 1', value: 'red' }]);
    expect(records[0]?.pledge?.items).toEqual([]);
  });
});

describe('items under numbered headers', () => {
  const names = [1, 2, 10].flatMap((n) => [
    `SKU #${n}`,
    `Name #${n}`,
    `Quantity #${n}`,
    `Price (each) #${n}`,
  ]);

  it('have SKU, name, quantity and unit price', () => {
    const row = ['MUG', 'Mug', '3', '5.00 EUR', '', 'Hat', '', '7.00 EUR', '', '', '', ''];
    const { records, issues } = map(numbered, names, row);
    expect(issues).toEqual([]);
    expect(records[0]?.pledge?.items).toEqual([
      { kind: 'ITEM', productKey: 'MUG', quantity: 3, unitPrice: '5.00' },
      { kind: 'ITEM', productKey: 'Hat', quantity: 1, unitPrice: '7.00' },
    ]);
    expect(records[0]?.products).toEqual([
      { kind: 'ITEM', key: 'MUG', name: 'Mug', sku: 'MUG', price: '5.00', currency: 'EUR' },
      { kind: 'ITEM', key: 'Hat', name: 'Hat', sku: null, price: '7.00', currency: 'EUR' },
    ]);
  });

  it('may come in any order and with other spelling', () => {
    const headers = ['QUANTITY #2', 'sku_#1', 'Sku #2', 'quantity  #1'];
    expect(itemsOf(numbered, headers, ['2', 'MUG', 'HAT', '1'])).toEqual([
      ['MUG', 1],
      ['HAT', 2],
    ]);
  });

  it('are left out with a quantity of zero', () => {
    expect(itemsOf(numbered, ['SKU #1', 'Quantity #1'], ['MUG', '0'])).toEqual([]);
  });

  it('name each cell that cannot be read', () => {
    const { rejects } = map(numbered, names, [
      'MUG',
      '',
      'some',
      'lots',
      '1.2E+11',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
    ]);
    expect(rejects[0]?.issues.map(({ code, column }) => [code, column])).toEqual([
      ['invalid_quantity', 'Quantity #1'],
      ['invalid_money', 'Price (each) #1'],
      ['scientific_notation', 'SKU #2'],
    ]);
  });

  it('name the column of a text that is too long', () => {
    const { rejects } = map(numbered, ['SKU #1', 'Name #1'], ['MUG', 'x'.repeat(3_000)]);
    expect(rejects[0]?.issues).toMatchObject([{ code: 'value_too_long', column: 'Name #1' }]);
  });
});
