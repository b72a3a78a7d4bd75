import { setTimeout as sleep } from 'node:timers/promises';
import { seedRecords } from '@pledgeline/db/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMachine } from '../faults/machine.js';
import { type AbusedSystem, type Merchant, openAbusedSystem } from './abused-system.js';
import { recordFigure } from './figures.js';
import { peakMemoryMb } from './measure-program.js';

/** With a long note each, so that there is much to send of few pledges. */
const PLEDGES = { Small: 1_000, Large: 10_000 } as const;
const NOTE_LENGTH = 9_000;
/** The export is more than twice as long. */
const MAX_GROWTH_MB = 40;

const machine = await startMachine();
afterAll(() => machine.stop());

/** Reads an answer to its end and returns its length. `pauseMs` is how long nothing is taken after the first megabyte. */
async function readBytes(answer: Response, pauseMs = 0): Promise<number> {
  let bytes = 0;
  let isPaused = pauseMs === 0;
  for await (const part of answer.body ?? []) {
    bytes += part.length;
    if (isPaused || bytes < 1_000_000) continue;
    isPaused = true;
    await sleep(pauseMs);
  }
  return bytes;
}

describe('An export', () => {
  let system: AbusedSystem;
  let merchant: Merchant;
  beforeAll(async () => {
    system = await openAbusedSystem(machine);
    merchant = await system.addMerchant('Ada Games');
    for (const [name, pledges] of Object.entries(PLEDGES)) {
      await seedRecords(system.db.pool, { merchantId: merchant.id, name, pledges });
    }
    await system.db.pool.query(`UPDATE pledge SET notes = repeat('x', $1)`, [NOTE_LENGTH]);
  });
  afterAll(() => system.close());

  it.each(['csv', 'ndjson'])(
    'as %s takes as little memory however long it is, also of a slow client',
    async (format) => {
      const path = (campaign: string) => `/v1/pledges?campaign=${campaign}&format=${format}`;
      // What is compiled and kept from the first ones on.
      for (let turn = 0; turn < 2; turn += 1) await readBytes(await merchant.fetch(path('Small')));
      const before = peakMemoryMb(system.api);
      const fast = await readBytes(await merchant.fetch(path('Large')));
      const slow = await readBytes(await merchant.fetch(path('Large')), 3_000);
      const growth = peakMemoryMb(system.api) - before;
      recordFigure({
        sent: `an export of ${Math.round(fast / 1e6)} MB as ${format}, twice, once slowly`,
        before: 'not measured',
        now: `API ${before} MB and ${growth} MB more`,
      });
      expect(slow).toBe(fast);
      expect(fast).toBeGreaterThan(PLEDGES.Large * NOTE_LENGTH);
      expect(growth).toBeLessThan(MAX_GROWTH_MB);
    },
  );
});
