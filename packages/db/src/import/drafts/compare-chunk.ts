import type pg from 'pg';
import type { ClaimedChunk } from '../chunks/claim-chunk.js';
import type { PreparedRecords } from '../records/prepare-records.js';
import { backerTable, pledgeTable, productTable, surveyTable } from '../records/tables.js';
import { mergeIntoDraft } from './merge-into-draft.js';

/** The draft of an upload that is reviewed was given up meanwhile. */
export class DraftGoneError extends Error {
  override readonly name = 'DraftGoneError';
  constructor(uploadId: string) {
    super(`The upload ${uploadId} is reviewed and has no draft`);
  }
}

/** Compares the products that a chunk names with the campaign. Apart from the records, because all chunks name the same ones. */
export async function compareProducts(
  client: pg.ClientBase,
  chunk: ClaimedChunk,
  { products }: PreparedRecords,
): Promise<void> {
  await mergeIntoDraft(client, await draftOf(client, chunk), productTable, products);
}

/** Compares the records of a chunk with the campaign, in the order in which they would be written. */
export async function compareRecords(
  client: pg.ClientBase,
  chunk: ClaimedChunk,
  { pledges, surveys, backers }: PreparedRecords,
): Promise<void> {
  const draft = await draftOf(client, chunk);
  await mergeIntoDraft(client, draft, pledgeTable, pledges);
  await mergeIntoDraft(client, draft, surveyTable, surveys);
  await mergeIntoDraft(client, draft, backerTable, backers);
}

async function draftOf(client: pg.ClientBase, { uploadId, sequence }: ClaimedChunk) {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM draft WHERE upload_id = $1 AND kind = 'REVIEW' FOR KEY SHARE`,
    [uploadId],
  );
  const [draft] = rows;
  if (draft === undefined) throw new DraftGoneError(uploadId);
  return { id: draft.id, sequence };
}
