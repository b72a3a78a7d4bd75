import { writeAddress } from '../request/address.js';
import { createPatience, isBusy } from '../request/again.js';
import type { Connection } from '../request/connection.js';
import { type ProblemError, readProblem } from '../request/errors.js';
import { pause } from '../request/pause.js';
import type { Journey, SentUpload } from './upload-options.js';

/**
 * Sends a file as the body of `POST /v1/uploads`, and again when the connection breaks or the API has no time. The idempotency
 * key makes one upload of all tries.
 *
 * @throws ProblemError, ConnectionError
 */
export async function sendAtOnce(connection: Connection, journey: Journey): Promise<SentUpload> {
  const { file, query, idempotencyKey, onProgress, onRetry, signal } = journey;
  const sending = {
    method: 'POST',
    url: `${connection.base}${writeAddress('/v1/uploads', {}, query)}`,
    from: 0,
    onSent: (sentBytes: number) => onProgress?.({ sentBytes, totalBytes: file.size }),
    signal,
  } as const;
  // The API decides by the bytes whether the file is CSV or a workbook.
  const about = { 'content-type': 'application/octet-stream', 'idempotency-key': idempotencyKey };
  const retries = file.repeatable ? connection.retries : 0;
  const patience = createPatience(retries, mayPass);
  for (;;) {
    try {
      signal?.throwIfAborted();
      const response = await file.send({ ...sending, headers: { ...connection.headers(), ...about } });
      if (!response.ok) throw await readProblem(response);
      const upload: SentUpload = await response.json();
      return upload;
    } catch (error) {
      signal?.throwIfAborted();
      const wait = patience.waitAfter(error);
      if (wait === null) throw error;
      onRetry?.(error);
      await pause(wait, signal);
    }
  }
}

function mayPass(problem: ProblemError): boolean {
  return isBusy(problem) || problem.code === 'upload_interrupted';
}
