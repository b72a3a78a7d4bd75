import type { Upload } from '../contract.js';
import { callJson } from '../request/calls.js';
import type { Connection } from '../request/connection.js';
import { ConnectionError, ProblemError } from '../request/errors.js';
import { openBell } from './bell.js';

export interface WaitOptions {
  /** Called with the upload as it is, at first and whenever it was read again. */
  readonly onProgress?: (upload: Upload) => void;
  readonly signal?: AbortSignal | undefined;
  /** How long the API may be away, in milliseconds. The import goes on meanwhile. Default 60,000. */
  readonly patienceMs?: number;
}

const FIRST_POLL_MS = 250;
const SLOWEST_POLL_MS = 2_000;

/**
 * Waits until an upload has ended, however it ended, or waits for a person: `NEEDS_MAPPING`, `NEEDS_REVIEW`, or `REMAPPING` with a
 * `draft` that is `READY`.
 *
 * @throws ProblemError such as `upload_not_found`; what kept the API away, when it was away for too long
 */
export async function waitForUpload(
  connection: Connection,
  id: string,
  { onProgress, signal, patienceMs = 60_000 }: WaitOptions,
): Promise<Upload> {
  // Tried again here, for longer than a single call would be.
  const once = { ...connection, retries: 0 };
  const bell = openBell(connection, id, signal);
  let seenAt = Date.now();
  try {
    for (let wait = FIRST_POLL_MS; ; wait = Math.min(wait * 1.25, SLOWEST_POLL_MS)) {
      try {
        const upload: Upload = await callJson(once, 'get', '/v1/uploads/{id}', { path: { id }, signal });
        onProgress?.(upload);
        if (hasEnded(upload)) return upload;
        seenAt = Date.now();
      } catch (error) {
        signal?.throwIfAborted();
        if (!isAway(error) || Date.now() - seenAt > patienceMs) throw error;
      }
      await bell.wait(wait);
    }
  } finally {
    bell.close();
  }
}

/** Whether nothing more happens to an upload by itself. */
export function hasEnded({ status, draft }: Pick<Upload, 'status' | 'draft'>): boolean {
  // An API of the release before says nothing of drafts.
  if (status === 'REMAPPING') return draft?.kind === 'REMAP' && draft.status === 'READY';
  return status !== 'PENDING' && status !== 'PROCESSING' && status !== 'UNDOING';
}

/** Whether the API may be back soon. */
function isAway(error: unknown): boolean {
  if (error instanceof ProblemError) return error.status >= 500 || error.status === 429;
  return error instanceof ConnectionError;
}
