import type pg from 'pg';
import { binaryArray } from '../records/binary-array.js';
import { sameCells, sameVersions } from '../records/merge-rows.js';
import type { RecordTable } from '../records/record-table.js';
import { insertRows, lockRows, type Stored, updateRows, updateVersions } from '../records/stored-rows.js';

/**
 * Makes records of the tables what a draft says, by ascending id: inserts those that are missing and changes the others. Records
 * that are to be removed stay, see {@link removeRecords}.
 *
 * @param wanted the states by id; null for a record that is to be removed
 */
export async function writeBucket(
  client: pg.ClientBase,
  table: RecordTable,
  wanted: ReadonlyMap<string, Stored | null>,
): Promise<void> {
  const states = [...wanted.values()]
    .filter((state) => state !== null)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const live = await lockRows(
    client,
    table,
    states.map(({ id }) => id),
  );
  const created: Stored[] = [];
  const changed: Stored[] = [];
  const moved: Stored[] = [];
  for (const state of states) {
    const before = live.get(state.id);
    if (before === undefined) created.push(state);
    else if (!sameCells(before, state)) changed.push(state);
    else if (!hasSameVersionColumns(before, state)) moved.push(state);
  }
  const asWrites = (list: readonly Stored[]) => list.map((row) => ({ row, base: row.base }));
  await insertRows(client, table, asWrites(created));
  await updateRows(client, table, asWrites(changed));
  await updateVersions(client, table, asWrites(moved));
}

function hasSameVersionColumns(a: Stored, b: Stored): boolean {
  return (
    sameVersions(a, b) &&
    a.rowFingerprint === b.rowFingerprint &&
    a.base.sequence === b.base.sequence &&
    a.base.fingerprint === b.base.fingerprint
  );
}

/** Removes the records that only the upload of a draft names. What refers to them must be gone. */
export async function removeRecords(
  client: pg.ClientBase,
  { name, idColumn }: RecordTable,
  wanted: ReadonlyMap<string, Stored | null>,
): Promise<void> {
  const ids = [...wanted].flatMap(([id, state]) => (state === null ? [id] : []));
  if (ids.length === 0) return;
  // A pledge goes with its backer. So one whose backer an older reading of the file had named otherwise keeps it.
  const unless =
    name === 'backer'
      ? 'AND NOT EXISTS (SELECT 1 FROM pledge WHERE backer_id = backer.id AND campaign_id = backer.campaign_id)'
      : '';
  await client.query(`DELETE FROM ${name} WHERE ${idColumn} = ANY ($1::uuid[]) ${unless}`, [
    binaryArray('uuid', ids),
  ]);
}

/** Notes the units on hand of products that are about to be removed: they are set by hand and in no file. */
export async function keepUnitsOnHand(
  client: pg.ClientBase,
  draftId: string,
  wanted: ReadonlyMap<string, Stored | null>,
): Promise<void> {
  const ids = [...wanted].flatMap(([id, state]) => (state === null ? [id] : []));
  if (ids.length === 0) return;
  await client.query(
    `UPDATE draft SET on_hand = coalesce(on_hand, '{}') || (
       SELECT coalesce(jsonb_object_agg(product_id, on_hand), '{}') FROM inventory
       WHERE product_id = ANY ($2::uuid[]) AND on_hand IS NOT NULL)
     WHERE id = $1`,
    [draftId, binaryArray('uuid', ids)],
  );
}

/** Puts back the units on hand that an undo, or another mapping, of the upload has taken with its products, also one that was given up. */
export async function restoreUnitsOnHand(client: pg.ClientBase, uploadId: string): Promise<void> {
  await client.query(
    `UPDATE inventory SET on_hand = kept.value::int, updated_at = now()
     FROM draft d, jsonb_each_text(d.on_hand) AS kept (id, value)
     WHERE d.upload_id = $1 AND d.status IN ('DONE', 'FAILED') AND d.on_hand IS NOT NULL
       AND inventory.product_id = kept.id::uuid AND inventory.on_hand IS NULL`,
    [uploadId],
  );
  // Once: a merchant may set them to null afterwards.
  await client.query(
    `UPDATE draft SET on_hand = NULL WHERE upload_id = $1 AND status IN ('DONE', 'FAILED') AND on_hand IS NOT NULL`,
    [uploadId],
  );
}
