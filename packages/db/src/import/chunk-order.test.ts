import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import type { Database } from '../client.js';
import { dumpCampaign } from '../test-support/dump-campaign.js';
import { openTestDatabase } from '../test-support/open-test-database.js';
import { claimChunkForSure, finishChunk, processChunk } from '../test-support/process-upload.js';
import { receiveCsv } from '../test-support/receive-csv.js';

let db: Database;
let close: () => Promise<void>;
let merchantId: string;
let campaigns = 0;

beforeAll(async () => {
  ({ db, merchantId, close } = await openTestDatabase(inject('testPostgres'), 10));
});

afterAll(() => close());

const CHUNK_ROWS = 3;
const HEADER = 'Order ID,Email,Name,Total,SKU,Quantity,Country,Colour';

/** Few orders, few people and few values, so that many rows write the same records and values. */
const cell = (...values: readonly string[]) => fc.constantFrom('', ...values);
const row = fc
  .tuple(
    fc.constantFrom('1', '2', '3'),
    fc.constantFrom('ada@example.com', 'bo@example.com'),
    cell('Ada', 'Bo'),
    cell('10.00', '20.00'),
    cell('DICE', 'MAT'),
    fc.constantFrom('1', '2'),
    cell('BE', 'nowhere'),
    cell('red', 'blue'),
  )
  .map((cells) => cells.join(','));
const file = fc.array(row, { minLength: 1, maxLength: 9 }).map((rows) => [HEADER, ...rows, ''].join('\n'));

async function receive(campaign: string, csv: string) {
  return receiveCsv(db, { merchantId, campaign, csv, chunkRows: CHUNK_ROWS });
}

describe('chunks of several files', () => {
  it('give the same tables in any order, whichever values the rows repeat, change or leave blank', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(file, file).chain(([first, second]) =>
          fc.record({
            // A file may be sent again: its rows then meet their own records.
            files: fc.constantFrom<(readonly string[])[]>(
              [first, second],
              [first, first],
              [first, second, first],
            ),
            seed: fc.infiniteStream(fc.nat()),
          }),
        ),
        async ({ files, seed }) => {
          const inOrder = `in order ${++campaigns}`;
          let campaignId = '';
          for (const csv of files) {
            const upload = await receive(inOrder, csv);
            campaignId = upload.campaignId;
            for (const id of upload.chunkIds) await processChunk(db, id);
          }
          const expected = await dumpCampaign(db.pool, campaignId);

          const waiting: string[] = [];
          for (const csv of files) {
            const upload = await receive(`mixed ${campaigns}`, csv);
            campaignId = upload.campaignId;
            waiting.push(...upload.chunkIds);
          }
          while (waiting.length > 0) {
            const [id = ''] = waiting.splice((seed.next().value ?? 0) % waiting.length, 1);
            await processChunk(db, id);
          }
          expect(await dumpCampaign(db.pool, campaignId)).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('rewrite no record of a file that is sent again, though two are processed at once', async () => {
    const orders = Array.from({ length: 9 }, (_, n) => `${n},b${n}@example.com,B${n},10.00,DICE,1,BE,red`);
    const csv = [HEADER, ...orders, ''].join('\n');
    const first = await receive('sent twice', csv);
    for (const id of first.chunkIds) await processChunk(db, id);
    const before = await readVersions(first.campaignId);
    const again = await receive('sent twice', csv);
    const claimed = await Promise.all(again.chunkIds.map((id) => claimChunkForSure(db, id)));
    // The second one waits for the first only so long by the clock, which stands still.
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    await Promise.all(claimed.reverse().map((chunk) => finishChunk(db, chunk)));
    expect(await readVersions(first.campaignId)).toEqual(before);
  });
});

describe('fingerprints of rows', () => {
  const csv = (total: string) => [HEADER, `1,ada@example.com,Ada,${total},DICE,1,BE,red`, ''].join('\n');
  const importFile = async (campaign: string, text: string) => {
    const upload = await receive(campaign, text);
    for (const id of upload.chunkIds) await processChunk(db, id);
    return upload;
  };
  const readPledge = async (campaignId: string) => {
    const { rows } = await db.pool.query<{ amount: string; fingerprint: string | null }>(
      'SELECT amount, told_digest AS fingerprint FROM pledge WHERE campaign_id = $1',
      [campaignId],
    );
    return rows[0];
  };

  it('are removed when a worker of a release without fingerprints writes the record', async () => {
    const { campaignId } = await importFile('old worker', csv('10.00'));
    await db.pool.query(
      'UPDATE pledge SET amount = 20, upload_sequence = 2, updated_at = now() WHERE campaign_id = $1',
      [campaignId],
    );
    expect(await readPledge(campaignId)).toEqual({ amount: '20.0000', fingerprint: null });
    await db.pool.query('UPDATE campaign SET last_upload_sequence = 2 WHERE id = $1', [campaignId]);
    await importFile('old worker', csv('10.00'));
    expect(await readPledge(campaignId)).toMatchObject({
      amount: '10.0000',
      fingerprint: expect.any(String),
    });
  });

  it('are added to records that were written without them, when their file is sent again', async () => {
    const { campaignId } = await importFile('before', csv('10.00'));
    await db.pool.query('UPDATE pledge SET told_digest = NULL WHERE campaign_id = $1', [campaignId]);
    await importFile('before', csv('10.00'));
    expect(await readPledge(campaignId)).toMatchObject({ fingerprint: expect.any(String) });
  });
});

/** The transaction that last wrote each record: an unchanged list means that nothing was rewritten. */
async function readVersions(campaignId: string): Promise<readonly unknown[]> {
  const { rows } = await db.pool.query(
    `SELECT id, xmin::text FROM pledge WHERE campaign_id = $1
     UNION ALL SELECT id, xmin::text FROM backer WHERE campaign_id = $1 ORDER BY id`,
    [campaignId],
  );
  return rows;
}
