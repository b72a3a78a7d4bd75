import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../client.js';
import { dumpCampaign } from '../test-support/dump-campaign.js';
import { openTestDatabase } from '../test-support/open-test-database.js';
import { claimChunkForSure, finishChunk } from '../test-support/process-upload.js';
import { receiveCsv } from '../test-support/receive-csv.js';
import { type ClaimedChunk, claimChunk } from './chunks/claim-chunk.js';
import { LostLeaseError } from './chunks/complete-chunk.js';
import { releaseChunk } from './chunks/release-chunk.js';
import { groupIssues, type IssuesQuery, listIssues } from './reports/list-issues.js';
import { readUpload, type UploadReport } from './reports/read-upload.js';
import { sweep } from './sweep/sweep.js';
import { cancelUpload } from './uploads/cancel-upload.js';
import { createUpload } from './uploads/create-upload.js';
import { failUpload } from './uploads/fail-upload.js';
import { retryUpload } from './uploads/retry-upload.js';

let db: Database;
let close: () => Promise<void>;
let merchantId: string;
let campaigns = 0;

beforeAll(async () => {
  ({ db, merchantId, close } = await openTestDatabase(inject('testPostgres'), 10));
});

afterAll(() => close());

const newCampaign = () => `campaign ${++campaigns}`;
const patience = { leaseMs: 60_000 };
const header =
  'Backer Number,Backer UID,Backer Name,Email,Reward Title,Backing Minimum,Reward ID,Pledge Amount,Pledged At,Pledged Status,Notes,[Addon: 77] Dice tray,Survey Response,Shipping Name,Shipping Address 1,Shipping City,Shipping Country Code,Favourite colour?';

interface Line {
  readonly number: number;
  readonly email?: string;
  readonly name?: string;
  readonly amount?: string;
  readonly status?: string;
  readonly dice?: number;
  readonly answered?: boolean;
  readonly colour?: string;
}

function line({ number, email, name, amount, status, dice, answered = true, colour = 'red' }: Line): string {
  const survey = answered
    ? `"2024/05/01, 10:00",${name ?? 'Bo'},Main St ${number},Ghent,BE,${colour}`
    : ',,,,,';
  return `${number},${9000 + number},${name ?? `Backer ${number}`},${email ?? `b${number}@example.com`},Deluxe,$50.00 USD,501,${amount ?? '$60.00 USD'},"2024/03/01, 12:00",${status ?? 'collected'},,${dice ?? 0},${survey}`;
}

const file = (...lines: readonly Line[]) => [header, ...lines.map(line), ''].join('\n');
const range = (count: number, extra: (n: number) => Omit<Line, 'number'> = () => ({})) =>
  Array.from({ length: count }, (_, index) => ({ number: index + 1, ...extra(index + 1) }));

const claim = (chunkId: string) => claimChunkForSure(db, chunkId);
const complete = (chunk: ClaimedChunk) => finishChunk(db, chunk);

const receive = (campaign: string, csv: string, chunkRows = 3) =>
  receiveCsv(db, { merchantId, campaign, csv, chunkRows });

async function report(uploadId: string): Promise<UploadReport> {
  const found = await readUpload(db, merchantId, uploadId);
  if (!found) throw new Error(`No upload ${uploadId}`);
  return found;
}

/** Receives a file and processes its chunks one after the other, in the given order. */
async function importFile(
  campaign: string,
  csv: string,
  order: (ids: readonly string[]) => readonly string[] = (ids) => ids,
) {
  const upload = await receive(campaign, csv);
  for (const id of order(upload.chunkIds)) await complete(await claim(id));
  return upload;
}

describe('an import', () => {
  const mixed = file(
    ...range(8, (n) => ({ dice: n % 3, answered: n % 2 === 0 })),
    { number: 9, email: 'not an address' },
    { number: 10, status: 'dropped', dice: 5 },
    { number: 11, email: 'b1@example.com', name: 'Second Pledge' },
  );

  it('accounts for every row and reports what it wrote', async () => {
    const upload = await importFile(newCampaign(), mixed);
    const done = await report(upload.id);
    expect(done).toMatchObject({
      status: 'COMPLETED',
      platform: 'kickstarter',
      progress: {
        phase: 'ended',
        percent: 100,
        bytesReceived: expect.any(Number),
        bytesTotal: expect.any(Number),
        rowsDone: 11,
        rowsTotal: 11,
        rowsPerSecond: null,
        secondsLeft: null,
      },
      rows: { total: 11, imported: 10, rejected: 1, leftOut: 0, open: 0 },
      chunks: { total: 4, completed: 4 },
    });
    expect(done.statistics).toMatchObject({
      rows: { total: 11, imported: 10, rejected: 1, leftOut: 0 },
      records: {
        pledges: { created: 10, updated: 0, unchanged: 0 },
        products: { created: 2, updated: 0, unchanged: 0 },
      },
      totals: [
        { currency: 'USD', status: 'COLLECTED', pledges: 9, amount: '540.0000' },
        { currency: 'USD', status: 'DROPPED', pledges: 1, amount: '60.0000' },
      ],
      backersWithoutPledge: 0,
    });
    const dump = await dumpCampaign(db.pool, upload.campaignId);
    expect(dump.backers).toHaveLength(9);
    expect(dump.pledges).toHaveLength(10);
    // Nine deluxe rewards of live pledges; the dropped pledge counts nowhere.
    expect(dump.inventory).toMatchObject([
      { kind: 'REWARD', key: '501', committed: 9 },
      { kind: 'ADD_ON', key: '77', committed: 1 + 2 + 0 + 1 + 2 + 0 + 1 + 2 },
    ]);
  });

  it('explains a rejected row: row, line, column, value, code and what to do', async () => {
    const upload = await importFile(newCampaign(), mixed);
    const { issues } = await listIssues(db, upload.id, { limit: 10, severity: 'error' });
    expect(issues).toEqual([
      {
        file: null,
        row: 9,
        line: 10,
        column: 'Email',
        code: 'invalid_email',
        message: expect.stringMatching(/e-mail/i),
        value: 'not an address',
        severity: 'error',
      },
    ]);
    const groups = await groupIssues(db, upload.id, { examples: 3 });
    expect(groups).toMatchObject([{ code: 'invalid_email', severity: 'error', column: 'Email', count: 1 }]);
  });

  it('pages through issues without losing or repeating one', async () => {
    const bad = file(...range(10, () => ({ amount: 'much' })));
    const upload = await importFile(newCampaign(), bad);
    const rows: number[] = [];
    let start: IssuesQuery['start'];
    do {
      const page = await listIssues(db, upload.id, { limit: 3, start });
      rows.push(...page.issues.map((issue) => issue.row ?? 0));
      start = page.next ?? undefined;
    } while (start);
    expect(rows).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('gives the same tables whatever the order of its chunks', async () => {
    // Few pledges and backers in many rows, with other values, some cells blank.
    const lines = range(24, (n) => ({
      email: `b${n % 5}@example.com`,
      name: `Name ${n}`,
      answered: n % 3 !== 0,
      colour: n % 4 === 0 ? '' : `colour ${n}`,
      dice: n % 4,
    })).map((each) => ({ ...each, number: each.number % 7 }));
    const straight = await importFile(newCampaign(), file(...lines));
    const expected = await dumpCampaign(db.pool, straight.campaignId);
    const orders: ((ids: readonly string[]) => readonly string[])[] = [
      (ids) => ids.toReversed(),
      (ids) => [...ids.filter((_, i) => i % 2), ...ids.filter((_, i) => !(i % 2))],
    ];
    for (const order of orders) {
      const other = await importFile(newCampaign(), file(...lines), order);
      expect(await dumpCampaign(db.pool, other.campaignId)).toEqual(expected);
    }
  });

  it('gives the same tables when an old file is processed after a newer one', async () => {
    const old = file(...range(9, (n) => ({ name: `Old ${n}`, amount: '$10.00 USD', dice: 1 })));
    const newer = file(
      ...range(9, (n) => ({ name: `New ${n}`, amount: '$20.00 USD', dice: 2, answered: n > 4 })),
    );
    const inOrder = newCampaign();
    const { campaignId } = await importFile(inOrder, old);
    await importFile(inOrder, newer);
    const late = newCampaign();
    const first = await receive(late, old);
    await importFile(late, newer);
    for (const id of first.chunkIds) await complete(await claim(id));
    expect(await dumpCampaign(db.pool, first.campaignId)).toEqual(await dumpCampaign(db.pool, campaignId));
  });

  it('keeps the values of a newer file that changed nothing when an older file is processed after it', async () => {
    const campaign = newCampaign();
    const same = file(...range(5));
    await importFile(campaign, same);
    const older = await receive(campaign, file(...range(5, () => ({ amount: '$1.00 USD' }))));
    const newest = await importFile(campaign, same);
    for (const id of older.chunkIds) await complete(await claim(id));
    const { pledges } = await dumpCampaign(db.pool, newest.campaignId);
    for (const pledge of pledges) expect(pledge).toMatchObject({ amount: 60 });
  });

  it('changes nothing when the same file is sent again', async () => {
    const campaign = newCampaign();
    const first = await importFile(campaign, mixed);
    const before = await dumpCampaign(db.pool, first.campaignId);
    const second = await importFile(campaign, mixed);
    expect(await dumpCampaign(db.pool, first.campaignId)).toEqual(before);
    const { records } = (await report(second.id)).statistics ?? {};
    expect(records).toEqual({
      backers: { created: 0, updated: 0, unchanged: 10 },
      products: { created: 0, updated: 0, unchanged: 2 },
      pledges: { created: 0, updated: 0, unchanged: 10 },
      surveys: { created: 0, updated: 0, unchanged: 6 },
    });
  });

  it('counts a survey as unchanged when its question has only moved, and as updated when it is answered otherwise', async () => {
    const campaign = newCampaign();
    const csv = file({ number: 1 }, { number: 2 });
    await importFile(campaign, csv);
    // A new column at the front moves the question.
    const moved = (text: string) =>
      text
        .trimEnd()
        .split('\n')
        .map((each) => `,${each}`)
        .join('\n');
    const surveysOf = async (text: string) =>
      (await report((await importFile(campaign, text)).id)).statistics?.records.surveys;
    expect(await surveysOf(moved(csv))).toEqual({ created: 0, updated: 0, unchanged: 2 });
    const other = file({ number: 1, colour: 'blue' }, { number: 2 });
    expect(await surveysOf(moved(moved(other)))).toEqual({ created: 0, updated: 1, unchanged: 1 });
  });

  it('never erases a value with a blank cell, and replaces an address as a whole', async () => {
    const campaign = newCampaign();
    const { campaignId } = await importFile(campaign, file({ number: 1, dice: 2 }));
    await importFile(campaign, file({ number: 1, answered: false, name: 'Renamed' }));
    const { pledges, surveys, backers, items } = await dumpCampaign(db.pool, campaignId);
    expect(pledges).toMatchObject([{ shipping_address1: 'Main St 1', shipping_city: 'Ghent' }]);
    expect(surveys).toMatchObject([{ answers: [{ question: 'Favourite colour?', answer: 'red' }] }]);
    expect(backers).toMatchObject([{ name: 'Renamed' }]);
    expect(items).toMatchObject([{ kind: 'REWARD', quantity: 1 }]);
  });

  it('counts the backers that are left without a pledge after a change of e-mail', async () => {
    const campaign = newCampaign();
    await importFile(campaign, file({ number: 1 }, { number: 2 }));
    const moved = await importFile(campaign, file({ number: 1, email: 'new@example.com' }));
    expect((await report(moved.id)).statistics).toMatchObject({
      backersWithoutPledge: 1,
      records: { backers: { created: 1 }, pledges: { updated: 1 } },
    });
  });

  it('keeps campaigns with the same numbers apart', async () => {
    const one = await importFile(newCampaign(), file({ number: 1, name: 'One' }));
    const two = await importFile(newCampaign(), file({ number: 1, name: 'Two' }));
    expect((await dumpCampaign(db.pool, one.campaignId)).backers).toMatchObject([{ name: 'One' }]);
    expect((await dumpCampaign(db.pool, two.campaignId)).backers).toMatchObject([{ name: 'Two' }]);
  });
});

describe('products that a file names in several ways', () => {
  const generic = 'Order ID,Email,SKU,Product Name,Price';
  const orders = (...names: readonly string[]) =>
    [generic, ...names.map((name, n) => `${n},b${n}@example.com,S1,${name},${n + 1}.00`), ''].join('\n');
  const csv = orders('First', 'First', 'First', 'Second', 'Second', 'Second', 'Third');

  it('get the name of its first row, in whatever order chunks run', async () => {
    const straight = await importFile(newCampaign(), csv);
    const reversed = await importFile(newCampaign(), csv, (ids) => ids.toReversed());
    const { products } = await dumpCampaign(db.pool, straight.campaignId);
    expect(products).toMatchObject([{ key: 'S1', name: 'First', price: 1 }]);
    expect((await dumpCampaign(db.pool, reversed.campaignId)).products).toEqual(products);
  });

  it('are unchanged when the file is sent again, in whatever order chunks run', async () => {
    const campaign = newCampaign();
    const { campaignId } = await importFile(campaign, csv);
    const { products } = await dumpCampaign(db.pool, campaignId);
    for (const order of [(ids: readonly string[]) => ids, (ids: readonly string[]) => ids.toReversed()]) {
      const again = await importFile(campaign, csv, order);
      expect((await dumpCampaign(db.pool, campaignId)).products).toEqual(products);
      expect((await report(again.id)).statistics?.records.products).toEqual({
        created: 0,
        updated: 0,
        unchanged: 1,
      });
    }
  });
});

describe('the report of an upload', () => {
  it('counts a pledge once though its rows are in two chunks', async () => {
    const rows = [...range(3), { number: 2, amount: '$75.00 USD', dice: 1 }, { number: 9 }];
    const upload = await importFile(newCampaign(), file(...rows));
    expect((await report(upload.id)).statistics).toMatchObject({
      records: { pledges: { created: 4, updated: 0, unchanged: 1 } },
      totals: [{ currency: 'USD', status: 'COLLECTED', pledges: 4, amount: '255.0000' }],
      units: [
        { key: '501', units: 4, unpaid: 0 },
        { key: '77', units: 1, unpaid: 0 },
      ],
    });
  });

  it('says how many of the units that are owed are not paid', async () => {
    const statuses = ['collected', 'pending', 'errored', 'dropped'];
    const rows = statuses.map((status, at) => ({ number: at + 1, status, dice: 2 }));
    const upload = await importFile(newCampaign(), file(...rows));
    expect((await report(upload.id)).statistics?.units).toMatchObject([
      { key: '77', units: 6, unpaid: 4 },
      { key: '501', units: 3, unpaid: 2 },
    ]);
  });
});

describe('a chunk', () => {
  it('is claimed by one worker only', async () => {
    const upload = await receive(newCampaign(), file(...range(2)));
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => claimChunk(db, upload.chunkIds[0] ?? '', patience)),
    );
    expect(claims.filter((each) => each !== null)).toHaveLength(1);
  });

  it('changes nothing when its job is delivered a second time', async () => {
    const upload = await importFile(newCampaign(), file(...range(3)));
    const before = await report(upload.id);
    expect(await claimChunk(db, upload.chunkIds[0] ?? '', patience)).toBeNull();
    expect(await report(upload.id)).toEqual(before);
  });

  it('is not claimed while its upload is received', async () => {
    const upload = await createUpload(db, { merchantId, campaign: newCampaign() });
    const { rows } = await db.pool.query<{ id: string }>(
      `INSERT INTO csv_upload_chunk (id, upload_id, index, first_row, row_count, lines, data)
       VALUES (gen_random_uuid(), $1, 0, 1, 1, '{2}', '{"headers":["ID"],"rows":[["1"]]}') RETURNING id`,
      [upload.id],
    );
    expect(await claimChunk(db, rows[0]?.id ?? '', patience)).toBeNull();
  });

  it('refuses the result of a worker whose lease ran out after another worker claimed it', async () => {
    const upload = await receive(newCampaign(), file(...range(3)));
    const id = upload.chunkIds[0] ?? '';
    const frozen = await claimChunk(db, id, { ...patience, leaseMs: 0 });
    const successor = await claim(id);
    if (!frozen) throw new Error('not claimed');
    await expect(complete(frozen)).rejects.toThrow(LostLeaseError);
    expect((await dumpCampaign(db.pool, upload.campaignId)).pledges).toEqual([]);
    await complete(successor);
    await expect(complete(frozen)).rejects.toThrow(LostLeaseError);
    expect(await report(upload.id)).toMatchObject({ status: 'COMPLETED', rows: { imported: 3 } });
  });

  it('does not let an attempt that lost its lease write products', async () => {
    const campaign = newCampaign();
    const upload = await receive(campaign, file(...range(3, () => ({ dice: 1 }))));
    const zombie = await claim(upload.chunkIds[0] ?? '');
    await cancelUpload(db, upload.id);
    await expect(complete(zombie)).rejects.toThrow(LostLeaseError);
    expect((await dumpCampaign(db.pool, upload.campaignId)).products).toEqual([]);
  });

  it('is tried once more and then fails when the limit of attempts was lowered meanwhile', async () => {
    const upload = await receive(newCampaign(), file(...range(3)));
    const id = upload.chunkIds[0] ?? '';
    for (const outcome of ['again', 'again']) {
      expect(await releaseChunk(db, await claim(id), { reason: 'x', maxAttempts: 5 })).toBe(outcome);
    }
    expect(await releaseChunk(db, await claim(id), { reason: 'x', maxAttempts: 1 })).toBe('failed');
    expect((await report(upload.id)).status).toBe('FAILED');
  });

  it('stores a failure reason with characters that Postgres refuses', async () => {
    const upload = await receive(newCampaign(), file(...range(1)));
    const [id = ''] = upload.chunkIds;
    // The limit of the length is in the middle of the emoji.
    const reason = `the cell "\0" ${'x'.repeat(986)}\u{1f3b2}`;
    expect(await releaseChunk(db, await claim(id), { reason, maxAttempts: 1 })).toBe('failed');
    expect((await report(upload.id)).chunkErrors).toEqual([`the cell "\u2400" ${'x'.repeat(986)}\ufffd`]);
  });

  it('is pending again after a failed attempt, and fails with the reason when attempts are used up', async () => {
    const upload = await receive(newCampaign(), file(...range(5)));
    const [bad = '', good = ''] = upload.chunkIds;
    for (const outcome of ['again', 'again', 'failed']) {
      const chunk = await claim(bad);
      expect(await releaseChunk(db, chunk, { reason: 'disk full', maxAttempts: 3 })).toBe(outcome);
    }
    expect(await claimChunk(db, bad, patience)).toBeNull();
    await complete(await claim(good));
    const failed = await report(upload.id);
    expect(failed).toMatchObject({
      status: 'FAILED',
      failure: { code: 'chunks_failed', message: expect.stringContaining('disk full') },
      rows: { total: 5, imported: 2, open: 3 },
      chunkErrors: ['disk full'],
    });
    expect(await retryUpload(db, upload.id)).toEqual([bad]);
    await complete(await claim(bad));
    expect(await report(upload.id)).toMatchObject({
      status: 'COMPLETED',
      rows: { imported: 5, open: 0 },
      failure: null,
    });
    await expect(retryUpload(db, upload.id)).rejects.toMatchObject({ code: 'illegal_move' });
  });
});

describe('settling', () => {
  it('happens exactly once when the last two chunks end at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const upload = await receive(newCampaign(), file(...range(6)));
      const chunks = await Promise.all(upload.chunkIds.map(claim));
      await Promise.all(chunks.map(complete));
      expect(await report(upload.id)).toMatchObject({ status: 'COMPLETED', rows: { imported: 6 } });
      expect(await db.prisma.notification.count({ where: { uploadId: upload.id } })).toBe(1);
    }
  });

  it('counts the inventory right when two uploads of a campaign end at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const campaign = newCampaign();
      const one = await receive(campaign, file(...range(3)));
      const two = await receive(campaign, file(...range(3).map(({ number }) => ({ number: number + 10 }))));
      const chunks = await Promise.all([...one.chunkIds, ...two.chunkIds].map(claim));
      await Promise.all(chunks.map(complete));
      const { inventory } = await dumpCampaign(db.pool, one.campaignId);
      expect(inventory).toContainEqual(expect.objectContaining({ kind: 'REWARD', committed: 6 }));
    }
  });

  it('survives many chunks that share backers and products in opposite order', async () => {
    const lines = range(60, (n) => ({ email: `b${n % 10}@example.com`, name: `Name ${n}` }));
    const campaign = newCampaign();
    const one = await receive(campaign, file(...lines));
    const two = await receive(campaign, file(...lines.toReversed()));
    const chunks = await Promise.all([...one.chunkIds, ...two.chunkIds].map(claim));
    await Promise.all(chunks.map(complete));
    expect(await report(one.id)).toMatchObject({ status: 'COMPLETED', rows: { imported: 60 } });
    expect(await report(two.id)).toMatchObject({ status: 'COMPLETED', rows: { imported: 60 } });
  });
});

describe('canceling an upload', () => {
  it('cancels pending chunks, refuses the results of running ones and keeps what is completed', async () => {
    const upload = await receive(newCampaign(), file(...range(9)));
    const [done = '', running = '', waiting = ''] = upload.chunkIds;
    await complete(await claim(done));
    const inHand = await claim(running);
    await cancelUpload(db, upload.id);
    await expect(complete(inHand)).rejects.toThrow(LostLeaseError);
    expect(await claimChunk(db, waiting, patience)).toBeNull();
    expect(await report(upload.id)).toMatchObject({
      status: 'CANCELED',
      rows: { total: 9, imported: 3, open: 6 },
      chunks: { completed: 1, canceled: 2 },
    });
    await expect(cancelUpload(db, upload.id)).rejects.toMatchObject({ code: 'illegal_move' });
  });
});

describe('the sweep', () => {
  const options = { pendingAfterMs: 0, silentAfterMs: 60_000, limit: 100 };

  it('enqueues a freed chunk at once, without waiting for pendingAfterMs', async () => {
    const upload = await receive(newCampaign(), file(...range(3)));
    const id = upload.chunkIds[0] ?? '';
    await claimChunk(db, id, { leaseMs: 0 });
    const { pendingChunks } = await sweep(db, { ...options, pendingAfterMs: 3_600_000 });
    expect(pendingChunks).toContainEqual(expect.objectContaining({ chunkId: id, attempt: 1 }));
    await cancelUpload(db, upload.id);
  });

  it('repairs the others when one upload cannot be repaired', async () => {
    const broken = await receive(newCampaign(), file(...range(3)));
    const fine = await receive(newCampaign(), file(...range(3)));
    // Its last chunk is completed, with a result that the settlement cannot read.
    await db.pool.query(`UPDATE csv_upload SET status = 'PROCESSING' WHERE id = $1`, [broken.id]);
    await db.pool.query(`UPDATE csv_upload_chunk SET status = 'PROCESSING' WHERE upload_id = $1`, [
      broken.id,
    ]);
    await db.pool.query(
      `UPDATE csv_upload_chunk SET status = 'COMPLETED', imported_count = row_count,
         result = '{"rows": {"backers": "many"}}' WHERE upload_id = $1`,
      [broken.id],
    );
    const swept = await sweep(db, options);
    expect(swept.failures).toMatchObject([{ repair: `settle upload ${broken.id}` }]);
    expect(swept.pendingChunks).toContainEqual(expect.objectContaining({ uploadId: fine.id }));
    await db.pool.query(`UPDATE csv_upload SET status = 'CANCELED' WHERE id = $1`, [broken.id]);
  });

  it('frees chunks of lost workers and finds chunks whose job was lost', async () => {
    const upload = await receive(newCampaign(), file(...range(3)));
    const id = upload.chunkIds[0] ?? '';
    await claimChunk(db, id, { ...patience, leaseMs: 0 });
    const swept = await sweep(db, options);
    expect(swept.freedLeases).toBeGreaterThanOrEqual(1);
    expect(swept.pendingChunks).toContainEqual({ uploadId: upload.id, chunkId: id, attempt: 1 });
    await complete(await claim(id));
    expect((await sweep(db, options)).pendingChunks).not.toContainEqual(
      expect.objectContaining({ chunkId: id }),
    );
  });

  it('fails uploads whose client went silent, and removes their chunks', async () => {
    const upload = await createUpload(db, { merchantId, campaign: newCampaign() });
    await db.pool.query(`UPDATE csv_upload SET received_at = now() - interval '1 hour' WHERE id = $1`, [
      upload.id,
    ]);
    await sweep(db, options);
    expect(await report(upload.id)).toMatchObject({
      status: 'FAILED',
      failure: { code: 'upload_interrupted' },
    });
    expect(await failUpload(db, upload.id, { code: 'late', message: 'late' })).toBe(false);
  });

  it('may run many times at once', async () => {
    const upload = await receive(newCampaign(), file(...range(3)));
    await claimChunk(db, upload.chunkIds[0] ?? '', { leaseMs: 0 });
    await Promise.all(Array.from({ length: 6 }, () => sweep(db, options)));
    const { rows } = await db.pool.query(
      'SELECT status, attempts, lost_workers FROM csv_upload_chunk WHERE upload_id = $1',
      [upload.id],
    );
    expect(rows).toEqual([{ status: 'PENDING', attempts: 0, lost_workers: 1 }]);
  });
});
