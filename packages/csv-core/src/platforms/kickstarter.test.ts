import { describe, expect, it } from 'vitest';
import { resolveColumns } from '../header/resolve-columns.js';
import { mapKeys } from '../map-keys.js';
import { kickstarter } from './kickstarter.js';

const before = [
  'Backer Number',
  'Backer UID',
  'Backer Name',
  'Email',
  'Backing Minimum',
  'Pledge Amount',
  'Pledged At (UTC)',
  'Pledged Status',
  'Notes',
];
const row = [
  '1',
  '901',
  'Ada',
  'ada@example.com',
  '$50.00 USD',
  '$60.00 USD',
  '2025/03/01, 12:00',
  'collected',
  '',
];

function rolesOf(columns: readonly string[]): readonly string[] {
  const headers = [...before, ...columns, 'Survey Response'];
  return resolveColumns(headers, kickstarter)
    .slice(before.length, -1)
    .map(({ role }) => role);
}

describe('columns of a Kickstarter report', () => {
  it('that count the units of an item a second time are kept but not counted', () => {
    expect(rolesOf(['[Addon: 77] ambient one', 'ambient one', 'ambientone Count'])).toEqual([
      'add-on',
      'item',
      'unknown',
    ]);
    expect(rolesOf(['Ambient One', 'AMBIENT-ONE Count'])).toEqual(['item', 'unknown']);
  });

  it('that count an item a second time are found by a question with the SKU and the item', () => {
    expect(rolesOf(['Ambient One', 'A1-BLK Count', 'A1-BLK Ambient One: Which text?'])).toEqual([
      'item',
      'unknown',
      'question',
    ]);
  });

  it('that only look like a second count are counted', () => {
    expect(rolesOf(['Body Count', 'Count', 'Discount'])).toEqual(['item', 'item', 'item']);
    expect(rolesOf(['ambientone Count'])).toEqual(['item']);
  });

  it('that ask something about an item are questions in any place', () => {
    const question =
      "ambientone ambient one engraving: We're exploring ways to personalise each unit.  Respond";
    expect(rolesOf(['ambient one', question])).toEqual(['item', 'question']);
    expect(rolesOf([question, 'ambientone Count'])).toEqual(['question', 'item']);
  });

  it('with a colon in their name may be items', () => {
    expect(rolesOf(['Catan: Seafarers', 'Catan'])).toEqual(['item', 'item']);
  });

  it('give each unit exactly once, and each answer', () => {
    const headers = [
      ...before,
      '[Addon: 77] ambient one',
      'ambient one',
      'ambientone Count',
      'ambientone ambient one: Which text?',
      'Survey Response',
    ];
    const { records, issues } = mapKeys(headers, [[...row, '1', '2', '2', 'To Bo', '']]);
    expect(issues).toEqual([]);
    expect(records[0]?.pledge?.items?.slice(1)).toEqual([
      { kind: 'ADD_ON', productKey: '77', quantity: 1, unitPrice: null },
      { kind: 'ITEM', productKey: 'ambient one', quantity: 2, unitPrice: null },
    ]);
    expect(records[0]?.pledge?.extra).toEqual({ 'ambientone Count': '2' });
    expect(records[0]?.survey?.answers).toMatchObject([
      { question: 'ambientone ambient one: Which text?', answer: 'To Bo' },
    ]);
  });
});
