import { readBeginning } from './beginning.js';
import type { LookRequest } from './look.js';
import type { Preview } from './preview.js';
import { readInspection } from './read-inspection.js';
import { readPreview } from './read-preview.js';

/** Reads a preview beside the page, which stays smooth meanwhile. It gets a request and answers with the preview. */
addEventListener('message', ({ data }: MessageEvent<LookRequest>) => {
  void answer(data);
});

async function answer(request: LookRequest): Promise<void> {
  postMessage(await look(request));
}

async function look({ seen, ...look }: LookRequest): Promise<Preview> {
  if (!(seen instanceof Blob)) return readInspection(seen, look);
  const beginning = await readBeginning(seen);
  return beginning === null ? { kind: 'packed' } : readPreview(beginning, look);
}

// An error that nobody catches inside an async function would not reach the page otherwise.
addEventListener('unhandledrejection', ({ reason }) => {
  reportError(reason);
});
