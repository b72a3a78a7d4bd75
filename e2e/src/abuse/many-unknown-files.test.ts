import { packZip } from '@pledgeline/unpack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startMachine } from '../faults/machine.js';
import { type AbusedSystem, type Merchant, openAbusedSystem } from './abused-system.js';
import { recordFigure } from './figures.js';
import { startHealthProbe } from './health-probe.js';
import { machineSlowness } from './machine-speed.js';
import { longestHeldMs, peakMemoryMb } from './measure-program.js';

const machine = await startMachine();
afterAll(() => machine.stop());

const FILES = 100;
const COLUMNS = 2_000;
/** So many that the body of the request is as long as one may be. */
const NAMED_COLUMNS = 280;

/** An archive of files whose columns nobody knows. */
async function manyUnknownFiles(): Promise<Uint8Array<ArrayBuffer>> {
  const file = (number: number) => {
    const header = Array.from({ length: COLUMNS }, (_, n) => `Figure ${n} of ${number}`);
    const row = Array.from({ length: COLUMNS }, (_, n) => `${(n * 7_919) % 100}.50`);
    return `${header.join()}\n${row.join()}\n`;
  };
  const members = Array.from({ length: FILES }, (_, number) => [`${number}.csv`, file(number)]);
  return new Uint8Array(await packZip(Object.fromEntries(members)));
}

const mappingSchema = z.object({
  next: z.string().nullable(),
  files: z.array(z.object({ file: z.number(), suggestion: z.object({ columns: z.array(z.unknown()) }) })),
});

const inspectionSchema = z.object({
  hasMoreFiles: z.boolean(),
  files: z.array(z.object({ name: z.string() })),
});

/** What the API is held to. */
const MAX_MB = 200;
const MAX_HELD_MS = 50 * machineSlowness();

/** It takes half a minute; on a busy machine much longer. */
const PATIENCE_MS = 500_000;

describe('An archive of 100 files of 2,000 unknown columns each', { timeout: PATIENCE_MS }, () => {
  let system: AbusedSystem;
  let merchant: Merchant;
  let body: Uint8Array<ArrayBuffer>;
  let id: string;
  beforeAll(async () => {
    [system, body] = await Promise.all([openAbusedSystem(machine), manyUnknownFiles()]);
    merchant = await system.addMerchant('Ada Games');
  });
  afterAll(() => system.close());

  it('is received, and its suggestions are read page by page', async () => {
    const begun = performance.now();
    const lines = system.api.log.length;
    const probe = startHealthProbe(system.apiUrl);
    id = await merchant.upload(body, { type: 'application/zip' });
    const uploaded = performance.now();
    const { status } = await merchant.report(id);
    const read: { file: number; columns: number }[] = [];
    let longest = 0;
    for (let cursor: string | null = ''; cursor !== null; ) {
      const from: string = cursor === '' ? '' : `?cursor=${cursor}`;
      const answer: string = await (await merchant.fetch(`/v1/uploads/${id}/mapping${from}`)).text();
      longest = Math.max(longest, answer.length);
      const page: z.infer<typeof mappingSchema> = mappingSchema.parse(JSON.parse(answer));
      read.push(...page.files.map(({ file, suggestion }) => ({ file, columns: suggestion.columns.length })));
      cursor = page.next;
    }
    const ended = performance.now();
    const healthMs = await probe.stop();
    const memory = peakMemoryMb(system.api);
    const held = longestHeldMs(system.api, lines);
    recordFigure({
      sent: `100 unknown files × 2,000 columns (${Math.round(body.length / 1024)} KB): upload, then its mapping`,
      before: '16 s, answer of 58 MB, loop held for 13 s',
      now: `${status}; ${seconds(begun, uploaded)} s, mapping ${seconds(uploaded, ended)} s in answers of ${(longest / 1024 ** 2).toFixed(1)} MB; API ${memory} MB, held ${held} ms; /healthz ${healthMs} ms`,
    });
    expect(status).toBe('NEEDS_MAPPING');
    expect(read).toEqual(Array.from({ length: FILES }, (_, file) => ({ file, columns: COLUMNS })));
    expect(longest).toBeLessThan(5 * 1024 ** 2);
    expect(memory).toBeLessThan(MAX_MB);
    expect(held).toBeLessThan(MAX_HELD_MS);
  });

  it('is mapped in one request', async () => {
    const begun = performance.now();
    const lines = system.api.log.length;
    const probe = startHealthProbe(system.apiUrl);
    const columns = Array.from({ length: NAMED_COLUMNS }, (_, position) => ({
      position,
      as: ['externalId', 'email'][position] ?? 'kept',
    }));
    const files = Array.from({ length: FILES }, (_, file) => ({ file, columns }));
    const sent = JSON.stringify({ files });
    const answer = await merchant.fetch(`/v1/uploads/${id}/mapping`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: sent,
    });
    const text = await answer.text();
    const ended = performance.now();
    const healthMs = await probe.stop();
    const memory = peakMemoryMb(system.api);
    const held = longestHeldMs(system.api, lines);
    recordFigure({
      sent: `100 unknown files × 2,000 columns: PUT …/mapping of all (${Math.round(sent.length / 1024)} KB)`,
      before: 'not measured',
      now: `${answer.status}; ${seconds(begun, ended)} s; API ${memory} MB, held ${held} ms; /healthz ${healthMs} ms`,
    });
    expect(answer.status, text).toBe(202);
    expect(memory).toBeLessThan(MAX_MB);
    expect(held).toBeLessThan(MAX_HELD_MS);
  });

  it('is inspected', async () => {
    const begun = performance.now();
    const lines = system.api.log.length;
    const probe = startHealthProbe(system.apiUrl);
    const answer = await merchant.fetch('/v1/inspect', { method: 'POST', body });
    const text = await answer.text();
    const ended = performance.now();
    const healthMs = await probe.stop();
    const memory = peakMemoryMb(system.api);
    const held = longestHeldMs(system.api, lines);
    recordFigure({
      sent: '100 unknown files × 2,000 columns: inspection',
      before: '24 s',
      now: `${answer.status}; ${seconds(begun, ended)} s, answer of ${(text.length / 1024 ** 2).toFixed(1)} MB; API ${memory} MB, held ${held} ms; /healthz ${healthMs} ms`,
    });
    expect(answer.status).toBe(200);
    const { files, hasMoreFiles } = inspectionSchema.parse(JSON.parse(text));
    expect({ hasMoreFiles, first: files[0] }).toEqual({ hasMoreFiles: true, first: { name: '0.csv' } });
    expect(files.length).toBeGreaterThan(5);
    expect(text.length).toBeLessThan(5 * 1024 ** 2);
    expect(memory).toBeLessThan(MAX_MB);
    expect(held).toBeLessThan(MAX_HELD_MS);
  });
});

function seconds(from: number, to: number): string {
  return ((to - from) / 1_000).toFixed(1);
}
