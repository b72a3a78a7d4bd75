import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMachine } from '../faults/machine.js';
import { type AbusedSystem, type Merchant, openAbusedSystem } from './abused-system.js';
import { recordFigure } from './figures.js';
import { startHealthProbe } from './health-probe.js';
import { longestHeldMs, MAX_HELD_MS, peakMemoryMb } from './measure-program.js';

const machine = await startMachine();
afterAll(() => machine.stop());

describe('A plain file', () => {
  let system: AbusedSystem;
  let merchant: Merchant;
  beforeAll(async () => {
    system = await openAbusedSystem(machine);
    merchant = await system.addMerchant('Ada Games');
  });
  afterAll(() => system.close());

  it('of 2,000 rows is imported within the memory that every file has', async () => {
    const rows = Array.from({ length: 2_000 }, (_, n) => `A${n},Grace,backer${n}@example.com,25.50,USD`);
    const csv = ['Order ID,Name,Email,Amount,Currency', ...rows].join('\n');
    // Before that, it was held by its start: a quarter of a second in which modules are loaded.
    const workerLines = system.worker.log.length;
    const probe = startHealthProbe(system.apiUrl);
    const { status } = await merchant.outcome(await merchant.upload(gzipSync(csv)));
    const healthMs = await probe.stop();
    const heldMs = longestHeldMs(system.worker, workerLines);
    const memory = { api: peakMemoryMb(system.api), worker: peakMemoryMb(system.worker) };
    recordFigure({
      sent: '2,000 rows of a plain file, for comparison',
      before: 'imported',
      now: `${status}; API ${memory.api} MB, worker ${memory.worker} MB; /healthz ${healthMs} ms; worker held ${heldMs} ms`,
    });
    expect(status).toBe('COMPLETED');
    expect(memory.api).toBeLessThan(200);
    expect(memory.worker).toBeLessThan(300);
    expect(heldMs).toBeLessThan(MAX_HELD_MS);
  });
});
