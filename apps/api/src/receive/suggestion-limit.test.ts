import { detectPlatform } from '@pledgeline/csv-core';
import { createDamageEvidence } from '@pledgeline/csv-core/map';
import type { ReadFile } from '@pledgeline/db';
import { expect, it } from 'vitest';
import { createMemoryBudget } from '../turns/memory-budget.js';
import { limitSuggestions } from './suggestion-limit.js';

const fileWith = (suggestion: string | null): ReadFile => ({
  kind: 'read',
  name: null,
  sheet: null,
  headers: ['Figure'],
  format: { encoding: null, delimiter: null, decimalMark: null, headerLine: 1, titleLines: [] },
  firstRow: 1,
  rowCount: 1,
  platform: null,
  detection: detectPlatform(['Figure']),
  columns: null,
  questions: [],
  suggestion,
  assumptions: [],
  ordersToJoin: null,
  repeats: null,
  dateOrders: [],
  newestDate: null,
  damage: createDamageEvidence([]).result(),
  repair: true,
  isSheet: false,
  fixes: null,
  issues: [],
});

it('Suggestions are kept up to a limit, and as long as the process has memory for them', () => {
  const memory = createMemoryBudget(25, 0);
  const [first, second] = [limitSuggestions(memory, 15), limitSuggestions(memory, 15)];
  const keeps = ({ apply }: typeof first) => apply(fileWith('x'.repeat(10))).suggestion !== null;
  expect([keeps(first), keeps(first), keeps(second)]).toEqual([true, false, true]);
  expect([memory.takeNow(6), memory.takeNow(5) !== null]).toEqual([null, true]);
  first.release();
  expect(memory.takeNow(10)).not.toBeNull();
  expect(memory.takeNow(1)).toBeNull();
});

it('A file without a suggestion needs no memory', () => {
  const { apply } = limitSuggestions(createMemoryBudget(0, 0));
  const file = fileWith(null);
  expect(apply(file)).toBe(file);
});
