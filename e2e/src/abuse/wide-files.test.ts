import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startMachine } from '../faults/machine.js';
import { type AbusedSystem, type Merchant, openAbusedSystem } from './abused-system.js';
import { recordFigure } from './figures.js';
import { startHealthProbe } from './health-probe.js';
import { longestHeldMs, MAX_HELD_MS, peakMemoryMb } from './measure-program.js';

const machine = await startMachine();
afterAll(() => machine.stop());

const kickstarter = [
  'Backer Number',
  'Backer UID',
  'Backer Name',
  'Email',
  'Shipping Country',
  'Reward Title',
  'Backing Minimum',
  'Reward ID',
  'Pledge Amount',
  'Pledged At',
  'Pledged Status',
  'Notes',
];

/** A Kickstarter report whose rows have the same cell in all of many more columns. */
function wideFile(rows: number, columns: readonly string[], cell: string): Uint8Array<ArrayBuffer> {
  const tail = Array(columns.length).fill(cell).join(',');
  const lines = Array.from(
    { length: rows },
    (_, n) =>
      `${n + 1},${n + 700_001},Person ${n},person${n}@example.com,BE,Core,$40.00 USD,501,$41.00 USD,"2024/03/01, 12:00",collected,,${tail}`,
  );
  return gzipSync([[...kickstarter, ...columns].join(','), ...lines, ''].join('\n'));
}

const names = (count: number, length: number) =>
  Array.from({ length: count }, (_, n) => `${n} `.padEnd(length, 'x'));
const addOns = (count: number) => Array.from({ length: count }, (_, n) => `[Addon: ${n + 1}] Dice ${n}`);

describe('A small file that becomes large,', () => {
  let system: AbusedSystem;
  let merchant: Merchant;
  beforeEach(async () => {
    system = await openAbusedSystem(machine, { api: { MAX_COMPRESSION_RATIO: '10000' } });
    merchant = await system.addMerchant('Ada Games');
    return () => system.close();
  });

  it.each<{
    readonly sent: string;
    readonly before: string;
    readonly body: () => Uint8Array<ArrayBuffer>;
    /** A file that is sent after it. */
    readonly next?: () => Uint8Array<ArrayBuffer>;
    readonly ends: readonly string[];
  }>([
    {
      sent: '300 rows × 1,900 unknown columns with names of 130 characters',
      before: 'one chunk: worker 335 MB and held for 1.8 s; with 1,990 characters: out of memory at 4.1 GB',
      body: () => wideFile(300, names(1_900, 130), 'x'),
      ends: ['COMPLETED'],
    },
    {
      sent: '100 rows × 1,900 unknown columns, and then again with another cell everywhere',
      before: 'worker held for up to 798 ms when records were merged',
      body: () => wideFile(100, names(1_900, 130), 'x'),
      next: () => wideFile(100, names(1_900, 130), 'y'),
      ends: ['COMPLETED'],
    },
    {
      sent: '2,500 Kickstarter rows × 1,900 columns without a cell',
      before: 'worker 251 MB and held for 0.7 s',
      body: () => wideFile(2_500, addOns(1_900), ''),
      ends: ['COMPLETED'],
    },
    {
      sent: '2,500 Kickstarter rows × 1,900 add-on columns',
      before: '4.75 million items in one chunk, 2.8 GB, lease lost five times, 1.5 GB of database',
      body: () => wideFile(2_500, addOns(1_900), '1'),
      ends: ['COMPLETED'],
    },
    {
      sent: '2,500 Kickstarter rows × 990 add-on columns: just below the limit of a pledge',
      before: 'not measured',
      body: () => wideFile(2_500, addOns(990), '1'),
      ends: ['COMPLETED'],
    },
  ])('$sent, ends neither program', async ({ sent, before, body, next, ends }) => {
    const bytes = body();
    const begun = performance.now();
    const apiLines = system.api.log.length;
    const workerLines = system.worker.log.length;
    const probe = startHealthProbe(system.apiUrl);
    const send = async (file: Uint8Array<ArrayBuffer>) =>
      merchant.outcome(await merchant.upload(file, { type: 'application/gzip' }), 150_000);
    const end = await send(bytes)
      .then((report) => (next === undefined ? report : send(next())))
      .then(
        ({ status, rows }) => ({
          status: `${status}`,
          what: `${rows.imported} imported, ${rows.rejected} rejected`,
        }),
        (error: unknown) => ({
          status: 'refused',
          what: /"code":"(\w+)"/.exec(String(error))?.[1] ?? String(error),
        }),
      );
    const seconds = Math.round((performance.now() - begun) / 1_000);
    const healthMs = await probe.stop();
    const apiMb = peakMemoryMb(system.api);
    const workerMb = peakMemoryMb(system.worker);
    const workerHeldMs = longestHeldMs(system.worker, workerLines);
    const held = `held API ${longestHeldMs(system.api, apiLines)} ms, worker ${workerHeldMs} ms`;
    recordFigure({
      sent: `${sent} (${Math.round(bytes.length / 1024)} KB)`,
      before,
      now: `${end.status}: ${end.what}; ${seconds} s; API ${apiMb} MB, worker ${workerMb} MB; ${held}; /healthz ${healthMs} ms`,
    });
    expect(ends).toContain(end.status);
    expect(workerMb).toBeLessThan(300);
    expect(workerHeldMs).toBeLessThan(MAX_HELD_MS);
  });
});
