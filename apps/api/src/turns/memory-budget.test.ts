import { describe, expect, it } from 'vitest';
import { createMemoryBudget } from './memory-budget.js';

const isWaiting = async (turn: Promise<unknown>) =>
  (await Promise.race([turn, new Promise((resolve) => setImmediate(resolve, 'waits'))])) === 'waits';

describe('A memory budget', () => {
  it('is given out to its end, and then to those who wait, in their order', async () => {
    const budget = createMemoryBudget(100, 10_000);
    const first = await budget.take(60);
    const large = budget.take(80);
    const small = budget.take(10);
    expect(await isWaiting(large)).toBe(true);
    // It would fit, but then the large one could wait for ever.
    expect(await isWaiting(small)).toBe(true);
    expect(budget.takeNow(10)).toBeNull();
    first();
    expect(await isWaiting(large)).toBe(false);
    expect(await isWaiting(small)).toBe(false);
    expect(budget.takeNow(11)).toBeNull();
    expect(budget.takeNow(10)).not.toBeNull();
  });

  it('is given back once, however often that is said', async () => {
    const budget = createMemoryBudget(100, 10_000);
    const first = await budget.take(50);
    await budget.take(50);
    first();
    first();
    expect(budget.takeNow(60)).toBeNull();
    expect(budget.takeNow(50)).not.toBeNull();
  });

  it('is given as a whole to whoever needs more than all of it', async () => {
    const budget = createMemoryBudget(100, 10_000);
    const first = await budget.take(1);
    const huge = budget.take(1_000);
    expect(await isWaiting(huge)).toBe(true);
    first();
    expect(await isWaiting(huge)).toBe(false);
    expect(budget.takeNow(1)).toBeNull();
  });

  it('is not waited for by a request that has taken of it itself, when nobody else has', async () => {
    const budget = createMemoryBudget(100, 10_000);
    const other = await budget.take(10);
    const one = budget.forOne();
    await one.take(60);
    const more = one.take(80);
    expect(await isWaiting(more)).toBe(true);
    other();
    expect(await isWaiting(more)).toBe(false);
    expect(budget.takeNow(1)).toBeNull();
  });

  it('refuses whoever waits too long, with the time to wait, and lets those behind pass', async () => {
    const budget = createMemoryBudget(100, 50);
    await budget.take(60);
    const large = budget.take(70 * 1024 ** 2);
    const small = budget.take(40);
    await expect(large).rejects.toMatchObject({
      code: 'too_little_memory',
      headers: { 'retry-after': '5' },
      message: expect.stringContaining('takes 70 MB of memory'),
    });
    await expect(small).resolves.toBeTypeOf('function');
  });
});
