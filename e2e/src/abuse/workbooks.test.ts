import { setTimeout as sleep } from 'node:timers/promises';
import { packXlsx } from '@pledgeline/unpack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startMachine } from '../faults/machine.js';
import { type AbusedSystem, type Merchant, openAbusedSystem } from './abused-system.js';
import { recordFigure } from './figures.js';
import { startHealthProbe } from './health-probe.js';
import { longestHeldMs, peakMemoryMb } from './measure-program.js';

const machine = await startMachine();
afterAll(() => machine.stop());

const WORKBOOKS = 10;
const STRINGS = 250_000;
const ROWS = 200;

/** A workbook with many shared strings, of which only the first ones are in a sheet. All of them are held while it is read. */
async function largeWorkbook(): Promise<Uint8Array<ArrayBuffer>> {
  const header = ['Order ID', 'Name', 'Email', 'Amount', 'Currency'];
  const texts = Array.from({ length: STRINGS }, (_, n) =>
    `backer${n}@example.com`.padEnd(150, `${n % 977}x`),
  );
  const own = Array.from({ length: ROWS }, (_, n) => `backer${n}@example.com`);
  const strings = [...header, 'Grace', 'EUR', ...own, ...texts].map((text) => `<si><t>${text}</t></si>`);
  const shared = (index: number) => `<c t="s"><v>${index}</v></c>`;
  const rows = own.map(
    (_, n) => `<row><c><v>${n + 1}</v></c>${shared(5)}${shared(7 + n)}<c><v>25</v></c>${shared(6)}</row>`,
  );
  const sheet = `<row>${header.map((_, index) => shared(index)).join('')}</row>${rows.join('')}`;
  return new Uint8Array(
    await packXlsx({ sheets: [{ name: 'Orders', rows: sheet }], strings: strings.join('') }),
  );
}

const problemSchema = z.object({ code: z.string(), detail: z.string() });
const acceptedSchema = z.object({ id: z.string() });

/** Sends the file again as long as the answer is to come back later, as a client does. */
async function sendPatiently(
  merchant: Merchant,
  body: Uint8Array<ArrayBuffer>,
  refusals: string[],
): Promise<string> {
  for (;;) {
    const answer = await merchant.fetch('/v1/uploads?campaign=Abused&filename=orders.xlsx&force=true', {
      method: 'POST',
      body,
    });
    const text = await answer.text();
    if (answer.status === 202) return acceptedSchema.parse(JSON.parse(text)).id;
    const retryAfter = answer.headers.get('retry-after');
    if (answer.status !== 429 || retryAfter === null) throw new Error(`${answer.status}: ${text}`);
    refusals.push(problemSchema.parse(JSON.parse(text)).code);
    await sleep(Number(retryAfter) * 1_000);
  }
}

describe('Large workbooks', () => {
  let system: AbusedSystem;
  let body: Uint8Array<ArrayBuffer>;
  beforeAll(async () => {
    const api = { TURN_TIMEOUT_MS: '3000' };
    [system, body] = await Promise.all([openAbusedSystem(machine, { api }), largeWorkbook()]);
  });
  afterAll(() => system.close());

  it('are read one after the other where memory has no room for all, and those that wait too long are told so', async () => {
    const merchants = await Promise.all(
      Array.from({ length: WORKBOOKS }, (_, n) => system.addMerchant(`Merchant ${n}`)),
    );
    const begun = performance.now();
    const lines = system.api.log.length;
    const probe = startHealthProbe(system.apiUrl);
    const refusals: string[] = [];
    const ids = await Promise.all(merchants.map((merchant) => sendPatiently(merchant, body, refusals)));
    const seconds = Math.round((performance.now() - begun) / 1_000);
    const healthMs = await probe.stop();
    const memory = peakMemoryMb(system.api);
    recordFigure({
      sent: `${WORKBOOKS} workbooks at once, each with 43 MB of shared strings (${(body.length / 1024 ** 2).toFixed(1)} MB)`,
      before: '921 MB (of 45 MB each)',
      now: `all received after ${refusals.length} × 429; ${seconds} s; API ${memory} MB, held ${longestHeldMs(system.api, lines)} ms; /healthz ${healthMs} ms`,
    });
    expect(new Set(refusals)).toEqual(new Set(['too_little_memory']));
    expect(memory).toBeLessThan(200);
    const outcomes = await Promise.all(
      merchants.map(async (merchant, n) => {
        const { status, rows } = await merchant.outcome(ids[n] ?? '');
        return { status, imported: rows.imported };
      }),
    );
    expect(outcomes).toEqual(Array(WORKBOOKS).fill({ status: 'COMPLETED', imported: ROWS }));
  });
});
