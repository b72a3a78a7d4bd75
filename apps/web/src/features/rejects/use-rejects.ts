import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { openRejectsStore, type RejectsStore, type Shown } from './rejects-store.js';

/** The rejected rows of a file on their way to the page. */
export type Opened =
  | { readonly kind: 'reading'; readonly bytes: number }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'open'; readonly store: RejectsStore };

/**
 * Opens the rejected rows of a file in a worker of their own, which ends with the component and takes all of them with it.
 *
 * @param file its number; undefined for the only one that has rejected rows
 */
export function useRejects(
  uploadId: string,
  file: number | undefined,
): { readonly opened: Opened; readonly retry: () => void } {
  const [opened, setOpened] = useState<Opened>({ kind: 'reading', bytes: 0 });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const leaving = new AbortController();
    const worker = new Worker(new URL('./book/rejects-worker.ts', import.meta.url), { type: 'module' });
    const tell = (next: Opened): void => {
      if (!leaving.signal.aborted) setOpened(next);
    };
    worker.addEventListener('error', ({ message }) =>
      tell({ kind: 'failed', error: new Error(`The rejected rows cannot be read: ${message}`) }),
    );
    tell({ kind: 'reading', bytes: 0 });
    const onBytes = (bytes: number): void => tell({ kind: 'reading', bytes });
    openRejectsStore({ uploadId, file, worker, signal: leaving.signal, onBytes }).then(
      (store) => tell({ kind: 'open', store }),
      (error: unknown) => tell({ kind: 'failed', error }),
    );
    return () => {
      leaving.abort();
      worker.terminate();
    };
  }, [uploadId, file, tries]);
  const retry = useCallback(() => setTries((count) => count + 1), []);
  return { opened, retry };
}

export function useShown(store: RejectsStore): Shown {
  return useSyncExternalStore(store.subscribe, store.shown);
}
