import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { headerFingerprint } from '@pledgeline/csv-core/import';
import { packZip } from '@pledgeline/unpack/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startMachine } from '../faults/machine.js';
import { type AbusedApi, type AbusedSystem, type Merchant, openAbusedSystem } from './abused-system.js';
import { recordFigure } from './figures.js';
import { startProbe } from './health-probe.js';
import { type Measured, measureApi } from './measure-api.js';

const machine = await startMachine();
let system: AbusedSystem;
beforeAll(async () => {
  system = await openAbusedSystem(machine);
  await importHugePledges();
  // From here on, the machine is the API's.
  await system.worker.end('SIGKILL');
});
afterAll(async () => {
  await system.close();
  await machine.stop();
});

let api: AbusedApi;
let merchant: Merchant;
let merchants = 0;
beforeEach(async () => {
  merchants += 1;
  api = await system.startApi();
  merchant = await api.addMerchant(`Merchant ${merchants}`);
});
afterEach(() => api.program.end('SIGKILL'));

/** What every row of the table is held to, besides its time. */
const MAX_MB = 200;

const megabytes = (length: number): string => `${(length / 1024 ** 2).toFixed(1)} MB`;
const inWords = ({ seconds, memoryMb, heldMs, healthMs }: Measured<unknown>): string =>
  `${seconds.toFixed(1)} s; API ${memoryMb} MB, held ${heldMs} ms; /healthz ${healthMs} ms`;

const pageSchema = z.object({ next: z.string().nullable() });
const codeSchema = z.object({ code: z.string() });

/** The status of an answer, with the code of its problem if it is one. */
async function outcomeOf(answer: Response): Promise<string> {
  const { data } = codeSchema.safeParse(await answer.json());
  return data === undefined ? `${answer.status}` : `${answer.status} ${data.code}`;
}

const sendFile = (path: string, body: Uint8Array<ArrayBuffer>) =>
  merchant.fetch(path, { method: 'POST', body });

const smallCsv = (rows: number): string =>
  [
    'Order ID,Name,Email,Amount,Currency',
    ...Array.from({ length: rows }, (_, n) => `A${n},Ada,ada${n}@example.com,5.00,USD`),
    '',
  ].join('\n');

describe('An API with a heap of 256 MB', () => {
  it('shows pledges of huge rows in pages that are not huge', async () => {
    const owner = await api.addMerchant(HUGE);
    const measured = await measureApi(api, async () => {
      const answer = await owner.fetch('/v1/pledges?campaign=Abused&limit=1000');
      const text = await answer.text();
      return { status: answer.status, length: text.length, ...pageSchema.parse(JSON.parse(text)) };
    });
    const { status, length, next } = measured.result;
    recordFigure({
      sent: `GET /v1/pledges?limit=1000 of 1,000 pledges of 500 KB`,
      before: '500 after 47 s, 2.6 GB',
      now: `${status} with ${megabytes(length)}; ${inWords(measured)}`,
    });
    expect(status).toBe(200);
    expect(next).not.toBeNull();
    expect(length).toBeLessThan(5 * 1024 ** 2);
    expect(measured.seconds).toBeLessThan(5);
    expect(measured.memoryMb).toBeLessThan(MAX_MB);
  });

  it('takes no headers that would fill its lists, and lists archives with the longest that it takes', async () => {
    const refused = await zipOfHeaders(60, 4 * 1024 ** 2);
    const longest = await zipOfHeaders(10, 240 * 1024);
    const measured = await measureApi(api, async () => {
      const outcome = await outcomeOf(await sendFile('/v1/uploads?campaign=Wide', refused));
      const accepted = (await sendFile('/v1/uploads?campaign=Wide&force=true', longest)).status;
      const begun = performance.now();
      const list = await merchant.fetch('/v1/uploads');
      const length = (await list.text()).length;
      return {
        outcome,
        accepted,
        list: list.status,
        length,
        listSeconds: (performance.now() - begun) / 1_000,
      };
    });
    const { outcome, accepted, list, length, listSeconds } = measured.result;
    recordFigure({
      sent: `a zip of 60 files with headers of 4 MB (${megabytes(refused.length)}), then one of 10 with headers of 240 KB, then GET /v1/uploads`,
      before: '1.3 GB, the list 8–10 s',
      now: `${outcome}, then ${accepted}; the list ${list} with ${megabytes(length)} in ${listSeconds.toFixed(1)} s; all ${inWords(measured)}`,
    });
    expect({ outcome, accepted, list }).toEqual({
      outcome: '422 header_too_long',
      accepted: 202,
      list: 200,
    });
    expect(length).toBeLessThan(5 * 1024 ** 2);
    expect(listSeconds).toBeLessThan(2);
    expect(measured.memoryMb).toBeLessThan(MAX_MB);
  });

  it('stores the longest header that it takes once, however many chunks there are', async () => {
    const columns = 1_900;
    const name = (n: number) => `${n} `.padEnd(134, 'x');
    const header = Array.from({ length: columns }, (_, n) => name(n)).join(',');
    const body = gzipSync(`${header}\n${'a\n'.repeat(100_000)}`);
    const measured = await measureApi(api, () => merchant.upload(body, { type: 'application/gzip' }));
    const { rows } = await system.db.pool.query<{ chunks: number; bytes: number; ofHeader: number }>(
      `SELECT count(*) AS chunks, sum(octet_length(c.data::text)) AS bytes,
              (SELECT sum(octet_length(f.headers::text)) FROM csv_upload_file f WHERE f.upload_id = $1) AS "ofHeader"
       FROM csv_upload_chunk c WHERE c.upload_id = $1`,
      [measured.result],
    );
    const { chunks = 0, bytes = 0, ofHeader = 0 } = rows[0] ?? {};
    recordFigure({
      sent: `100,000 rows of one letter below ${columns} columns (${Math.round(body.length / 1024)} KB), the longest header that is taken`,
      before: `${megabytes(bytes + chunks * ofHeader)} of chunks`,
      now: `${megabytes(bytes)} in ${chunks} chunks, and ${megabytes(ofHeader)} with the file; ${inWords(measured)}`,
    });
    expect(chunks).toBeGreaterThan(30);
    expect(bytes).toBeLessThan(2 * 1024 ** 2);
    expect(measured.memoryMb).toBeLessThan(MAX_MB);
  });

  it('reads a file once, however often a mapping names it', async () => {
    const names = Array.from({ length: 2_000 }, (_, n) => `Figure ${n}`);
    const csv = `${names.join(',')}\n${names.map((_, n) => n).join(',')}\n`;
    const id = await merchant.upload(csv);
    const body = JSON.stringify({ files: Array(9_000).fill({ file: 0, accept: true }) });
    const measured = await measureApi(api, async () =>
      outcomeOf(
        await merchant.fetch(`/v1/uploads/${id}/mapping`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body,
        }),
      ),
    );
    recordFigure({
      sent: `PUT …/mapping that names one file 9,000 times (${Math.round(body.length / 1024)} KB)`,
      before: '202 after 55 s',
      now: `${measured.result}; ${inWords(measured)}`,
    });
    expect(measured.result).toBe('400 invalid_request');
    expect(measured.seconds).toBeLessThan(2);
    expect(measured.memoryMb).toBeLessThan(MAX_MB);
  });

  it('does not inspect a line that never ends', async () => {
    const bomb = gzipSync(Buffer.alloc(258 * 10 ** 6, 'x'));
    const measured = await measureApi(api, async () => outcomeOf(await sendFile('/v1/inspect', bomb)));
    recordFigure({
      sent: `POST /v1/inspect with one line in a gzip file of ${Math.round(bomb.length / 1024)} KB`,
      before: '117 s, 431 MB',
      now: `${measured.result}; ${inWords(measured)}`,
    });
    expect(measured.result).toMatch(/^4(13|22) /);
    expect(measured.seconds).toBeLessThan(5);
    expect(measured.memoryMb).toBeLessThan(MAX_MB);
  });

  it('reads of 1,000 saved mappings only the one that fits', async () => {
    const names = Array.from({ length: 2_000 }, (_, n) => `Figure ${n}`);
    await saveTemplates(merchant.id, headerFingerprint(names));
    const csv = `${names.join(',')}\n${names.map((_, n) => (n === 1 ? 'ada@example.com' : n)).join(',')}\n`;
    const measured = await measureApi(api, async () => merchant.report(await merchant.upload(csv)));
    const { status } = measured.result;
    recordFigure({
      sent: 'one upload of a merchant with 1,000 saved mappings of 2,000 columns',
      before: '3 s, 85 MB more',
      now: `${status}; ${inWords(measured)}`,
    });
    // With the mapping that fits nothing has to be asked.
    expect(status).not.toBe('NEEDS_MAPPING');
    expect(measured.seconds).toBeLessThan(3);
    expect(measured.memoryMb).toBeLessThan(MAX_MB);
  });

  it('answers others while a merchant sends 200 files at once', async () => {
    const other = await api.addMerchant('Somebody else');
    const file = Buffer.from(smallCsv(500));
    const measured = await measureApi(api, async () => {
      const list = startProbe(() => other.fetch('/v1/uploads'));
      const ready = startProbe(() => fetch(`${api.url}/readyz`));
      const send = async () => (await sendFile('/v1/uploads?campaign=Flood&force=true', file)).status;
      const statuses = await Promise.all(Array.from({ length: 200 }, send));
      return { statuses, list: await list.stop(), ready: await ready.stop() };
    });
    const { statuses, list, ready } = measured.result;
    const accepted = statuses.filter((status) => status === 202).length;
    recordFigure({
      sent: '200 files of 500 rows at once',
      before: 'GET of another merchant 10 s, /readyz 503',
      now: `${accepted} × 202, ${statuses.length - accepted} × 429; GET of another ${list.longestMs} ms, /readyz ${ready.statuses.join()} in ${ready.longestMs} ms; ${inWords(measured)}`,
    });
    expect([...new Set(statuses)].every((status) => [202, 429].includes(status))).toBe(true);
    expect(accepted).toBeGreaterThan(0);
    expect({ list: list.statuses, ready: ready.statuses }).toEqual({ list: [200], ready: [200] });
    expect(list.longestMs).toBeLessThan(2_000);
    expect(measured.memoryMb).toBeLessThan(MAX_MB);
  });
});

/** The merchant with huge pledges. */
const HUGE = 'Huge';

/** Imports 1,000 pledges, and makes them as large as a row of the largest cells would. */
async function importHugePledges(): Promise<void> {
  const { id, upload, outcome } = await system.addMerchant(HUGE);
  await outcome(await upload(smallCsv(1_000)));
  const { rowCount } = await system.db.pool.query(
    `UPDATE pledge SET extra = jsonb_build_object('Notes', repeat('x', 500000))
     WHERE campaign_id IN (SELECT id FROM campaign WHERE merchant_id = $1)`,
    [id],
  );
  expect(rowCount).toBe(1_000);
}

const COLUMNS = 100;
/** Bytes at the start of each name that cannot be compressed, so that the archive is not refused for its ratio. */
const RANDOM_BYTES = 200;

/** An archive of files whose columns have long names, as long together as is asked. */
async function zipOfHeaders(files: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const names = Array.from({ length: COLUMNS - 2 }, (_, n) =>
    `${n} ${randomBytes(RANDOM_BYTES).toString('hex')} `.padEnd(Math.floor(length / COLUMNS), 'x'),
  );
  const row = ['A1', 'ada@example.com', ...names.map(() => '')].join(',');
  const text = `${['Order ID', 'Email', ...names].join(',')}\n${row}\n`;
  const members = Array.from({ length: files }, (_, n) => [`${n}.csv`, text]);
  return new Uint8Array(await packZip(Object.fromEntries(members)));
}

/** Saves 1,000 mappings of 2,000 columns; the last one is for the header row with this fingerprint. */
async function saveTemplates(merchantId: string, fingerprint: string): Promise<void> {
  const columns = Array.from({ length: 2_000 }, (_, position) => ({
    position,
    as: ['externalId', 'email'][position] ?? 'kept',
  }));
  const others = Array.from({ length: 999 }, (_, n) => createHash('sha256').update(`${n}`).digest('hex'));
  await system.db.pool.query(
    `INSERT INTO mapping_template (id, merchant_id, name, header_fingerprint, platform, columns)
     SELECT gen_random_uuid(), $1, 'Saved', fingerprint, 'generic', $3 FROM unnest($2::text[]) fingerprint`,
    [merchantId, [...others, fingerprint], JSON.stringify(columns)],
  );
}
