import { describe, expect, it } from 'vitest';
import { generic } from '../platforms/generic.js';
import { kickstarter } from '../platforms/kickstarter.js';
import { definePlatform } from '../platforms/platform.js';
import { findOrderGrouping } from './find-order-grouping.js';

const shop = definePlatform({
  name: 'shop',
  title: 'Shop',
  evidence: 'Made up',
  orderRows: 'blank-after-first',
  columns: [{ field: 'externalId', headers: ['Name'] }],
});

describe('findOrderGrouping', () => {
  it('is the column that fills the number of the pledge', () => {
    expect(findOrderGrouping(['Email', 'Transaction ID', 'Order Number', 'SKU'], generic)).toMatchObject({
      orderColumn: 2,
      blankContinues: false,
    });
    expect(findOrderGrouping(['Email', '\ufeffNAME'], shop)).toMatchObject({
      orderColumn: 1,
      blankContinues: true,
    });
  });

  it('is what a person says it is', () => {
    const columns = [
      { position: 0, as: 'productName' },
      { position: 2, as: 'externalId' },
    ] as const;
    expect(findOrderGrouping(['Ding', 'Order Number', 'Nr.'], generic, columns)).toMatchObject({
      orderColumn: 2,
      blankContinues: false,
    });
  });

  it('is null where rows that repeat an order could not differ in what was bought', () => {
    expect(findOrderGrouping(['Order Number', 'Email', 'Amount'], generic)).toBeNull();
  });

  it('is null where every row is an order of its own, or no column has its number', () => {
    expect(findOrderGrouping(['Backer Number', 'Pledged Status'], kickstarter)).toBeNull();
    expect(findOrderGrouping(['Email'], generic)).toBeNull();
  });
});
