import { describe, expect, it } from 'vitest';
import { type Pair, ratio, summarise } from './figures.js';
import type { ImportRun } from './measure-import.js';

function run(importMs: number, apiPeakMb = 100): ImportRun {
  return { importMs, receivedMs: 1, againMs: null, apiPeakMb, workerPeakMb: 1, latencies: null };
}

function pair(theirMs: number, ourMs: number): Pair {
  return {
    workers: 1,
    theirs: run(theirMs),
    ours: run(ourMs, ourMs),
    copyMs: null,
    plainMs: null,
    speed: ratio(theirMs, ourMs),
    againSpeed: null,
  };
}

describe('the summary of pairs', () => {
  it('has medians of times, the highest of memory, and null for what was not measured', () => {
    const { theirs, ours, copyMs } = summarise([pair(10, 8), pair(40, 30), pair(20, 10)]);
    expect(theirs?.importMs).toBe(20);
    expect(ours).toMatchObject({ importMs: 10, apiPeakMb: 30, againMs: null });
    expect(copyMs).toBeNull();
  });

  it('takes the speed from pairs, so that a machine slow for one pair does not tip it', () => {
    // The medians of the times, 37 and 47, would call ours the slower one.
    const { speed } = summarise([pair(114, 88), pair(34, 47), pair(37, 29)]);
    expect(speed).toBeCloseTo(37 / 29);
  });

  it('has no other side where there was none', () => {
    expect(summarise([{ ...pair(1, 1), theirs: null, speed: null }])).toMatchObject({
      theirs: null,
      speed: null,
    });
  });
});
