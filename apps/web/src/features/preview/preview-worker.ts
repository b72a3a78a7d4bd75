import { PREVIEW_BYTES, readPreview } from './read-preview.js';

/** Reads a preview beside the page, which stays smooth meanwhile. It gets the file and answers with the preview. */
addEventListener('message', ({ data }: MessageEvent<Blob>) => {
  void answer(data);
});

async function answer(file: Blob): Promise<void> {
  const bytes = new Uint8Array(await file.slice(0, PREVIEW_BYTES).arrayBuffer());
  postMessage(readPreview({ bytes, isCut: file.size > PREVIEW_BYTES }));
}

// An error that nobody catches inside an async function would not reach the page otherwise.
addEventListener('unhandledrejection', ({ reason }) => {
  reportError(reason);
});
