import { detectPlatform } from '@pledgeline/csv-core';
import { createDamageEvidence } from '@pledgeline/csv-core/map';
import type { ReadFile } from '@pledgeline/db';
import { expect, it } from 'vitest';
import { createMemoryBudget } from '../turns/memory-budget.js';
import { countFiles } from './held-files.js';

const MB = 1024 ** 2;
const wide = Array.from({ length: 2_000 }, (_, n) => `Figure ${n}`.padEnd(100, 'x'));
const fileWith = (headers: readonly string[], suggestion: string | null = null): ReadFile => ({
  kind: 'read',
  name: null,
  sheet: null,
  headers,
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

it('What is kept of the files of an upload takes memory from the others once it is more than a megabyte', async () => {
  const memory = createMemoryBudget(10 * MB, 20);
  const [first, second] = [countFiles(memory, 6 * MB), countFiles(memory, 6 * MB)];
  for (let n = 0; n < 1_000; n += 1) await first.hold(fileWith(['Order ID'], 'x'.repeat(MB)));
  expect(memory.takeNow(10 * MB)?.()).toBeUndefined();
  for (let n = 0; n < 5; n += 1) await first.hold(fileWith(wide));
  expect(memory.takeNow(5 * MB)).toBeNull();
  const fill = async () => {
    for (let n = 0; n < 5; n += 1) await second.hold(fileWith(wide));
  };
  await expect(fill()).rejects.toMatchObject({ code: 'too_little_memory' });
  first.release();
  await expect(fill()).resolves.toBeUndefined();
  second.release();
  expect(memory.takeNow(10 * MB)).not.toBeNull();
});

it('An archive whose files have too many columns is refused, however small it is, and the message says how many', async () => {
  const files = countFiles(createMemoryBudget(10 * MB, 0), 2 * MB);
  const fill = async () => {
    for (let n = 0; n < 10; n += 1) await files.hold(fileWith(wide));
  };
  await expect(fill()).rejects.toMatchObject({
    code: 'header_too_long',
    message: expect.stringMatching(/have \d+000 columns/),
  });
});
