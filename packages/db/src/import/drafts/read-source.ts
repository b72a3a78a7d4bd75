import type { MappedRecord } from '@pledgeline/csv-core';
import { z } from 'zod';
import type { Database } from '../../client.js';
import { inTransaction } from '../../transaction.js';
import { readChunkToMap } from '../chunks/chunk-to-map.js';
import { mapChunk } from '../chunks/map-chunk.js';
import { readSiblings } from '../chunks/read-siblings.js';
import { nameRecords, prepareRecords } from '../records/prepare-records.js';
import { type ClaimedDraft, recordStep } from './claim-draft.js';
import type { Source } from './list-sources.js';
import { draftTables, type NamedIds, readNames, writeParts } from './parts.js';
import { remapped } from './remapped-file.js';

export interface ReadOptions {
  readonly position: number;
  readonly total: number;
  readonly named: NamedIds;
  readonly signal: AbortSignal;
}

/** One step: makes records of a chunk's rows again, and stores what they say of the records that the upload names. */
export async function readSource(
  db: Database,
  draft: ClaimedDraft,
  source: Source,
  { position, total, named, signal }: ReadOptions,
): Promise<ClaimedDraft> {
  const chunk = await readChunkToMap(db, source.chunkId);
  // Gone with its upload: the revision of the campaign is another one then, and everything is read again.
  if (chunk === null) throw new Error(`The chunk ${source.chunkId} was deleted while a draft read it`);
  const file = source.isRemapped
    ? draft.files.find(({ fileIndex }) => fileIndex === chunk.fileIndex)
    : undefined;
  const toMap = remapped(chunk, file);
  const mapped = await mapChunk(toMap, await readSiblings(db, toMap), signal);
  const refused = await readRefused(db, source);
  const records = mapped.records.filter((record) => !refused.has(record.row));
  const isState = !source.isOwn || source.isRemapped || draft.kind === 'HISTORY';
  const prepared = isState ? await prepareRecords(toMap, records) : nameRecords(toMap.campaignId, records);
  if (source.isOwn) {
    for (const { of } of draftTables) for (const { id } of of(prepared)) named.add(id);
  }
  const next = await inTransaction(db.pool, async (client) => {
    await writeParts(client, prepared, {
      draftId: draft.id,
      buckets: draft.buckets,
      position,
      isNamed: (id) => named.has(id),
    });
    return recordStep(client, draft, { position: position + 1, total });
  });
  await db.faultPoint('draft.read');
  return next;
}

const refusedSchema = z.array(z.object({ row: z.int() }));

/** The rows of a chunk that our validation had accepted and Postgres refused. What is read with other columns has not been there. */
async function readRefused(
  { pool }: Database,
  { chunkId, isRemapped }: Source,
): Promise<ReadonlySet<MappedRecord['row']>> {
  if (isRemapped) return new Set();
  const { rows } = await pool.query<{ refused: unknown }>(
    `SELECT coalesce(jsonb_agg(issue), '[]') AS refused
     FROM csv_upload_chunk c, jsonb_array_elements(CASE jsonb_typeof(c.errors) WHEN 'array' THEN c.errors END) issue
     WHERE c.id = $1 AND issue ->> 'code' = 'refused_by_database'`,
    [chunkId],
  );
  return new Set(refusedSchema.parse(rows[0]?.refused).map(({ row }) => row));
}

/** The ids that the upload names, as the steps so far have stored them: after a crash, or in another worker. */
export async function readNamed(
  { pool }: Database,
  { id, buckets }: ClaimedDraft,
  named: NamedIds,
  ownParts: number,
): Promise<void> {
  for (const at of draftTables.keys()) {
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      for (const name of await readNames(pool, id, { at, bucket, buckets, before: ownParts }))
        named.add(name);
    }
  }
}
