import type { Database } from '../client.js';
import { type ClaimedChunk, claimChunk } from '../import/chunks/claim-chunk.js';
import { completeChunk } from '../import/chunks/complete-chunk.js';
import { mapChunk } from '../import/chunks/map-chunk.js';
import { readSiblings } from '../import/chunks/read-siblings.js';
import type { Settlement } from '../import/settle/settle-upload.js';

/** Claims a chunk that is there to be claimed. */
export async function claimChunkForSure(db: Database, chunkId = ''): Promise<ClaimedChunk> {
  const chunk = await claimChunk(db, chunkId, { leaseMs: 60_000 });
  if (!chunk) throw new Error(`The chunk ${chunkId} could not be claimed`);
  return chunk;
}

/** What a worker does with a chunk that it has claimed. */
export async function finishChunk(db: Database, chunk: ClaimedChunk): Promise<Settlement | null> {
  return completeChunk(db, chunk, await mapChunk(chunk, await readSiblings(db, chunk)));
}

/** What a worker does with a chunk that waits. */
export async function processChunk(db: Database, chunkId = ''): Promise<Settlement | null> {
  return finishChunk(db, await claimChunkForSure(db, chunkId));
}

/** What workers do with an upload: every chunk, in the order of the file. */
export async function processUpload(db: Database, uploadId: string): Promise<void> {
  const { rows } = await db.pool.query<{ id: string }>(
    'SELECT id FROM csv_upload_chunk WHERE upload_id = $1 ORDER BY index',
    [uploadId],
  );
  for (const { id } of rows) await processChunk(db, id);
}
