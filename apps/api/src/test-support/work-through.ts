import { findChunksToEnqueue, readDraft } from '@pledgeline/db';
import { finishDraft, processChunk } from '@pledgeline/db/testing';
import type { TestApi } from './start-api.js';

/** What workers do with an upload until nothing of it is left to do: its chunks that wait, and its draft. */
export async function workThrough({ database }: Pick<TestApi, 'database'>, uploadId: string): Promise<void> {
  const waiting = (await findChunksToEnqueue(database, uploadId)) ?? [];
  for (const id of waiting) await processChunk(database, id);
  const draft = await readDraft(database, uploadId);
  if (draft === null || draft.kind === 'REVIEW') return;
  if (draft.status !== 'BUILDING' && draft.status !== 'APPLYING') return;
  const { chunkIds } = await finishDraft(database, draft.id);
  for (const id of chunkIds) await processChunk(database, id);
}
