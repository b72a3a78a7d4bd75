import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delayBeforeNext, maxAttempts } from './schedule.js';

const seconds = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/** Values that `Math.random` may return. */
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const failed = fc.integer({ min: 1, max: maxAttempts - 1 });

function plannedMs(attempts: number): number {
  return (seconds[attempts] ?? Number.NaN) * 1_000;
}

describe('The schedule of attempts at a delivery', () => {
  it('is the one of Standard Webhooks: ten attempts in about 75 hours', () => {
    expect(maxAttempts).toBe(10);
    const waits = Array.from({ length: maxAttempts }, (_, failures) =>
      delayBeforeNext(failures, null, () => 0),
    );
    expect(waits).toEqual(seconds.map((each) => each * 1_000));
    const total = waits.reduce((sum: number, wait) => sum + (wait ?? 0), 0);
    expect(Math.floor(total / 3_600_000)).toBe(75);
  });

  it('is never early, and at most a tenth late', () => {
    fc.assert(
      fc.property(failed, chance, (attempts, random) => {
        const wait = delayBeforeNext(attempts, null, () => random) ?? Number.NaN;
        expect(wait).toBeGreaterThanOrEqual(plannedMs(attempts));
        expect(wait).toBeLessThanOrEqual(plannedMs(attempts) * 1.1);
        expect(Number.isInteger(wait)).toBe(true);
      }),
    );
  });

  it('waits as long as the receiver asks or as planned, whichever is longer', () => {
    const asked = fc.integer({ min: 0, max: 86_400_000 });
    fc.assert(
      fc.property(failed, asked, chance, (attempts, retryAfterMs, random) => {
        const wait = delayBeforeNext(attempts, retryAfterMs, () => random) ?? Number.NaN;
        expect(wait).toBeGreaterThanOrEqual(retryAfterMs);
        expect(wait).toBeLessThanOrEqual(Math.max(plannedMs(attempts) * 1.1, retryAfterMs));
      }),
    );
  });

  it('spreads deliveries that failed at the same moment', () => {
    const waits = new Set(Array.from({ length: 50 }, () => delayBeforeNext(3, null)));
    expect(waits.size).toBeGreaterThan(40);
  });

  it('ends after the tenth attempt, whatever the receiver asks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 1_000 }), fc.option(fc.nat()), (attempts, retryAfterMs) => {
        expect(delayBeforeNext(attempts, retryAfterMs)).toBeNull();
      }),
    );
  });
});
