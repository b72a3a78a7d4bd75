import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client } from '../../api/client.js';
import { templatesQuery } from '../../api/queries.js';
import type { Said } from '../import/said.js';
import type { FileAnswers } from '../mapping/file-answers.js';
import type { LookRequest } from './look.js';
import type { Preview } from './preview.js';

interface PreviewResult {
  /** Undefined while the file is looked at. */
  readonly data: Preview | undefined;
  readonly error: Error | null;
}

/** Looks at a file in a worker of its own, which is gone afterwards with all of its memory. */
export function usePreview(file: File, { answers, isOwn, mayAskServer }: Said): PreviewResult {
  // Without them, as before they are there, the preview says that it would ask.
  const { data: templates = [] } = useQuery(templatesQuery);
  const inspection = useInspection(file, { isOwn, mayAskServer });
  const seen = inspection.data ?? file;
  const of = [file.name, file.size, file.lastModified];
  const { data, error } = useQuery({
    queryKey: [
      'preview',
      ...of,
      isOwn,
      mayAskServer && inspection.status,
      templates,
      [...answers].map(keyOf),
    ],
    queryFn: ({ signal }) => lookAt({ seen, answers, isOwn, templates }, signal),
    // While an answer is worked into it, the one before is shown.
    placeholderData: keepPreviousData,
    networkMode: 'always',
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { data, error: inspection.error ?? error };
}

/** What the server sees in a file. Nothing of it is stored there. */
function useInspection(file: File, { isOwn, mayAskServer }: Pick<Said, 'isOwn' | 'mayAskServer'>) {
  return useQuery({
    queryKey: ['inspection', file.name, file.size, file.lastModified, isOwn],
    queryFn: ({ signal }) =>
      client.inspectFile(file, { signal, ask: 'true', ...(isOwn && { platform: 'generic' }) }),
    enabled: mayAskServer,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Answers as a part of the key of a query, in which a map would be nothing. */
const keyOf = ([file, { words, ...answers }]: readonly [number, FileAnswers]) => ({
  file,
  ...answers,
  words: [...words],
});

function lookAt(request: LookRequest, signal: AbortSignal): Promise<Preview> {
  const worker = new Worker(new URL('./preview-worker.ts', import.meta.url), { type: 'module' });
  const looking = new Promise<Preview>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Preview>) => resolve(data));
    worker.addEventListener('error', (event) => reject(errorOf(event)));
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  worker.postMessage(request);
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
