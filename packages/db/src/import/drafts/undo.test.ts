import { describe, expect, it } from 'vitest';
import type { Database } from '../../client.js';
import { brokenChecks } from '../../test-support/broken-checks.js';
import { dumpCampaign } from '../../test-support/dump-campaign.js';
import { processChunk, processUpload } from '../../test-support/process-upload.js';
import { type ReceivedUpload, receiveCsv } from '../../test-support/receive-csv.js';
import { setUpMerchant } from '../../test-support/set-up-merchant.js';
import { finishDraft } from '../../test-support/work-on-drafts.js';
import { claimChunk } from '../chunks/claim-chunk.js';
import { readUpload } from '../reports/read-upload.js';
import { cancelUpload } from '../uploads/cancel-upload.js';
import { deleteUpload } from '../uploads/delete-upload.js';
import { readDraft } from './read-draft.js';
import { startRedo, startUndo } from './start-undo.js';
import { workOnDraft } from './work-on-draft.js';

let db: Database;
let merchantId: string;
let campaigns = 0;

setUpMerchant(6, (setUp) => {
  ({ db, merchantId } = setUp);
});

const HEADER = 'Order ID,Email,Name,Total,Currency,SKU,Quantity,Financial Status,Fulfillment Status,Notes';
const file = (...rows: readonly string[]) => [HEADER, ...rows, ''].join('\n');

async function receive(campaign: string, csv: string): Promise<ReceivedUpload> {
  return receiveCsv(db, { merchantId, campaign, csv, chunkRows: 2 });
}

/** Imports files one after the other. */
async function importAll(...files: readonly string[]): Promise<readonly ReceivedUpload[]> {
  const campaign = `undone ${++campaigns}`;
  const uploads: ReceivedUpload[] = [];
  for (const csv of files) {
    const upload = await receive(campaign, csv);
    await processUpload(db, upload.id);
    uploads.push(upload);
  }
  return uploads;
}

const dump = ({ campaignId }: ReceivedUpload) => dumpCampaign(db.pool, campaignId);

async function dumpOf(...files: readonly string[]) {
  const [first] = await importAll(...files);
  if (!first) throw new Error('No file was imported');
  return dump(first);
}

async function undo({ id }: ReceivedUpload): Promise<void> {
  const { draftId } = await startUndo(db, id);
  expect((await finishDraft(db, draftId)).outcome).toBe('done');
}

async function redo({ id }: ReceivedUpload): Promise<void> {
  for (const chunkId of await startRedo(db, id)) await processChunk(db, chunkId);
}

const statusOf = async ({ id }: ReceivedUpload) => (await readUpload(db, merchantId, id))?.status;

const first = file(
  '1,ada@example.com,Ada,10.00,EUR,DICE,1,paid,,a',
  '2,bo@example.com,Bo,20.00,EUR,DICE,2,paid,,b',
  '3,cy@example.com,Cy,30.00,EUR,MAT,1,paid,,c',
);
const second = file(
  '1,new@example.com,Ada,11.00,EUR,DICE,1,paid,,a2',
  '2,bo@example.com,,20.00,EUR,BAG,1,paid,,',
  '4,dee@example.com,Dee,40.00,EUR,BAG,4,paid,,d',
);
const third = file(
  '2,bo@example.com,Bo B,21.00,EUR,DICE,2,paid,,',
  '5,eve@example.com,Eve,50.00,EUR,MAT,1,paid,,e',
);

describe('an upload that is undone', () => {
  it.each([
    ['the first', 0],
    ['the one in the middle', 1],
    ['the last', 2],
  ])('leaves the tables that the other files make: %s of three', async (_, at) => {
    const files = [first, second, third];
    const uploads = await importAll(...files);
    const undone = uploads[at];
    if (!undone) throw new Error('No such upload');
    const all = await dump(undone);
    await undo(undone);
    expect(await dump(undone)).toEqual(await dumpOf(...files.filter((_, index) => index !== at)));
    expect(await statusOf(undone)).toBe('UNDONE');
    for (const { id } of uploads) expect(await brokenChecks(db, id)).toEqual([]);
    await redo(undone);
    expect(await dump(undone)).toEqual(all);
    expect(await statusOf(undone)).toBe('COMPLETED');
    for (const { id } of uploads) expect(await brokenChecks(db, id)).toEqual([]);
  });

  it('was the only one, and nothing is left', async () => {
    const [only] = await importAll(first);
    if (!only) throw new Error('No upload');
    await undo(only);
    expect(await dump(only)).toEqual({
      backers: [],
      products: [],
      pledges: [],
      items: [],
      surveys: [],
      inventory: [],
    });
  });

  it('tells the merchant so, once', async () => {
    const [only] = await importAll(first);
    if (!only) throw new Error('No upload');
    await undo(only);
    const { rows } = await db.pool.query(
      'SELECT event, message FROM notification WHERE upload_id = $1 ORDER BY occurrence',
      [only.id],
    );
    expect(rows).toEqual([
      expect.objectContaining({ event: 'upload.completed' }),
      {
        event: 'upload.undone',
        message:
          'The import of "test.csv" is undone. 3 imported rows were taken back. The campaign is as if the file had never been sent. What other files say stays. A redo of the upload brings it back.',
      },
    ]);
  });

  it('gives the units on hand of its products back when it is brought back', async () => {
    const [only] = await importAll(first);
    if (!only) throw new Error('No upload');
    await db.pool.query('UPDATE inventory SET on_hand = 7 WHERE campaign_id = $1', [only.campaignId]);
    const before = await dump(only);
    await undo(only);
    await redo(only);
    expect(await dump(only)).toEqual(before);
  });

  it('loses to a newer file that said the same as an older one, also when it comes back', async () => {
    const [a, b] = await importAll(first, second);
    if (!a || !b) throw new Error('No uploads');
    await undo(b);
    const again = await receive(`undone ${campaigns}`, first.replace('\n', '\r\n'));
    await processUpload(db, again.id);
    await redo(b);
    expect(await dump(a)).toEqual(await dumpOf(first, second, first));
  });

  it('ends in the status that it had, when it was canceled in the middle', async () => {
    const upload = await receive(`undone ${++campaigns}`, first);
    await processChunk(db, upload.chunkIds[0]);
    await cancelUpload(db, upload.id);
    const before = await dump(upload);
    await undo(upload);
    expect((await dump(upload)).pledges).toEqual([]);
    await redo(upload);
    expect(await dump(upload)).toEqual(before);
    expect(await statusOf(upload)).toBe('CANCELED');
    expect(await brokenChecks(db, upload.id)).toEqual([]);
  });
});

describe('the statistics of uploads', () => {
  const statisticsOf = async ({ id }: ReceivedUpload) => (await readUpload(db, merchantId, id))?.statistics;
  const ofCampaign = async (upload: ReceivedUpload) => {
    const { totals, units, productCount, backersWithoutPledge } = (await statisticsOf(upload)) ?? {};
    return { totals, units, productCount, backersWithoutPledge };
  };

  it('say what the campaign holds without the upload that is undone, and with it when it is back', async () => {
    const [a, b, c] = await importAll(first, second, third);
    const [, other] = await importAll(second, third);
    if (!a || !b || !c || !other) throw new Error('No uploads');
    const all = await ofCampaign(c);
    const recordsOf = async (upload: ReceivedUpload) => (await statisticsOf(upload))?.records;
    await undo(a);
    const without = await ofCampaign(other);
    expect(without).not.toEqual(all);
    expect([await ofCampaign(b), await ofCampaign(c)]).toEqual([without, without]);
    expect(await recordsOf(c)).toEqual(await recordsOf(other));
    await redo(a);
    expect([await ofCampaign(a), await ofCampaign(b), await ofCampaign(c)]).toEqual([all, all, all]);
    for (const { id } of [a, b, c]) expect(await brokenChecks(db, id)).toEqual([]);
  });

  it('stay what was counted where they were counted before the upload was sent', async () => {
    const [a, b] = await importAll(first, second);
    if (!a || !b) throw new Error('No uploads');
    const before = await statisticsOf(a);
    await undo(b);
    expect(await statisticsOf(a)).toEqual(before);
    await redo(b);
    expect((await ofCampaign(a)).totals).toEqual(before?.totals);
  });
});

describe('an undo', () => {
  it('waits for chunks that are in hand, and lets nobody claim another one', async () => {
    const [done] = await importAll(first);
    const other = await receive(`undone ${campaigns}`, second);
    if (!done) throw new Error('No upload');
    const inHand = await claimChunk(db, other.chunkIds[0] ?? '', { leaseMs: 60_000 });
    const { draftId } = await startUndo(db, done.id);
    expect(await claimChunk(db, other.chunkIds[1] ?? '', { leaseMs: 60_000 })).toBeNull();
    expect((await finishDraft(db, draftId)).outcome).toBe('waiting');
    await db.pool.query(
      `UPDATE csv_upload_chunk SET status = 'PENDING', attempt_token = NULL, lease_until = NULL WHERE id = $1`,
      [inHand?.id],
    );
    expect((await finishDraft(db, draftId)).outcome).toBe('done');
    await processUpload(db, other.id);
    expect(await dump(done)).toEqual(await dumpOf(second));
  });

  it('is refused with a reason where it cannot be', async () => {
    const [a, b] = await importAll(first, second);
    if (!a || !b) throw new Error('No uploads');
    const { draftId } = await startUndo(db, a.id);
    await expect(startUndo(db, a.id)).rejects.toMatchObject({ code: 'illegal_move' });
    await expect(startUndo(db, b.id)).rejects.toMatchObject({ code: 'campaign_held' });
    await expect(deleteUpload(db, merchantId, b.id)).rejects.toMatchObject({ code: 'campaign_held' });
    await finishDraft(db, draftId);
    await expect(startUndo(db, a.id)).rejects.toMatchObject({ code: 'illegal_move' });
    await expect(startRedo(db, b.id)).rejects.toMatchObject({ code: 'illegal_move' });
    await db.pool.query('DELETE FROM csv_upload_chunk WHERE upload_id = $1', [a.id]);
    await expect(startUndo(db, b.id)).rejects.toMatchObject({ code: 'rows_purged' });
    const [c, d] = await importAll(first, second);
    if (!c || !d) throw new Error('No uploads');
    await deleteUpload(db, merchantId, c.id);
    await expect(startUndo(db, d.id)).rejects.toMatchObject({ code: 'rows_purged' });
  });

  it('is given up when it is cut off again and again before it changes anything', async () => {
    const [only] = await importAll(first);
    if (!only) throw new Error('No upload');
    const before = await dump(only);
    const { draftId } = await startUndo(db, only.id);
    await db.pool.query('UPDATE draft SET attempts = 5 WHERE id = $1', [draftId]);
    expect((await finishDraft(db, draftId)).outcome).toBe('given up');
    expect(await statusOf(only)).toBe('COMPLETED');
    expect(await dump(only)).toEqual(before);
    expect(await brokenChecks(db, only.id)).toEqual([]);
    await undo(only);
  });

  /** Works on a draft until it is done or given up, as jobs do that are enqueued again after each failure. */
  async function insist(draftId: string) {
    const failures: unknown[] = [];
    for (;;) {
      try {
        return { ...(await finishDraft(db, draftId)), failures: failures.length };
      } catch (error) {
        failures.push(error);
        if (failures.length > 20) throw error;
      }
    }
  }

  async function failingOn<T>(event: string, work: () => Promise<T>): Promise<T> {
    await db.pool.query(
      `CREATE FUNCTION fail_always() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE check_violation; END $$;
       CREATE TRIGGER fail_always BEFORE ${event} FOR EACH ROW EXECUTE FUNCTION fail_always()`,
    );
    try {
      return await work();
    } finally {
      await db.pool.query('DROP FUNCTION fail_always() CASCADE');
    }
  }

  it('is given up with a reason when it fails each time at its first step, and the campaign is free', async () => {
    const [only] = await importAll(first);
    if (!only) throw new Error('No upload');
    const before = await dump(only);
    const { draftId } = await startUndo(db, only.id);
    const { outcome, failures } = await failingOn('INSERT ON draft_part', () => insist(draftId));
    expect([outcome, failures]).toEqual(['given up', 5]);
    expect(await statusOf(only)).toBe('COMPLETED');
    expect(await readDraft(db, only.id)).toMatchObject({
      status: 'FAILED',
      lastError:
        'The undo was given up after 5 attempts, and the campaign is what it was before. Its last attempt ended with an error of ours, which is in our log.',
    });
    expect(await dump(only)).toEqual(before);
    expect(await brokenChecks(db, only.id)).toEqual([]);
    const next = await receive(`undone ${campaigns}`, second);
    await processUpload(db, next.id);
    await undo(only);
    expect(await dump(only)).toEqual(await dumpOf(second));
  });

  it('is given up when it fails each time amid its writes, and what it took away is imported again', async () => {
    const [a, b, c] = await importAll(first, second, third);
    if (!a || !b || !c) throw new Error('No uploads');
    await db.pool.query('UPDATE inventory SET on_hand = 7 WHERE campaign_id = $1', [a.campaignId]);
    const before = await dump(b);
    const { draftId } = await startUndo(db, b.id);
    const { outcome, chunkIds } = await failingOn('DELETE ON backer', () => insist(draftId));
    expect(outcome).toBe('given up');
    expect(await dump(b)).not.toEqual(before);
    expect(await statusOf(b)).toBe('PROCESSING');
    expect((await readDraft(db, b.id))?.lastError).toContain('what it had changed is imported again');
    for (const { id } of [a, b, c]) expect(await brokenChecks(db, id)).toEqual([]);
    for (const id of chunkIds) await processChunk(db, id);
    expect(await statusOf(b)).toBe('COMPLETED');
    expect(await dump(b)).toEqual(before);
    for (const { id } of [a, b, c]) expect(await brokenChecks(db, id)).toEqual([]);
    await undo(b);
    expect(await statusOf(b)).toBe('UNDONE');
  });

  it('takes nothing away when rows of another file were removed after it began, and is given up', async () => {
    const [a, b] = await importAll(first, second, third);
    if (!a || !b) throw new Error('No uploads');
    const before = await dump(a);
    const { draftId } = await startUndo(db, a.id);
    const { signal } = new AbortController();
    const step = { leaseMs: 60_000, budgetMs: 0, maxAttempts: 5, signal };
    // Both chunks of its own, and the first one of the next file.
    for (let read = 0; read < 3; read += 1)
      expect((await workOnDraft(db, draftId, step)).outcome).toBe('goes on');
    await db.pool.query('DELETE FROM csv_upload_chunk WHERE id = $1', [b.chunkIds[0]]);
    expect((await insist(draftId)).outcome).toBe('given up');
    expect(await dump(a)).toEqual(before);
    expect((await readDraft(db, a.id))?.lastError).toContain('no longer kept');
  });

  it('cannot be taken back when the rows of the upload were removed since', async () => {
    const [only] = await importAll(first);
    if (!only) throw new Error('No upload');
    await undo(only);
    await db.pool.query('DELETE FROM csv_upload_chunk WHERE id = $1', [only.chunkIds[0]]);
    await expect(startRedo(db, only.id)).rejects.toMatchObject({ code: 'rows_purged' });
    expect(await statusOf(only)).toBe('UNDONE');
  });

  it('does not count attempts that ended because the worker stops', async () => {
    const [only] = await importAll(first);
    if (!only) throw new Error('No upload');
    const { draftId } = await startUndo(db, only.id);
    const reason = new Error('The worker stops');
    const signal = AbortSignal.abort(reason);
    const options = { leaseMs: 60_000, budgetMs: 2_000, maxAttempts: 2, signal };
    for (let time = 0; time < 4; time += 1)
      await expect(workOnDraft(db, draftId, options)).rejects.toBe(reason);
    expect((await finishDraft(db, draftId)).outcome).toBe('done');
  });
});
