import { describe, expect, it } from 'vitest';
import { decodeItems, encodeItems } from './stored-items.js';

describe('encodeItems', () => {
  const lamp = { productId: '1111', quantity: 1, unitPrice: '59.0000' };
  const hat = { productId: '2222', quantity: 2, unitPrice: null };

  it('writes the same items in the same way, in whatever order they come', () => {
    const text = '{"1111":{"quantity":1,"unitPrice":"59.0000"},"2222":{"quantity":2}}';
    expect(encodeItems([lamp, hat])).toBe(text);
    expect(encodeItems([hat, lamp])).toBe(text);
  });

  it('writes no items as an empty object', () => {
    expect(encodeItems([])).toBe('{}');
  });

  it('refuses a product that is named twice, of which one would be lost', () => {
    expect(() => encodeItems([lamp, hat, lamp])).toThrow('names product 1111 twice');
  });

  it('writes what decodeItems reads', () => {
    expect(decodeItems(JSON.parse(encodeItems([hat, lamp])))).toEqual([lamp, hat]);
    expect(decodeItems({})).toEqual([]);
  });
});
