import { setImmediate as otherWork } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createQuarantine } from './quarantine.js';

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await otherWork();
};

describe('createQuarantine', () => {
  it('runs work that is to be alone beside nothing, and all work in the end', async () => {
    const job = fc.record({
      isAlone: fc.boolean(),
      begins: fc.nat(8),
      takes: fc.nat(4),
      fails: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(job, { maxLength: 12 }), async (jobs) => {
        const quarantine = createQuarantine();
        let together = 0;
        let alone = 0;
        let done = 0;
        await Promise.allSettled(
          jobs.map(async ({ isAlone, begins, takes, fails }) => {
            await turns(begins);
            await quarantine[isAlone ? 'alone' : 'together'](async () => {
              if (isAlone) alone += 1;
              else together += 1;
              for (let turn = 0; turn <= takes; turn += 1) {
                expect(alone === 0 || (alone === 1 && together === 0)).toBe(true);
                await otherWork();
              }
              if (isAlone) alone -= 1;
              else together -= 1;
              done += 1;
              if (fails) throw new Error('on purpose');
            });
          }),
        );
        expect(done).toBe(jobs.length);
      }),
      { numRuns: 50 },
    );
  });

  it('runs other work side by side', async () => {
    const quarantine = createQuarantine();
    let atOnce = 0;
    let most = 0;
    const work = async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await turns(2);
      atOnce -= 1;
    };
    await Promise.all([quarantine.together(work), quarantine.together(work)]);
    expect(most).toBe(2);
  });

  it('says once in a while that it is time to look', () => {
    let now = 0;
    const quarantine = createQuarantine(() => now);
    expect(quarantine.isTimeToLook()).toBe(false);
    now = 30_000;
    expect([quarantine.isTimeToLook(), quarantine.isTimeToLook()]).toEqual([true, false]);
  });
});
