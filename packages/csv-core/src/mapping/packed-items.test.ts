import { describe, expect, it } from 'vitest';
import { readPackedItems } from './packed-items.js';

describe('readPackedItems', () => {
  it('reads all items of an order, with the parts that they have', () => {
    expect(readPackedItems('name:Lamp|sku:LAMP|quantity:2|total:8.00;name:Wick|quantity:1')).toEqual([
      { name: 'Lamp', sku: 'LAMP', quantity: '2' },
      { name: 'Wick', sku: '', quantity: '1' },
    ]);
  });

  it('takes separators within a name for text', () => {
    expect(
      readPackedItems('name:Lamp; big | red: best\\;x|sku:L-1|quantity:1; name:Wick|quantity:3;'),
    ).toEqual([
      { name: 'Lamp; big | red: best;x', sku: 'L-1', quantity: '1' },
      { name: 'Wick', sku: '', quantity: '3' },
    ]);
  });

  it('leaves out other parts, whatever their names', () => {
    expect(readPackedItems('name:Shirt|quantity:2|Größe:M|meta:size=M,colour=red')).toEqual([
      { name: 'Shirt', sku: '', quantity: '2' },
    ]);
  });

  it('reads the same items from JSON', () => {
    expect(readPackedItems('[{"name":"Lamp","sku":"LAMP","quantity":2,"meta":{}},{"sku":"W"}]')).toEqual([
      { name: 'Lamp', sku: 'LAMP', quantity: '2' },
      { name: '', sku: 'W', quantity: '' },
    ]);
  });

  it.each(['Lamp x 2', 'quantity:2|total:8.00', '[1]', '[', '[]', ';'])('does not read %j', (text) => {
    expect(readPackedItems(text)).toBeNull();
  });
});
