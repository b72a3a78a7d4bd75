import { describe, expect, it } from 'vitest';
import type { CellTrait } from '../fields/column-profile.js';
import { collectCells } from './column-cells.js';
import { createProfiler } from './column-profile.js';

function shareOf(trait: CellTrait, ...cells: readonly string[]): number {
  return createProfiler().profile(collectCells(cells)).share(trait);
}

describe('createProfiler', () => {
  it.each([
    ['email', ['ada@example.com', 'Ada <ada@example.com>']],
    ['money', ['5', '1.234,50 €', '$ 5', '(12.00)']],
    ['price', ['10.00', '5 USD', '¥500', '１，０００円']],
    ['currency', ['USD', 'eur', '€']],
    ['country', ['DE', 'Deutschland', 'United States', '日本']],
    ['date', ['2024-03-01', '03/04/2024', '2024年3月1日', 'Mar 3, 2024']],
    ['count', ['0', '2', '2x', '2.0']],
    ['phone', ['+49 30 123456', '(02) 9999 0000', '="02079460000"']],
    ['postalCode', ['10115', 'EC1A 1BB', '12345-678', '〒100-0001', '00-950', '="00971"']],
    ['yesNo', ['yes', 'no', 'Oui', 'TRUE']],
    ['statusWord', ['Paid', 'on-hold', 'bezahlt', '支払い済み']],
    ['fulfillmentWord', ['Fulfilled', 'not shipped']],
    ['code', ['A-1001', '#1001', 'PBID003315433']],
    ['personName', ['Ada Lovelace', 'Jean-Luc O’Neil', '山田 太郎']],
    ['word', ['Lovelace', 'Köln', '東京']],
    ['street', ['12 Main Street', 'Lindenallee 7', 'Rua A, 12\nFundos', '東京都千代田区1-1']],
    ['longText', ['x'.repeat(61), 'y'.repeat(10_000)]],
    ['link', ['https://example.com/a', 'www.example.com']],
  ] as const)('finds the trait %s in cells that have it', (trait, cells) => {
    for (const cell of cells) expect([cell, shareOf(trait, cell)]).toEqual([cell, 1]);
  });

  it.each([
    ['date', ['12345', '1001', 'Ada', '13.50']],
    ['price', ['2024-03-01', '12', 'A-1']],
    ['phone', ['2024-03-01', '12.50', '7']],
    ['personName', ['Ada', '12 Main Street', 'ada@example.com']],
    ['country', ['Ada Lovelace', '12']],
  ] as const)('does not find the trait %s in other cells', (trait, cells) => {
    for (const cell of cells) expect([cell, shareOf(trait, cell)]).toEqual([cell, 0]);
  });

  it('counts filled cells and different texts', () => {
    const profile = createProfiler().profile(collectCells(['1', ' ', '1', '2', '']));
    expect(profile).toMatchObject({ rows: 5, filled: 3, distinct: 2 });
    expect(profile.count('count')).toBe(3);
    expect(
      createProfiler()
        .profile(collectCells(['', '']))
        .share('email'),
    ).toBe(0);
  });

  it('finds countries after a few cells that are not countries, but not after many', () => {
    const names = Array.from({ length: 20 }, (_, index) => `Nowhere ${'abcdefghijklmnopqrst'.charAt(index)}`);
    expect(shareOf('country', ...names.slice(0, 5), 'France')).toBeCloseTo(1 / 6);
    expect(shareOf('country', ...names, 'France')).toBe(0);
  });
});
