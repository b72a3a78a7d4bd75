import { describe, expect, it } from 'vitest';
import { findPlatform } from '../platforms/index.js';
import { createDecimalEvidence } from './decimal-evidence.js';

const headers = ['Order ID', 'Email', 'Total', 'Notes'];
const generic = findPlatform('generic') ?? null;

function evidenceOf(totals: readonly string[], platform = generic) {
  const evidence = createDecimalEvidence(headers, platform);
  for (const total of totals) evidence.add(['A-1', 'a@example.com', total, '1,5']);
  return evidence.result();
}

describe('createDecimalEvidence', () => {
  it.each([
    [['10,50', '1.500'], ','],
    [['1.500', '10.50'], '.'],
    [['1.500'], null],
    [['10,50', '10.50'], null],
    [[], null],
  ])('finds in the amounts %j the decimal mark %j', (totals, mark) => {
    expect(evidenceOf(totals)).toBe(mark);
  });

  it('finds the decimal mark that the platform always writes, where that is known', () => {
    expect(evidenceOf(['10,50'], findPlatform('kickstarter') ?? null)).toBe('.');
  });

  it('finds nothing in an unknown file until a person has mapped its amounts', () => {
    expect(createDecimalEvidence(['a', 'b'], null).result()).toBeNull();
    const evidence = createDecimalEvidence(['a', 'b'], generic, [{ position: 1, as: 'amount' }]);
    evidence.add(['1.5', '2,50']);
    expect(evidence.result()).toBe(',');
  });
});
