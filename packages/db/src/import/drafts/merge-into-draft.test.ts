import type { BackerRecord } from '@pledgeline/csv-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Database } from '../../client.js';
import { newId } from '../../ids.js';
import { setUpMerchant } from '../../test-support/set-up-merchant.js';
import { inTransaction } from '../../transaction.js';
import { gatherRows } from '../records/incoming.js';
import { sameCells } from '../records/merge-rows.js';
import { readRows } from '../records/stored-rows.js';
import { backerTable } from '../records/tables.js';
import { writeRows } from '../records/write-rows.js';
import { createUpload } from '../uploads/create-upload.js';
import { mergeIntoDraft } from './merge-into-draft.js';
import { changedFields, fromState, readState } from './record-state.js';

let db: Database;
let merchantId: string;
let campaigns = 0;

setUpMerchant(4, (setUp) => {
  ({ db, merchantId } = setUp);
});

const blank: BackerRecord = {
  identity: 'ada@example.com',
  email: null,
  name: null,
  billingState: null,
  billingCountry: null,
  billingCountryRaw: null,
};
const values = fc.constantFrom(null, 'Ada', 'Grace');
const backer = fc.record({ who: fc.nat({ max: 2 }), name: values, email: values, billingState: values });
const rows = fc.array(backer, { minLength: 1, maxLength: 5 });

async function openDraft() {
  const upload = await createUpload(db, { merchantId, campaign: `drafted ${++campaigns}` });
  const { rows: found } = await db.pool.query<{ campaign_id: string }>(
    'SELECT campaign_id FROM csv_upload WHERE id = $1',
    [upload.id],
  );
  const campaignId = found[0]?.campaign_id ?? '';
  const id = newId();
  await db.pool.query(
    `INSERT INTO draft (id, merchant_id, campaign_id, upload_id, kind) VALUES ($1, $2, $3, $4, 'REVIEW')`,
    [id, merchantId, campaignId, upload.id],
  );
  return { campaignId, draft: { id, sequence: 2 }, ids: [newId(), newId(), newId()] };
}

it('gives in any order what writing the rows would make of the records, and writes no record', async () => {
  await fc.assert(
    fc.asyncProperty(rows, rows, fc.infiniteStream(fc.nat()), async (before, incoming, order) => {
      const { campaignId, draft, ids } = await openDraft();
      const gather = (row: (typeof before)[number], at: number, sequence: number) => {
        const { who, ...cells } = row;
        const fileRow = {
          id: ids[who] ?? '',
          row: at + 1,
          cells: backerTable.cellsOf({ campaignId, backer: { ...blank, identity: `${who}`, ...cells } }),
        };
        return gatherRows(backerTable, [fileRow], sequence);
      };
      const write = async (list: typeof before, sequence: number) => {
        for (const [at, row] of list.entries()) {
          const gathered = await gather(row, at, sequence);
          const options = { sequence, moveVersions: true };
          await inTransaction(db.pool, (client) => writeRows(client, backerTable, gathered, options));
        }
      };
      await write(before, 1);
      const live = await inTransaction(db.pool, (client) => readRows(client, backerTable, ids));
      const shuffled = incoming
        .map((row, at) => ({ row, at, key: order.next().value }))
        .sort((a, b) => a.key - b.key);
      // The first of them comes twice, as after a crash.
      for (const { row, at } of [...shuffled, ...shuffled.slice(0, 1)]) {
        const gathered = await gather(row, at, draft.sequence);
        await inTransaction(db.pool, (client) => mergeIntoDraft(client, draft, backerTable, gathered));
      }
      expect(await inTransaction(db.pool, (client) => readRows(client, backerTable, ids))).toEqual(live);
      await write(incoming, draft.sequence);
      const written = await inTransaction(db.pool, (client) => readRows(client, backerTable, ids));
      const { rows: drafted } = await db.pool.query<{
        id: string;
        change: string;
        fields: string[];
        before: unknown;
        after: unknown;
      }>('SELECT id, change, fields, before, after FROM draft_record WHERE draft_id = $1', [draft.id]);
      expect(new Set(drafted.map(({ id }) => id))).toEqual(new Set(incoming.map(({ who }) => ids[who])));
      for (const { id, change, fields, before: first, after } of drafted) {
        const was = live.get(id);
        const is = written.get(id);
        if (!is) throw new Error(`${id} was not written`);
        if (change === 'UNCHANGED') {
          expect(was && changedFields(backerTable, was, is)).toEqual([]);
          expect(fields).toEqual([]);
          continue;
        }
        expect(sameCells(fromState(backerTable, id, readState(after)), is)).toBe(true);
        expect(change).toBe(was ? 'CHANGED' : 'CREATED');
        expect(fields).toEqual(was ? changedFields(backerTable, was, is) : []);
        if (was) expect(fromState(backerTable, id, readState(first))).toEqual(was);
      }
    }),
    { numRuns: 15 },
  );
});
