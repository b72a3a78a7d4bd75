import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Preview } from './preview.js';

/** Looks at a file in a worker of its own, which is gone afterwards with all of its memory. */
export function usePreview(file: File): UseQueryResult<Preview> {
  return useQuery({
    queryKey: ['preview', file.name, file.size, file.lastModified],
    queryFn: ({ signal }) => lookAt(file, signal),
    networkMode: 'always',
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function lookAt(file: File, signal: AbortSignal): Promise<Preview> {
  const worker = new Worker(new URL('./preview-worker.ts', import.meta.url), { type: 'module' });
  const looking = new Promise<Preview>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Preview>) => resolve(data));
    worker.addEventListener('error', (event) => reject(errorOf(event)));
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  worker.postMessage(file);
  return looking.finally(() => worker.terminate());
}

/** The script that reads previews could not be loaded. */
export class NoPreviewScriptError extends Error {
  override readonly name = 'NoPreviewScriptError';
}

/** An error inside the script has a message; a script that is not there has none. */
function errorOf(event: Event): Error {
  return event instanceof ErrorEvent
    ? new Error(`The preview failed: ${event.message}`)
    : new NoPreviewScriptError('The script of the preview could not be loaded.');
}
