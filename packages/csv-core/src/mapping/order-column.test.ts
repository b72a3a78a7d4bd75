import { describe, expect, it } from 'vitest';
import { generic } from '../platforms/generic.js';
import { kickstarter } from '../platforms/kickstarter.js';
import { definePlatform } from '../platforms/platform.js';
import { orderColumn } from './order-column.js';

const shop = definePlatform({
  name: 'shop',
  title: 'Shop',
  evidence: 'Made up',
  orderRows: 'blank-after-first',
  columns: [{ field: 'externalId', headers: ['Name'] }],
});

describe('orderColumn', () => {
  it('is the column with the number of the pledge', () => {
    expect(orderColumn(['Email', 'Transaction ID', 'Order Number', 'SKU'], generic)).toEqual({
      orderColumn: 2,
      blankContinues: false,
    });
    expect(orderColumn(['Email', '\ufeffNAME'], shop)).toEqual({ orderColumn: 1, blankContinues: true });
  });

  it('is the column that a person has mapped to the number', () => {
    const columns = [
      { position: 0, as: 'productName' },
      { position: 2, as: 'externalId' },
    ] as const;
    expect(orderColumn(['Ding', 'Order Number', 'Nr.'], generic, columns)).toEqual({
      orderColumn: 2,
      blankContinues: false,
    });
  });

  it('is null in a file without columns for products, in which rows of one order could differ', () => {
    expect(orderColumn(['Order Number', 'Email', 'Amount'], generic)).toBeNull();
  });

  it('is null where every row is an order of its own, or no column has its number', () => {
    expect(orderColumn(['Backer Number', 'Pledged Status'], kickstarter)).toBeNull();
    expect(orderColumn(['Email'], generic)).toBeNull();
  });
});
