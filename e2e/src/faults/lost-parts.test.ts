import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleFile } from '../sample-file.js';
import { until } from '../until.js';
import { bounds } from './bounds.js';
import { type FaultySystem, openFaultySystem, type RunningApi } from './faulty-system.js';
import { startMachine } from './machine.js';
import { expectRecovery, type Outcome, undisturbedRun } from './undisturbed-run.js';

const machine = await startMachine({ fsync: 'off' });
afterAll(() => machine.stop());

const { csv } = sampleFile(2_997, { sums: true });
const FIRST = 50_000;
/** What of the second part arrives before the API is killed. */
const ARRIVED = 40_000;

const [queue] = machine.queues;
if (queue === undefined) throw new Error('There is always a queue on Postgres');

const encoded = (value: string) => Buffer.from(value).toString('base64');

describe('A file in parts', () => {
  let undisturbed: Outcome;
  let system: FaultySystem;
  let folder: string;
  beforeAll(async () => {
    undisturbed = await undisturbedRun(machine, queue, [csv]);
  });
  beforeEach(async () => {
    system = await openFaultySystem(machine, queue);
    folder = await mkdtemp(join(tmpdir(), 'pledgeline-lost-parts-'));
    return async () => {
      await system.close();
      await rm(folder, { recursive: true, force: true });
    };
  });

  const startApi = (variables: Readonly<Record<string, string>> = {}) =>
    system.startApi({ RESUMABLE_DIR: folder, ...variables });

  /** Makes the file and sends its first part. Returns its address. */
  async function begin(api: RunningApi): Promise<string> {
    const metadata = `campaign ${encoded('Broken')},filename ${encoded('backers.csv')},force ${encoded('true')}`;
    const made = await api.ask('/v1/resumable-files', {
      method: 'POST',
      headers: { 'tus-resumable': '1.0.0', 'upload-length': String(csv.length), 'upload-metadata': metadata },
    });
    expect(made.status).toBe(201);
    const address = new URL(made.headers.get('location') ?? '', 'http://localhost').pathname;
    expect((await sendPart(api, address, 0, csv.slice(0, FIRST))).status).toBe(204);
    return address;
  }

  function sendPart(
    api: RunningApi,
    address: string,
    offset: number,
    body: NonNullable<RequestInit['body']>,
  ) {
    const headers = {
      'tus-resumable': '1.0.0',
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    };
    return api.ask(address, { method: 'PATCH', headers, body, duplex: 'half' });
  }

  /** What the API says of the file. */
  async function stateOf(api: RunningApi, address: string) {
    const state = await api.ask(address, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } });
    expect(state.status).toBe(200);
    const { headers } = state;
    return { offset: Number(headers.get('upload-offset')), uploadId: headers.get('pledgeline-upload') };
  }

  it('arrives whole and once when the API is killed while a part of it arrives, and another process goes on', async () => {
    const [doomed] = await Promise.all([startApi(), system.startWorker()]);
    const address = await begin(doomed);
    const hanging = new ReadableStream({
      start: (controller) => controller.enqueue(Buffer.from(csv.slice(FIRST, FIRST + ARRIVED))),
    });
    const part = sendPart(doomed, address, FIRST, hanging).catch(() => null);
    const file = join(folder, address.split('/').at(-1) ?? '');
    await until(async () => expect((await stat(file)).size).toBeGreaterThan(FIRST));
    process.kill(doomed.pid, 'SIGKILL');
    expect(await doomed.exited).toBeNull();
    expect(await part).toBeNull();

    const api = await startApi();
    const { offset, uploadId } = await stateOf(api, address);
    expect(uploadId).toBeNull();
    expect(offset).toBeGreaterThan(FIRST);
    expect(offset).toBeLessThanOrEqual(FIRST + ARRIVED);
    const last = await sendPart(api, address, offset, csv.slice(offset));
    expect(last.status).toBe(204);
    const id = last.headers.get('pledgeline-upload') ?? '';
    await expectRecovery(system, [id], undisturbed, bounds.none);
    expect(await system.db.prisma.csvUpload.count()).toBe(1);
    expect(await stateOf(api, address)).toEqual({ offset: csv.length, uploadId: id });
  });

  it('is one upload when the API is killed after it has sealed it, before it answers', async () => {
    const [doomed] = await Promise.all([startApi({ FAULTS: 'upload.sealed=kill' }), system.startWorker()]);
    const address = await begin(doomed);
    await expect(sendPart(doomed, address, FIRST, csv.slice(FIRST))).rejects.toThrow();
    expect(await doomed.exited).toBeNull();
    const { offset, uploadId } = await stateOf(await startApi(), address);
    expect(offset).toBe(csv.length);
    await expectRecovery(system, [uploadId ?? ''], undisturbed, bounds.unqueued);
    expect(await system.db.prisma.csvUpload.count()).toBe(1);
  });
});
