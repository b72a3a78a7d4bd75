import { describe, expect, it } from 'vitest';
import type { Database } from '../../client.js';
import { brokenChecks } from '../../test-support/broken-checks.js';
import { dumpCampaign } from '../../test-support/dump-campaign.js';
import { processChunk, processUpload } from '../../test-support/process-upload.js';
import { type ReceivedUpload, receiveCsv } from '../../test-support/receive-csv.js';
import { setUpMerchant } from '../../test-support/set-up-merchant.js';
import { finishDraft } from '../../test-support/work-on-drafts.js';
import type { FileMapping } from '../mappings/map-files.js';
import { readUpload } from '../reports/read-upload.js';
import { readDraft, requestHistory } from './read-draft.js';
import { applyRemap, discardRemap, OutdatedDraftError, startRemap } from './remap.js';

let db: Database;
let merchantId: string;
let campaigns = 0;

setUpMerchant(6, (setUp) => {
  ({ db, merchantId } = setUp);
});

const HEADER = 'Order ID,Email,Name,Total,Notes,Old number';
const file = (...rows: readonly string[]) => [HEADER, ...rows, ''].join('\n');
const first = file(
  '1,ada@example.com,Ada,10.00,a,7',
  '2,bo@example.com,Bo,20.00,b,8',
  '3,cy@example.com,Cy,30.00,c,9',
);
/** Mapped wrongly at first: the numbers of its orders are in another column. */
const second = file('7,eve@example.com,Eve,99.00,x,1', '8,cy@example.com,,5.00,,3');

const columns: FileMapping['columns'] = [
  { position: 0, as: 'kept' },
  { position: 1, as: 'email' },
  { position: 2, as: 'backerName' },
  { position: 3, as: 'amount' },
  { position: 4, as: 'notes' },
  { position: 5, as: 'externalId' },
];
const corrected: FileMapping = {
  fileIndex: 0,
  platform: 'generic',
  columns,
  orders: null,
  decimalMark: '.',
  assumptions: [],
};
/** The same file with its columns in the order in which they are understood. */
const understood = [
  'Old number,Order ID,Email,Name,Total,Notes',
  '7,1,eve@example.com,Eve,99.00,x',
  '8,3,cy@example.com,,5.00,',
  '',
].join('\n');

async function send(campaign: string, csv: string): Promise<ReceivedUpload> {
  const upload = await receiveCsv(db, { merchantId, campaign, csv, chunkRows: 1 });
  await processUpload(db, upload.id);
  return upload;
}

async function importAll(...files: readonly string[]): Promise<readonly ReceivedUpload[]> {
  const campaign = `remapped ${++campaigns}`;
  const uploads: ReceivedUpload[] = [];
  for (const csv of files) uploads.push(await send(campaign, csv));
  return uploads;
}

const dump = ({ campaignId }: ReceivedUpload) => dumpCampaign(db.pool, campaignId);

/** The tables without the column that only one of the two ways of writing the file keeps. */
async function dumpWithoutExtra(upload: ReceivedUpload) {
  const { pledges, ...tables } = await dump(upload);
  return { ...tables, pledges: pledges.map((pledge) => ({ ...Object(pledge), extra: null })) };
}

async function finish(draftId: string): Promise<void> {
  const { outcome, chunkIds } = await finishDraft(db, draftId);
  expect(outcome).toBe('done');
  for (const id of chunkIds) await processChunk(db, id);
}

const statusOf = async ({ id }: ReceivedUpload) => (await readUpload(db, merchantId, id))?.status;

async function changesOf({ id }: ReceivedUpload) {
  const { rows } = await db.pool.query<{ change: string; table: string; fields: string[] }>(
    `SELECT r.change, r."table", r.fields FROM draft_record r JOIN draft d ON d.id = r.draft_id
     WHERE d.upload_id = $1 ORDER BY r."table", r.change, r.fields`,
    [id],
  );
  return rows.map(({ table, change, fields }) => [table, change, ...fields].join(' '));
}

async function both(): Promise<readonly [ReceivedUpload, ReceivedUpload]> {
  const [a, b] = await importAll(first, second);
  if (!a || !b) throw new Error('No uploads');
  return [a, b];
}

describe('an upload that is mapped again', () => {
  it('gives the tables that the right columns would have given', async () => {
    const [a, b] = await both();
    await finish((await startRemap(db, b.id, [corrected], { review: false })).draftId);
    expect(await statusOf(b)).toBe('COMPLETED');
    const [expected] = await importAll(first, understood);
    if (!expected) throw new Error('No upload');
    expect(await dumpWithoutExtra(a)).toEqual(await dumpWithoutExtra(expected));
    for (const { id } of [a, b]) expect(await brokenChecks(db, id)).toEqual([]);
  });

  it('is shown before, and written when it is applied', async () => {
    const [a, b] = await both();
    const before = await dump(a);
    await finish((await startRemap(db, b.id, [corrected], { review: true })).draftId);
    expect(await statusOf(b)).toBe('REMAPPING');
    expect(await dump(a)).toEqual(before);
    expect(await readDraft(db, b.id)).toMatchObject({ kind: 'REMAP', status: 'READY', isOutdated: false });
    expect(await changesOf(b)).toEqual([
      'backer UNCHANGED',
      'backer UNCHANGED',
      'pledge CHANGED amount extra',
      'pledge CHANGED backerId amount notes extra',
      'pledge REMOVED',
      'pledge REMOVED',
    ]);
    await finish((await applyRemap(db, b.id)).draftId);
    expect(await statusOf(b)).toBe('COMPLETED');
    const [expected] = await importAll(first, understood);
    if (!expected) throw new Error('No upload');
    expect(await dumpWithoutExtra(a)).toEqual(await dumpWithoutExtra(expected));
    for (const { id } of [a, b]) expect(await brokenChecks(db, id)).toEqual([]);
  });

  it('is what it was when it is discarded', async () => {
    const [a, b] = await both();
    const before = await dump(a);
    await finish((await startRemap(db, b.id, [corrected], { review: true })).draftId);
    await discardRemap(db, b.id);
    expect([await statusOf(b), await readDraft(db, b.id)]).toEqual(['COMPLETED', null]);
    expect(await dump(a)).toEqual(before);
    await expect(applyRemap(db, b.id)).rejects.toMatchObject({ code: 'illegal_move' });
    expect(await brokenChecks(db, b.id)).toEqual([]);
  });

  it('is not applied when its rows were removed since', async () => {
    const [, b] = await both();
    await finish((await startRemap(db, b.id, [corrected], { review: true })).draftId);
    await db.pool.query('DELETE FROM csv_upload_chunk WHERE id = $1', [b.chunkIds[0]]);
    await expect(applyRemap(db, b.id)).rejects.toMatchObject({ code: 'rows_purged' });
    expect(await statusOf(b)).toBe('REMAPPING');
  });

  it('is worked out again when another file came in between', async () => {
    const [a, b] = await both();
    await finish((await startRemap(db, b.id, [corrected], { review: true })).draftId);
    const third = file('3,cy@example.com,Cy,31.00,c3,9');
    await send(`remapped ${campaigns}`, third);
    expect(await readDraft(db, b.id)).toMatchObject({ status: 'READY', isOutdated: true });
    await expect(applyRemap(db, b.id)).rejects.toThrow(OutdatedDraftError);
    await finish((await readDraft(db, b.id))?.id ?? '');
    await finish((await applyRemap(db, b.id)).draftId);
    const [expected] = await importAll(first, understood, third);
    if (!expected) throw new Error('No upload');
    expect(await dumpWithoutExtra(a)).toEqual(await dumpWithoutExtra(expected));
  });
});

describe('the history of an upload', () => {
  it('that was given up says so for a while to who waits for it, and is tried again then', async () => {
    const [a] = await importAll(first);
    if (!a) throw new Error('No upload');
    const { draft } = await requestHistory(db, a.id);
    await db.pool.query('UPDATE draft SET attempts = 5 WHERE id = $1', [draft.id]);
    expect((await finishDraft(db, draft.id)).outcome).toBe('given up');
    expect(await requestHistory(db, a.id)).toMatchObject({
      draft: { id: draft.id, status: 'FAILED', lastError: expect.stringContaining('given up') },
      enqueue: null,
    });
    await db.pool.query(`UPDATE draft SET finished_at = now() - interval '2 minutes' WHERE id = $1`, [
      draft.id,
    ]);
    const again = await requestHistory(db, a.id);
    expect(again.draft).toMatchObject({ status: 'BUILDING' });
    await finish(again.draft.id);
  });

  it('tells what it created and changed, though later files have changed it again', async () => {
    const changed = file(
      '1,ada@example.com,Ada L,10.00,a,7',
      '2,bo@example.com,Bo,20.00,b,8',
      '4,fay@example.com,Fay,1.00,,',
    );
    const [, b] = await importAll(first, changed, file('1,ada@example.com,Ada Lovelace,12.00,z,7'));
    if (!b) throw new Error('No upload');
    const { draft, enqueue } = await requestHistory(db, b.id);
    expect(enqueue?.draftId).toBe(draft.id);
    await finish(draft.id);
    expect(await changesOf(b)).toEqual([
      'backer CREATED',
      'backer CHANGED name',
      'backer UNCHANGED',
      'pledge CREATED',
      'pledge UNCHANGED',
      'pledge UNCHANGED',
    ]);
    const { draft: again, enqueue: nothing } = await requestHistory(db, b.id);
    expect([again.id, again.status, nothing]).toEqual([draft.id, 'READY', null]);
    expect(again.totals?.campaign).toBeNull();
    expect(again.totals?.records).toMatchObject({
      backer: { created: 1, changed: 1, unchanged: 1, removed: 0, missing: 0 },
      pledge: { created: 1, changed: 0, unchanged: 2, removed: 0, missing: 0 },
    });
    expect(await statusOf(b)).toBe('COMPLETED');
    expect(await brokenChecks(db, b.id)).toEqual([]);
  });
});
