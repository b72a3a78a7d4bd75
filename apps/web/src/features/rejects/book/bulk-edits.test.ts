import { describe, expect, it } from 'vitest';
import { type BulkEdit, changeCell } from './bulk-edits.js';

const change =
  (edit: BulkEdit, field: Parameters<typeof changeCell>[2] = null) =>
  (cell: string) =>
    changeCell(cell, edit, field);

describe('A change of cells', () => {
  it('writes dates so that they say themselves which number is the day, and leaves what is no date', () => {
    const first = change({ kind: 'dateOrder', order: 'dmy' }, 'date');
    expect(first('03/04/2024')).toBe('2024-04-03');
    expect(first(' 03/04/2024 10:30 ')).toBe('2024-04-03T10:30:00.000Z');
    expect(change({ kind: 'dateOrder', order: 'mdy' }, 'date')('03/04/2024')).toBe('2024-03-04');
    expect(first('soon')).toBe('soon');
    expect(first('')).toBe('');
  });

  it('gives amounts a currency in place of the one that they have, and cells of currencies its code', () => {
    const euro = { kind: 'currency', code: 'EUR' } as const;
    expect(change(euro, 'amount')('$1,234.50 USD')).toBe('1,234.50 EUR');
    expect(change(euro, 'amount')('(5.00)')).toBe('(5.00) EUR');
    expect(change(euro, 'amount')('nothing')).toBe('nothing');
    expect(change(euro, 'currency')('Euros')).toBe('EUR');
  });

  it('writes a country, trims, and sets a value', () => {
    expect(change({ kind: 'country', code: 'DE' })('Germoney')).toBe('DE');
    expect(change({ kind: 'trim' })(' a b\u00a0')).toBe('a b');
    expect(change({ kind: 'set', value: '1' })('one')).toBe('1');
  });

  it('replaces a part of cells, or whole ones, and takes no text for a pattern', () => {
    const part = { kind: 'replace', find: '(at)', by: '$&@', isWhole: false } as const;
    expect(change(part)('a(at)b(at)c')).toBe('a$&@b$&@c');
    expect(change({ ...part, find: '' })('abc')).toBe('abc');
    const whole = { kind: 'replace', find: 'none', by: '', isWhole: true } as const;
    expect(change(whole)(' none ')).toBe('');
    expect(change(whole)('none of it')).toBe('none of it');
  });
});
