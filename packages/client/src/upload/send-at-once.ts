import { writeAddress } from '../request/address.js';
import { isBusy, waitBeforeRetry } from '../request/again.js';
import type { Connection } from '../request/connection.js';
import { ProblemError, readProblem } from '../request/errors.js';
import { pause } from '../request/pause.js';
import type { Journey, SentUpload } from './upload-options.js';

/**
 * Sends a file as the body of `POST /v1/uploads`, and again when the connection breaks or the API has no time. The idempotency
 * key makes one upload of all tries.
 *
 * @throws ProblemError, ConnectionError
 */
export async function sendAtOnce(connection: Connection, journey: Journey): Promise<SentUpload> {
  const { file, query, idempotencyKey, onProgress, signal } = journey;
  const sending = {
    method: 'POST',
    url: `${connection.base}${writeAddress('/v1/uploads', {}, query)}`,
    // The API decides by the bytes whether the file is CSV or a workbook.
    headers: {
      ...connection.headers,
      'content-type': 'application/octet-stream',
      'idempotency-key': idempotencyKey,
    },
    from: 0,
    onSent: (sentBytes: number) => onProgress?.({ sentBytes, totalBytes: file.size }),
    signal,
  } as const;
  const retries = file.repeatable ? connection.retries : 0;
  let failures = 0;
  let waits = 0;
  for (;;) {
    try {
      signal?.throwIfAborted();
      const response = await file.send(sending);
      if (!response.ok) throw await readProblem(response);
      const upload: SentUpload = await response.json();
      return upload;
    } catch (error) {
      signal?.throwIfAborted();
      const wait = isHeld(error)
        ? waitBeforeRetry(error, waits++, retries * WAITS_PER_RETRY, isHeld)
        : waitBeforeRetry(error, failures++, retries, mayPass);
      if (wait === null) throw error;
      await pause(wait, signal);
    }
  }
}

/**
 * The connection of an earlier try may be gone for us and open for the API, which finds out only after a minute or two. Until
 * then it holds the key, and says so before the file is sent.
 */
function isHeld(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'idempotency_key_in_use';
}

const WAITS_PER_RETRY = 10;

function mayPass(problem: ProblemError): boolean {
  return isBusy(problem) || problem.code === 'upload_interrupted';
}
