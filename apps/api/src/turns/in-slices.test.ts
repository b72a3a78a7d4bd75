import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inSlices } from './in-slices.js';

/** Holds the processor for a few milliseconds in each step. */
function* longSteps(count: number, onStep: () => void): Generator<void, string> {
  for (let step = 0; step < count; step += 1) {
    for (const begun = performance.now(); performance.now() - begun < 4; );
    onStep();
    yield;
  }
  return 'done';
}

it('A long computation lets others run in between, and several of them take turns', async () => {
  let steps = 0;
  let mostAtOnce = 0;
  let isDone = false;
  const onStep = () => {
    steps += 1;
  };
  const all = Promise.all([1, 2, 3].map(() => inSlices(longSteps(20, onStep)))).finally(() => {
    isDone = true;
  });
  // Each begins at once; from then on there is one slice in each turn of the event loop.
  steps = 0;
  while (!isDone) {
    await nextTurn();
    mostAtOnce = Math.max(mostAtOnce, steps);
    steps = 0;
  }
  expect(await all).toEqual(['done', 'done', 'done']);
  expect(mostAtOnce).toBeGreaterThan(0);
  expect(mostAtOnce).toBeLessThanOrEqual(4);
});

it('An error of a step is the error of the computation', async () => {
  const broken = new Error('broken');
  const steps = longSteps(2, () => {
    throw broken;
  });
  await expect(inSlices(steps)).rejects.toBe(broken);
});
