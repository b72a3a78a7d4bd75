import { afterAll, describe, expect, it } from 'vitest';
import { startMachine } from '../faults/machine.js';
import { sampleFile } from '../sample-file.js';
import { until } from '../until.js';
import { openAbusedSystem } from './abused-system.js';
import { recordFigure } from './figures.js';

const machine = await startMachine();
afterAll(() => machine.stop());

const small = (rows: number) =>
  [
    'Order ID,Name,Email,Amount,Currency',
    ...Array.from({ length: rows }, (_, n) => `A${n},Ada,ada${n}@example.com,5.00,USD`),
  ].join('\n');

const LIMIT_MS = 3_000;

describe.each(machine.queues)('With the queue on $name, 30 rows of a merchant', (queue) => {
  it.each([
    {
      what: '100,000 rows of another merchant',
      before: '15 s',
      uploads: [sampleFile(100_000).csv],
    },
    {
      what: '300 small uploads of another merchant',
      before: 'minutes behind 2,500 of them',
      uploads: Array<string>(300).fill(small(5)),
    },
  ])('are final within 3 s behind $what', async ({ what, before, uploads }) => {
    const system = await openAbusedSystem(machine, { queue });
    try {
      const [large, other] = await Promise.all([system.addMerchant('Large'), system.addMerchant('Small')]);
      // Others send at the same time, as a flood does.
      const waiting = [...uploads];
      const send = async (): Promise<void> => {
        for (let csv = waiting.pop(); csv !== undefined; csv = waiting.pop()) await large.upload(csv);
      };
      await Promise.all(Array.from({ length: 8 }, send));
      await until(async () =>
        expect(await system.db.prisma.csvUpload.count({ where: { status: 'PROCESSING' } })).toBeGreaterThan(
          0,
        ),
      );
      const id = await other.upload(small(30));
      const begun = performance.now();
      const { status } = await other.outcome(id);
      const tookMs = Math.round(performance.now() - begun);
      const open = await system.db.prisma.csvUploadChunk.count({ where: { status: 'PENDING' } });
      recordFigure({
        sent: `30 rows behind ${what}, queue on ${queue.name}`,
        before,
        now: `${status} after ${tookMs} ms, while ${open} chunks of the other waited`,
      });
      expect(status).toBe('COMPLETED');
      expect(open).toBeGreaterThan(0);
      expect(tookMs).toBeLessThan(LIMIT_MS);
    } finally {
      await system.close();
    }
  });
});
