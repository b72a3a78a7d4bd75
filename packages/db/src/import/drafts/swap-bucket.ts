import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import { readRows, type Stored } from '../records/stored-rows.js';
import { type ClaimedDraft, recordStep } from './claim-draft.js';
import { insertDrafted } from './merge-into-draft.js';
import { draftTables, readParts } from './parts.js';
import { type ReducedRecord, reduceBucket } from './reduce-bucket.js';
import { keepUnitsOnHand, removeRecords, writeBucket } from './write-bucket.js';

type Kind = 'write' | 'write and remove' | 'remove';

/**
 * How the tables are written, each bucket by bucket: what others refer to is there before them, and goes after them. Surveys go with
 * their pledges.
 */
const swaps: readonly { readonly at: number; readonly kind: Kind }[] = [
  { at: 0, kind: 'write' },
  { at: 1, kind: 'write' },
  { at: 2, kind: 'write and remove' },
  { at: 3, kind: 'write and remove' },
  { at: 1, kind: 'remove' },
  { at: 0, kind: 'remove' },
];

/** How many steps writing takes, and comparing. */
export const swapSteps = ({ buckets }: Pick<ClaimedDraft, 'buckets'>): number => swaps.length * buckets;
export const compareSteps = ({ buckets }: Pick<ClaimedDraft, 'buckets'>): number =>
  draftTables.length * buckets;

/**
 * One step of writing: makes the records of a bucket what the other files say. What the upload itself says with other columns is
 * imported afterwards, in the ordinary way.
 */
export async function swapBucket(
  db: Database,
  draft: ClaimedDraft,
  step: number,
  ownParts: number,
): Promise<ClaimedDraft> {
  const swap = swaps[Math.floor(step / draft.buckets)];
  const found = swap && draftTables[swap.at];
  if (swap === undefined || found === undefined) throw new RangeError(`A draft has no step ${step}`);
  const { table } = found;
  const bucket = step % draft.buckets;
  const place = { at: swap.at, bucket, buckets: draft.buckets };
  const reduced = await reduceBucket(table, readParts(db.pool, draft.id, place), ownParts);
  const wanted = new Map([...reduced].map(([id, { others }]) => [id, others] as const));
  const next = await inTransaction(db.pool, async (client) => {
    if (swap.kind !== 'remove') await writeBucket(client, table, wanted);
    await db.faultPoint('draft.half-written');
    if (swap.kind === 'remove' && table.name === 'product') await keepUnitsOnHand(client, draft.id, wanted);
    if (swap.kind !== 'write') await removeRecords(client, table, wanted);
    return recordStep(client, draft, { position: step + 1, total: swapSteps(draft) });
  });
  await db.faultPoint('draft.written');
  return next;
}

/** One step of comparing: stores what the records of a bucket would become, or what the upload had made of them. */
export async function compareBucket(
  db: Database,
  draft: ClaimedDraft,
  step: number,
  {
    ownParts,
    position,
    total,
  }: { readonly ownParts: number; readonly position: number; readonly total: number },
): Promise<ClaimedDraft> {
  const at = Math.floor(step / draft.buckets);
  const found = draftTables[at];
  if (found === undefined) throw new RangeError(`A draft has no step ${step}`);
  const { table } = found;
  const place = { at, bucket: step % draft.buckets, buckets: draft.buckets };
  const reduced = await reduceBucket(table, readParts(db.pool, draft.id, place), ownParts);
  return inTransaction(db.pool, async (client) => {
    const live: ReadonlyMap<string, Stored> =
      draft.kind === 'HISTORY' ? new Map() : await readRows(client, table, [...reduced.keys()]);
    const beforeOf = (id: string, { others }: ReducedRecord) =>
      draft.kind === 'HISTORY' ? others : (live.get(id) ?? null);
    const drafted = [...reduced]
      .map(([id, record]) => ({ id, before: beforeOf(id, record), after: record.all }))
      .filter(({ before, after }) => before !== null || after !== null);
    await insertDrafted(client, draft.id, table, drafted);
    return recordStep(client, draft, { position: position + 1, total });
  });
}
