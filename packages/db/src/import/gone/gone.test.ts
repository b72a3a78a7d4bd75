import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../client.js';
import { brokenChecks } from '../../test-support/broken-checks.js';
import { openTestDatabase } from '../../test-support/open-test-database.js';
import { claimChunkForSure, processChunk, processUpload } from '../../test-support/process-upload.js';
import { receiveCsv } from '../../test-support/receive-csv.js';
import { finishDraft } from '../../test-support/work-on-drafts.js';
import { mergeCampaigns } from '../campaigns/merge-campaigns.js';
import { completeChunk } from '../chunks/complete-chunk.js';
import { mapChunk } from '../chunks/map-chunk.js';
import { releaseChunk } from '../chunks/release-chunk.js';
import { readDraft } from '../drafts/read-draft.js';
import { applyRemap, OutdatedDraftError, startRemap } from '../drafts/remap.js';
import { startRedo, startUndo } from '../drafts/start-undo.js';
import { readUpload } from '../reports/read-upload.js';
import { cancelUpload } from '../uploads/cancel-upload.js';
import { deleteUpload } from '../uploads/delete-upload.js';
import { retryUpload } from '../uploads/retry-upload.js';

let db: Database;
let close: () => Promise<void>;
let merchantId: string;
let campaigns = 0;

beforeAll(async () => {
  ({ db, merchantId, close } = await openTestDatabase(inject('testPostgres'), 10));
});

afterAll(() => close());

const HEADER = 'Order ID,Email,Name,Total,SKU,Quantity';
const CHUNK_ROWS = 2;

/** A row that is imported; one that is rejected and says its number; one that is rejected and does not. */
const good = (number: string) => `${number},p${number}@example.com,P${number},10.00,LAMP,1`;
const bad = (number: string) => `${number},no address,P${number},10.00,LAMP,1`;
const blank = ',nobody@example.com,Nobody,10.00,LAMP,1';

interface SentFile {
  readonly rows: readonly string[];
  readonly complete?: boolean;
}

function receive(campaign: string, { rows, complete = false }: SentFile) {
  const csv = [HEADER, ...rows, ''].join('\n');
  return receiveCsv(db, { merchantId, campaign, csv, chunkRows: CHUNK_ROWS, complete });
}

/** Imports files one after the other, and returns the last upload. */
async function importAll(campaign: string, files: readonly SentFile[]) {
  let last = { id: '', campaignId: '' };
  for (const file of files) {
    last = await receive(campaign, file);
    await processUpload(db, last.id);
  }
  return last;
}

async function readGone(campaignId: string): Promise<readonly string[]> {
  const { rows } = await db.pool.query<{ number: string }>(
    'SELECT external_id AS number FROM pledge WHERE campaign_id = $1 AND gone_sequence IS NOT NULL ORDER BY 1',
    [campaignId],
  );
  return rows.map(({ number }) => number);
}

async function readUnits(campaignId: string): Promise<number> {
  const { rows } = await db.pool.query<{ units: number }>(
    'SELECT coalesce(sum(committed), 0)::int AS units FROM inventory WHERE campaign_id = $1',
    [campaignId],
  );
  return rows[0]?.units ?? 0;
}

const statisticsOf = async (id: string) => (await readUpload(db, merchantId, id))?.statistics;
const warningsOf = async (id: string) => (await readUpload(db, merchantId, id))?.warnings ?? [];
const name = () => `gone ${++campaigns}`;
const all = [good('1'), good('2'), good('3')];

describe('a complete upload', () => {
  it('marks the pledges that it does not name, and says how many', async () => {
    const { id, campaignId } = await importAll(name(), [
      { rows: all },
      { rows: [good('1')], complete: true },
    ]);
    expect(await readGone(campaignId)).toEqual(['2', '3']);
    expect(await readUnits(campaignId)).toBe(1);
    const statistics = await statisticsOf(id);
    expect(statistics?.gone).toEqual({ marked: 2, back: 0, notMarked: null });
    expect(statistics?.totals).toEqual([
      { currency: null, status: 'COLLECTED', pledges: 1, amount: '10.0000' },
      { currency: null, status: 'GONE', pledges: 2, amount: '20.0000' },
    ]);
    const { rows } = await db.pool.query<{ message: string }>(
      'SELECT message FROM notification WHERE upload_id = $1',
      [id],
    );
    expect(rows[0]?.message).toContain('2 pledges of the campaign are GONE now');
    expect(await brokenChecks(db, id)).toEqual([]);
  });

  it('is only what was sent as one', async () => {
    const { id, campaignId } = await importAll(name(), [{ rows: all }, { rows: [good('1')] }]);
    expect(await readGone(campaignId)).toEqual([]);
    expect(await statisticsOf(id)).not.toHaveProperty('gone');
  });

  it('leaves the pledges of other platforms alone', async () => {
    const campaign = name();
    const shop = [
      'Name,Email,Financial Status,Lineitem name,Lineitem quantity,Lineitem price,Total',
      '#1001,eve@example.com,paid,Lamp,1,5.00,5.00',
      '',
    ].join('\n');
    const other = await receiveCsv(db, { merchantId, campaign, csv: shop, chunkRows: 10 });
    await processUpload(db, other.id);
    const { campaignId } = await importAll(campaign, [{ rows: all }, { rows: [good('1')], complete: true }]);
    expect(await readGone(campaignId)).toEqual(['2', '3']);
  });

  it('marks at its settlement and not before', async () => {
    const campaign = name();
    const { campaignId } = await importAll(campaign, [{ rows: all }]);
    const { chunkIds } = await receive(campaign, { rows: [good('1'), bad('2'), good('1')], complete: true });
    expect(chunkIds).toHaveLength(2);
    await processChunk(db, chunkIds[0]);
    expect(await readGone(campaignId)).toEqual([]);
    await processChunk(db, chunkIds[1]);
    expect(await readGone(campaignId)).toEqual(['3']);
  });

  it.each([
    ['canceled', async (id: string) => void (await cancelUpload(db, id))],
    [
      'failed',
      async (id: string, chunkId: string) => {
        const chunk = await claimChunkForSure(db, chunkId);
        await releaseChunk(db, chunk, { reason: 'broken', maxAttempts: 1 });
        expect((await readUpload(db, merchantId, id))?.status).toBe('FAILED');
      },
    ],
  ])('that is %s in the middle marks nothing', async (_, end) => {
    const campaign = name();
    const { campaignId } = await importAll(campaign, [{ rows: all }]);
    const { id, chunkIds } = await receive(campaign, {
      rows: [good('1'), good('4'), good('5')],
      complete: true,
    });
    const [first = '', second = ''] = chunkIds;
    await processChunk(db, first);
    await end(id, second);
    expect(await readGone(campaignId)).toEqual([]);
    expect(await brokenChecks(db, id)).toEqual([]);
  });

  it('marks when it is complete after a retry, and counts over both settlements', async () => {
    const campaign = name();
    const { campaignId } = await importAll(campaign, [
      { rows: all },
      { rows: [good('1'), good('3')], complete: true },
    ]);
    const { id, chunkIds } = await receive(campaign, {
      rows: [good('2'), good('2'), good('1')],
      complete: true,
    });
    const [first = '', second = ''] = chunkIds;
    await processChunk(db, first);
    await releaseChunk(db, await claimChunkForSure(db, second), { reason: 'broken', maxAttempts: 1 });
    expect((await statisticsOf(id))?.gone).toEqual({ marked: 0, back: 1, notMarked: null });
    await retryUpload(db, id);
    await processChunk(db, second);
    expect(await readGone(campaignId)).toEqual(['3']);
    expect((await statisticsOf(id))?.gone).toEqual({ marked: 1, back: 1, notMarked: null });
  });
});

describe('a complete upload that cannot be trusted to name all', () => {
  it('leaves a pledge alone whose row was rejected, as long as the row says its number', async () => {
    const { campaignId } = await importAll(name(), [
      { rows: all },
      { rows: [good('1'), bad('2')], complete: true },
    ]);
    expect(await readGone(campaignId)).toEqual(['3']);
  });

  it('leaves a pledge alone whose record Postgres refused', async () => {
    const campaign = name();
    const { campaignId } = await importAll(campaign, [{ rows: all }]);
    await db.pool.query(
      `CREATE FUNCTION refuse_two() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NEW.external_id = '2' AND NEW.notes = 'refuse' THEN RAISE check_violation; END IF;
         RETURN NEW;
       END $$;
       CREATE TRIGGER refuse_two BEFORE UPDATE ON pledge FOR EACH ROW EXECUTE FUNCTION refuse_two()`,
    );
    try {
      const csv = [`${HEADER},Notes`, `${good('1')},fine`, `${good('2')},refuse`, ''].join('\n');
      const { id } = await receiveCsv(db, { merchantId, campaign, csv, chunkRows: 10, complete: true });
      await processUpload(db, id);
      expect(await readUpload(db, merchantId, id)).toMatchObject({ rows: { imported: 1, rejected: 1 } });
    } finally {
      await db.pool.query('DROP TRIGGER refuse_two ON pledge; DROP FUNCTION refuse_two()');
    }
    expect(await readGone(campaignId)).toEqual(['3']);
  });

  it.each([
    ['has a rejected row without a number', [good('1'), blank], 'unnamed_rows'],
    ['has no pledge that could be imported', [bad('1')], 'no_pledges'],
  ])('marks nothing when it %s, and warns', async (_, rows, reason) => {
    const { id, campaignId } = await importAll(name(), [{ rows: all }, { rows, complete: true }]);
    expect(await readGone(campaignId)).toEqual([]);
    expect((await statisticsOf(id))?.gone).toEqual({ marked: 0, back: 0, notMarked: reason });
    expect(await warningsOf(id)).toMatchObject([{ code: 'missing_not_marked', severity: 'warning' }]);
    const { rows: sent } = await db.pool.query<{ message: string }>(
      'SELECT message FROM notification WHERE upload_id = $1',
      [id],
    );
    expect(sent[0]?.message).toContain('No pledge is marked as GONE');
    expect(await brokenChecks(db, id)).toEqual([]);
  });

  it.each([
    ['a file of it was not read', 'unread_file', 'unread_file'],
    ['it is the beginning of a web page', 'unfinished_table', 'unread_file'],
    ['a row has slipped', 'slipped_row', 'unnamed_rows'],
  ])('marks nothing when %s', async (_, code, reason) => {
    const campaign = name();
    const { campaignId } = await importAll(campaign, [{ rows: all }]);
    const place = { file: null, row: null, line: null, column: null, value: null } as const;
    const { id } = await receiveCsv(db, {
      merchantId,
      campaign,
      csv: [HEADER, good('1'), ''].join('\n'),
      chunkRows: 10,
      complete: true,
      issues: [{ ...place, severity: 'error', code, message: 'Look at this.' }],
    });
    await processUpload(db, id);
    expect((await statisticsOf(id))?.gone?.notMarked).toBe(reason);
    expect(await readGone(campaignId)).toEqual([]);
  });

  it('marks nothing when a worker of the release before has processed a part of it', async () => {
    const campaign = name();
    const { campaignId } = await importAll(campaign, [{ rows: all }]);
    const { id, chunkIds } = await receive(campaign, { rows: [good('1'), good('2')], complete: true });
    const chunk = await claimChunkForSure(db, chunkIds[0]);
    await completeChunk(db, { ...chunk, complete: false }, await mapChunk(chunk, []));
    expect((await statisticsOf(id))?.gone?.notMarked).toBe('unnamed_rows');
    expect(await readGone(campaignId)).toEqual([]);
  });
});

describe('a pledge that is GONE', () => {
  it('is back when a later file names it, and keeps what files said of it', async () => {
    const campaign = name();
    const files = [{ rows: all }, { rows: [good('1')], complete: true }, { rows: [good('2')] }];
    const { id, campaignId } = await importAll(campaign, files);
    expect(await readGone(campaignId)).toEqual(['3']);
    expect((await statisticsOf(id))?.gone).toEqual({ marked: 0, back: 1, notMarked: null });
    const { rows } = await db.pool.query(
      'SELECT external_id AS number, status, told_digest IS NOT NULL AS known FROM pledge WHERE campaign_id = $1 ORDER BY 1',
      [campaignId],
    );
    expect(rows).toEqual(['1', '2', '3'].map((number) => ({ number, status: null, known: true })));
  });

  it('stays GONE when an older file is processed afterwards, also one that makes it', async () => {
    const campaign = name();
    const older = await receive(campaign, { rows: all });
    const { campaignId } = await importAll(campaign, [{ rows: [good('1')], complete: true }]);
    await processUpload(db, older.id);
    expect(await readGone(campaignId)).toEqual(['2', '3']);
    expect((await statisticsOf(older.id))?.gone).toEqual({ marked: 2, back: 0, notMarked: null });
  });

  it('stays GONE when the complete upload is deleted, as records of deleted uploads stay', async () => {
    const campaign = name();
    const { id, campaignId } = await importAll(campaign, [
      { rows: all },
      { rows: [good('1')], complete: true },
    ]);
    await deleteUpload(db, merchantId, id);
    const { id: last } = await importAll(campaign, [{ rows: [good('2')] }]);
    expect(await readGone(campaignId)).toEqual(['3']);
    expect(await brokenChecks(db, last)).toEqual([]);
  });

  it('is GONE as well where its campaign is merged into another one', async () => {
    const from = name();
    const into = name();
    await importAll(into, [{ rows: [good('9')] }]);
    const { campaignId: source } = await importAll(from, [
      { rows: all },
      { rows: [good('1')], complete: true },
    ]);
    const target = (await db.pool.query<{ id: string }>('SELECT id FROM campaign WHERE name = $1', [into]))
      .rows[0];
    const merge = await mergeCampaigns(
      db,
      merchantId,
      { from: source, into: target?.id ?? '' },
      () => undefined,
    );
    for (const { id } of merge.outcome === 'merged' ? merge.uploads : []) await processUpload(db, id);
    expect(await readGone(target?.id ?? '')).toEqual(['2', '3', '9']);
  });

  it('is repaired by the next settlement when one of the release before has ignored it', async () => {
    const campaign = name();
    const { campaignId } = await importAll(campaign, [{ rows: all }, { rows: [good('1')], complete: true }]);
    // What that release leaves behind: the complete upload is final, and nothing is marked.
    await db.pool.query('UPDATE pledge SET gone_sequence = NULL WHERE campaign_id = $1', [campaignId]);
    const { id } = await importAll(campaign, [{ rows: [good('1')] }]);
    expect(await readGone(campaignId)).toEqual(['2', '3']);
    expect(await brokenChecks(db, id)).toEqual([]);
  });

  it('is found by verify when its mark is wrong', async () => {
    const { id, campaignId } = await importAll(name(), [
      { rows: all },
      { rows: [good('1')], complete: true },
    ]);
    await db.pool.query('UPDATE pledge SET gone_sequence = 2 WHERE campaign_id = $1 AND external_id = $2', [
      campaignId,
      '1',
    ]);
    await db.pool.query(
      'UPDATE pledge SET gone_sequence = NULL WHERE campaign_id = $1 AND external_id = $2',
      [campaignId, '2'],
    );
    expect(await brokenChecks(db, id)).toMatchObject([{ check: 'gone-pledges' }]);
  });
});

/** What the files say together, worked out in the plainest way. */
function expectedGone(files: readonly SentFile[]): readonly string[] {
  const says = files.map(({ rows, complete = false }) => {
    const numbersOf = (row: (number: string) => string) =>
      ['1', '2', '3', '4'].filter((number) => rows.includes(row(number)));
    const [accepted, rejected] = [numbersOf(good), numbersOf(bad)];
    const isList = complete && accepted.length > 0 && !rows.includes(blank);
    return { isList, accepted, named: new Set([...accepted, ...(isList ? rejected : [])]) };
  });
  const stored = new Set(says.flatMap(({ accepted }) => accepted));
  return ['1', '2', '3', '4'].filter((number) => {
    if (!stored.has(number)) return false;
    const last = says.findLastIndex(({ named }) => named.has(number));
    return says.some(({ isList }, at) => isList && at > last);
  });
}

describe('pledges that are GONE', () => {
  const draftOf = async (uploadId: string) => (await readDraft(db, uploadId))?.id ?? '';

  it('stay so while other columns of the complete upload wait to be looked at, whatever is imported meanwhile', async () => {
    const campaign = name();
    const { id, campaignId } = await importAll(campaign, [
      { rows: all },
      { rows: [good('1')], complete: true },
    ]);
    const { rows } = await db.pool.query<{ platform: string }>(
      'SELECT platform FROM csv_upload_file WHERE upload_id = $1',
      [id],
    );
    const mapping = { fileIndex: 0, platform: rows[0]?.platform ?? '', columns: null, orders: null };
    await startRemap(db, id, [{ ...mapping, decimalMark: null, assumptions: [] }], { review: true });
    const { id: next } = await importAll(campaign, [{ rows: [good('1')] }]);
    expect(await readGone(campaignId)).toEqual(['2', '3']);
    await finishDraft(db, await draftOf(id));
    await importAll(campaign, [{ rows: [good('1'), good('3')] }]);
    expect(await readGone(campaignId)).toEqual(['2']);
    await expect(applyRemap(db, id)).rejects.toThrow(OutdatedDraftError);
    await finishDraft(db, await draftOf(id));
    const { draftId } = await applyRemap(db, id);
    for (const chunkId of (await finishDraft(db, draftId)).chunkIds) await processChunk(db, chunkId);
    expect(await readGone(campaignId)).toEqual(['2']);
    for (const each of [id, next]) expect(await brokenChecks(db, each)).toEqual([]);
  });

  it.each([
    ['an earlier file that names them', [{ rows: all }, { rows: [good('2'), good('3')] }], ['2', '3']],
    ['the file that made them', [{ rows: [good('2')] }, { rows: all }], ['2']],
  ])('stay so when %s is undone, and are so again when it is back', async (_, files, kept) => {
    const campaign = name();
    const { id: undone } = await importAll(campaign, files);
    const { id, campaignId } = await importAll(campaign, [{ rows: [good('1')], complete: true }]);
    expect(await readGone(campaignId)).toEqual(['2', '3']);
    const { draftId } = await startUndo(db, undone);
    expect((await finishDraft(db, draftId)).outcome).toBe('done');
    expect(await readGone(campaignId)).toEqual(kept);
    for (const chunkId of await startRedo(db, undone)) await processChunk(db, chunkId);
    expect(await readGone(campaignId)).toEqual(['2', '3']);
    for (const each of [undone, id]) expect(await brokenChecks(db, each)).toEqual([]);
  });
});

describe('uploads of which some are complete', () => {
  const number = fc.constantFrom('1', '2', '3', '4');
  const row = fc.oneof(
    { weight: 8, arbitrary: number.map(good) },
    { weight: 2, arbitrary: number.map(bad) },
    { weight: 1, arbitrary: fc.constant(blank) },
  );
  const numberOf = (cells: string) => cells.slice(0, cells.indexOf(','));
  const file = fc.record({
    // An order of several rows is imported whole or not at all.
    rows: fc.uniqueArray(row, { minLength: 1, maxLength: 5, selector: numberOf }),
    complete: fc.boolean(),
  });

  it('leave the same pledges GONE, in whatever order their chunks are processed and settled', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { minLength: 2, maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        async (files, seed) => {
          const campaign = name();
          const next = (below: number) => (seed.next().value ?? 0) % below;
          const unsent = [...files];
          const waiting: string[] = [];
          const ids: string[] = [];
          let campaignId = '';
          while (unsent.length > 0 || waiting.length > 0) {
            const [sent] = waiting.length === 0 || next(2) === 0 ? unsent.splice(0, 1) : [];
            if (sent !== undefined) {
              const upload = await receive(campaign, sent);
              campaignId = upload.campaignId;
              ids.push(upload.id);
              waiting.push(...upload.chunkIds);
            } else if (waiting.length > 0) {
              const [id] = waiting.splice(next(waiting.length), 1);
              await processChunk(db, id);
            }
          }
          const expected = expectedGone(files);
          expect(await readGone(campaignId)).toEqual(expected);
          for (const id of ids) expect(await brokenChecks(db, id)).toEqual([]);
          const { rows } = await db.pool.query<{ moved: number }>(
            'SELECT sum(gone_count - back_count)::int AS moved FROM csv_upload WHERE campaign_id = $1',
            [campaignId],
          );
          expect(rows[0]?.moved).toBe(expected.length);
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('a campaign without complete uploads', () => {
  it('moves no version of a pledge that is sent again', async () => {
    const { campaignId } = await importAll(name(), [{ rows: all }, { rows: all }]);
    const { rows } = await db.pool.query(
      'SELECT DISTINCT upload_sequence AS sequence FROM pledge WHERE campaign_id = $1',
      [campaignId],
    );
    expect(rows).toEqual([{ sequence: 1 }]);
  });
});
