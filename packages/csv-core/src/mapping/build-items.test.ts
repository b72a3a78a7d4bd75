import { describe, expect, it } from 'vitest';
import { mapKeys } from '../map-keys.js';
import type { MappedRecord } from '../schemas/mapped-record.js';

/** The record of a one-row file given as header to cell. */
function recordOf(cells: Readonly<Record<string, string>>, platform = 'generic'): MappedRecord {
  const row = { 'Order ID': '1', Email: 'ada@example.com', ...cells };
  const { records, rejects } = mapKeys(Object.keys(row), [Object.values(row)], { platform });
  const [record] = records;
  if (!record) throw new Error(`rejected: ${JSON.stringify(rejects)}`);
  return record;
}

const kickstarterRow = {
  'Backer Number': '1',
  'Pledged Status': 'collected',
  'Pledge Amount': '$60.00 USD',
};

describe('the reward of a pledge', () => {
  it('has its id as key and its title as name', () => {
    const { pledge, products } = recordOf({
      'Reward ID': '0042',
      Reward: 'Box',
      'Reward Price': '59.00 EUR',
    });
    expect(products).toEqual([
      { kind: 'REWARD', key: '0042', name: 'Box', sku: null, price: '59.00', currency: 'EUR' },
    ]);
    expect(pledge?.items).toEqual([{ kind: 'REWARD', productKey: '0042', quantity: 1, unitPrice: '59.00' }]);
  });

  it('has its title as key where there is no id', () => {
    expect(recordOf({ 'Reward ID': '', Reward: 'Box' }).products).toMatchObject([
      { key: 'Box', name: 'Box' },
    ]);
  });

  it('has a name even when the file has only its id', () => {
    expect(recordOf({ 'Reward ID': '42' }).products).toMatchObject([{ key: '42', name: 'Reward 42' }]);
  });

  it.each(['$59.00 USD', '$59 USD', 'USD 59.0'])(
    'has its minimum %j as key where there is nothing else',
    (minimum) => {
      const { products } = recordOf({ ...kickstarterRow, 'Reward Minimum': minimum }, 'kickstarter');
      expect(products).toMatchObject([{ key: 'minimum:59 USD', name: 'Reward of 59 USD' }]);
    },
  );

  it('is left out when its columns are blank and its minimum is zero', () => {
    const blank = { ...kickstarterRow, 'Reward Minimum': '$0.00 USD', 'Reward ID': '' };
    expect(recordOf(blank, 'kickstarter').pledge?.items).toEqual([]);
    expect(
      recordOf({ ...kickstarterRow, 'Reward Minimum': '$0.00 USD' }, 'kickstarter').pledge?.items,
    ).toEqual([]);
  });

  it('makes the items unknown, not empty, in a file without columns for it', () => {
    expect(recordOf(kickstarterRow, 'kickstarter').pledge?.items).toBeNull();
  });
});

describe('the product of a row', () => {
  it('has its SKU as key, else its name, and the quantity of the row', () => {
    const record = recordOf({ SKU: '007', Product: 'Mug', Qty: '3', Price: '5.00', Currency: 'EUR' });
    expect(record.products).toEqual([
      { kind: 'ITEM', key: '007', name: 'Mug', sku: '007', price: '5.00', currency: 'EUR' },
    ]);
    expect(record.pledge?.items).toEqual([
      { kind: 'ITEM', productKey: '007', quantity: 3, unitPrice: '5.00' },
    ]);
    expect(recordOf({ SKU: '', Product: 'Mug' }).products).toMatchObject([{ key: 'Mug', sku: null }]);
    expect(recordOf({ SKU: '007' }).products).toMatchObject([{ key: '007', name: '007' }]);
  });

  it('takes the quantity, so that the reward of the row is one unit', () => {
    expect(recordOf({ Reward: 'Box', SKU: '007', Qty: '3' }).pledge?.items).toMatchObject([
      { kind: 'REWARD', quantity: 1 },
      { kind: 'ITEM', quantity: 3 },
    ]);
  });

  it('is left out with a quantity of zero', () => {
    expect(recordOf({ SKU: '007', Qty: '0' })).toMatchObject({ products: [], pledge: { items: [] } });
  });
});

describe('count columns', () => {
  const headers = [...Object.keys(kickstarterRow), 'Notes'];
  const cells = [...Object.values(kickstarterRow), ''];

  function itemsOf(columns: readonly (readonly [header: string, cell: string])[]) {
    const mapped = mapKeys(
      [...headers, ...columns.map(([header]) => header), 'Survey Response'],
      [[...cells, ...columns.map(([, cell]) => cell), '']],
      { platform: 'kickstarter' },
    );
    expect(mapped.rejects).toEqual([]);
    return mapped.records[0];
  }

  it('of one product are added up', () => {
    const record = itemsOf([
      ['Map', '1'],
      ['[Addon: 7] Dice', '2'],
      ['Map', '3'],
      ['[Addon: 7] Dice (blue)', '1'],
    ]);
    expect(record?.pledge?.items).toEqual([
      { kind: 'ITEM', productKey: 'Map', quantity: 4, unitPrice: null },
      { kind: 'ADD_ON', productKey: '7', quantity: 3, unitPrice: null },
    ]);
    expect(record?.products).toHaveLength(2);
  });

  it('that are blank or zero add nothing', () => {
    expect(
      itemsOf([
        ['Map', ''],
        ['Box', '0'],
        ['Bag', ' 0 '],
      ])?.pledge?.items,
    ).toEqual([]);
  });

  it('with words are read as questions: the words are kept, but not `No response`', () => {
    const record = itemsOf([
      ['Colour', 'Sea green'],
      ['Size', 'No response'],
    ]);
    expect(record?.pledge?.items).toEqual([]);
    expect(record?.survey).toEqual({
      answeredAt: null,
      answers: [{ position: 4, question: 'Colour', answer: 'Sea green' }],
    });
  });
});
