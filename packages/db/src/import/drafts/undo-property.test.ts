import { createFaultPoints, FaultPointError } from '@pledgeline/fault-points';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Database } from '../../client.js';
import { brokenChecks } from '../../test-support/broken-checks.js';
import { dumpCampaign } from '../../test-support/dump-campaign.js';
import { finishChunk, processUpload } from '../../test-support/process-upload.js';
import { receiveCsv } from '../../test-support/receive-csv.js';
import { setUpMerchant } from '../../test-support/set-up-merchant.js';
import { finishDraft } from '../../test-support/work-on-drafts.js';
import { claimChunk } from '../chunks/claim-chunk.js';
import { releaseChunk } from '../chunks/release-chunk.js';
import { sweep } from '../sweep/sweep.js';
import { retryUpload } from '../uploads/retry-upload.js';
import { UploadError } from '../uploads/upload-error.js';
import { claimDraft, LostDraftError } from './claim-draft.js';
import { startRedo, startUndo } from './start-undo.js';

let db: Database;
let merchantId: string;
let campaigns = 0;

setUpMerchant(8, (setUp) => {
  ({ db, merchantId } = setUp);
});

/** Few orders, people and products, so that files meet in them; some rows are rejected, and many cells are blank. */
const number = fc.constantFrom('1', '2', '3');
const email = fc.constantFrom('ada@example.com', 'bo@example.com', 'nobody');
const name = fc.constantFrom('', 'Ada', 'Bo');
const order = fc
  .tuple(
    number,
    email,
    name,
    fc.constantFrom('', '10.00', '20.00'),
    fc.constantFrom('DICE', 'MAT', ''),
    fc.constantFrom('1', '2'),
  )
  .map((cells) => [...cells, ''].join(','));
const backer = fc
  .tuple(
    number,
    number,
    name,
    email,
    fc.constantFrom('Lamp', 'Big Lamp'),
    fc.constantFrom('501', '502'),
    fc.constantFrom('$25.00', ''),
    fc.constantFrom('collected', 'dropped'),
    fc.constantFrom('red', 'blue', ''),
  )
  .map((cells) => cells.join(','));
const fileOf = (header: string, row: fc.Arbitrary<string>) =>
  fc.array(row, { minLength: 1, maxLength: 4 }).map((rows) => [header, ...rows, ''].join('\n'));
const file = fc.oneof(
  fileOf('Order ID,Email,Name,Total,SKU,Quantity,Notes', order),
  fileOf(
    'Backer Number,Backer UID,Backer Name,Email,Reward Title,Reward ID,Pledge Amount,Pledged Status,What colour?',
    backer,
  ),
);

const point = fc.constantFrom('draft.read', 'draft.half-written', 'draft.written', 'draft.finished');
const on = fc.nat({ max: 7 });
const action = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('send' as const), file, chunks: fc.nat({ max: 3 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('undo' as const),
      on,
      point,
      time: fc.integer({ min: 1, max: 8 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('redo' as const, 'fail' as const, 'retry' as const), on }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('work' as const, 'recover' as const, 'freeze' as const) }),
  },
);
/** The actions of one step happen at the same time. */
const steps = fc.array(fc.array(action, { minLength: 1, maxLength: 2 }), { minLength: 4, maxLength: 10 });
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

const NO_CAMPAIGN = '00000000-0000-0000-0000-000000000000';

/** A campaign, and the uploads that were sent to it. */
class Campaign {
  readonly name = `any order ${++campaigns}`;
  readonly uploads: { readonly id: string; readonly csv: string }[] = [];
  id = NO_CAMPAIGN;

  async send(csv: string): Promise<void> {
    const { id, campaignId } = await receiveCsv(db, { merchantId, campaign: this.name, csv, chunkRows: 1 });
    this.id = campaignId;
    this.uploads.push({ id, csv });
  }

  private at(place: number): string {
    return this.uploads[place % this.uploads.length]?.id ?? '';
  }

  /** Runs an action. The state of the campaign may refuse it. */
  async do(each: Action): Promise<void> {
    try {
      await this.try(each);
    } catch (error) {
      const codes = ['illegal_move', 'campaign_held'];
      const isRight =
        error instanceof LostDraftError || (error instanceof UploadError && codes.includes(error.code));
      if (!isRight) throw error;
    }
  }

  private async try(each: Action): Promise<void> {
    switch (each.kind) {
      case 'send':
        await this.send(each.file);
        for (let count = 0; count < each.chunks; count += 1) await this.processOne();
        return;
      case 'undo':
        return this.undo(this.at(each.on), `${each.point}=fail@${each.time}`);
      case 'redo':
        await startRedo(db, this.at(each.on));
        return;
      case 'fail': {
        const chunk = await this.claim();
        if (chunk) await releaseChunk(db, chunk, { reason: 'disk full', maxAttempts: 1 });
        return;
      }
      case 'retry':
        await retryUpload(db, this.at(each.on));
        return;
      case 'work':
        while (await this.processOne());
        return;
      case 'freeze': {
        // A worker has the draft and is never heard of again.
        const draft = await this.openDraft();
        if (draft === null || (await claimDraft(db, draft, 60_000)) === null) return;
        await db.pool.query(`UPDATE draft SET lease_until = now() - interval '1 second' WHERE id = $1`, [
          draft,
        ]);
        return;
      }
      case 'recover':
        return this.finishDraft();
    }
  }

  /** Begins an undo, and works on it until a fault breaks it off. */
  private async undo(uploadId: string, fault: string): Promise<void> {
    const { draftId } = await startUndo(db, uploadId);
    try {
      await finishDraft({ ...db, faultPoint: createFaultPoints(fault) }, draftId);
    } catch (error) {
      if (!(error instanceof FaultPointError)) throw error;
    }
  }

  private async openDraft(): Promise<string | null> {
    const { rows } = await db.pool.query<{ id: string }>(
      'SELECT draft_id AS id FROM campaign WHERE id = $1 AND draft_id IS NOT NULL',
      [this.id],
    );
    return rows[0]?.id ?? null;
  }

  async finishDraft(): Promise<void> {
    const draft = await this.openDraft();
    if (draft !== null) await finishDraft(db, draft);
  }

  private async claim() {
    const { rows } = await db.pool.query<{ id: string }>(
      `SELECT c.id FROM csv_upload_chunk c JOIN csv_upload u ON u.id = c.upload_id
       WHERE u.campaign_id = $1 AND c.status = 'PENDING' ORDER BY md5(c.id::text || $2) LIMIT 1`,
      [this.id, String(this.uploads.length)],
    );
    return rows[0] ? claimChunk(db, rows[0].id, { leaseMs: 60_000 }) : null;
  }

  private async processOne(): Promise<boolean> {
    const chunk = await this.claim();
    if (chunk) await finishChunk(db, chunk);
    return chunk !== null;
  }

  /** In the order of the uploads. */
  async statuses(): Promise<ReadonlyMap<string, string>> {
    const { rows } = await db.pool.query<{ id: string; status: string }>(
      'SELECT id, status FROM csv_upload WHERE campaign_id = $1 ORDER BY sequence',
      [this.id],
    );
    return new Map(rows.map(({ id, status }) => [id, status]));
  }

  /** Ends everything that was begun, and tries again what has failed. */
  async end(): Promise<void> {
    await this.finishDraft();
    expect(await this.openDraft()).toBeNull();
    for (;;) {
      const { failures } = await sweep(db, { pendingAfterMs: 0, silentAfterMs: 60_000, limit: 100 });
      expect(failures).toEqual([]);
      if (await this.processOne()) continue;
      const failed = [...(await this.statuses())].find(([, status]) => status === 'FAILED');
      if (failed === undefined) return;
      await retryUpload(db, failed[0]);
    }
  }
}

it('any uploads, retries, undos and redos, with crashes, end with the tables of importing what remains', async () => {
  await fc.assert(
    fc.asyncProperty(file, steps, async (first, each) => {
      const campaign = new Campaign();
      await campaign.do({ kind: 'send', file: first, chunks: 3 });
      for (const actions of each) {
        await Promise.all(actions.map((one) => campaign.do(one)));
        for (const { id } of campaign.uploads) expect(await brokenChecks(db, id)).toEqual([]);
      }
      await campaign.end();
      const statuses = await campaign.statuses();
      const remaining = [...statuses].filter(([, status]) => status !== 'UNDONE').map(([id]) => id);
      for (const id of remaining) expect(statuses.get(id)).toBe('COMPLETED');
      const fresh = new Campaign();
      for (const id of remaining) {
        await fresh.send(campaign.uploads.find((upload) => upload.id === id)?.csv ?? '');
        await processUpload(db, fresh.uploads.at(-1)?.id ?? '');
      }
      expect(await dumpCampaign(db.pool, campaign.id)).toEqual(await dumpCampaign(db.pool, fresh.id));
      for (const { id } of campaign.uploads) expect(await brokenChecks(db, id)).toEqual([]);
    }),
    { numRuns: 100, interruptAfterTimeLimit: 12_000 },
  );
});
