import type { Operation, Output, QueryOf } from '../contract.js';
import { writeAddress } from '../request/address.js';
import { isBusy, waitBeforeRetry } from '../request/again.js';
import type { Connection } from '../request/connection.js';
import { ProblemError, readProblem } from '../request/errors.js';
import { pause } from '../request/pause.js';
import { randomKey } from './random-key.js';
import type { SendableFile } from './sendable-file.js';

type SendUpload = Operation<'/v1/uploads', 'post'>;

/** How much of a file has been sent. It begins again at 0 when the file has to be sent again. */
export interface SendingProgress {
  readonly sentBytes: number;
  /** Null for a stream of unknown length. */
  readonly totalBytes: number | null;
}

/** What is known of a file, and how to send it. The query parameters are those of `POST /v1/uploads`. */
export type UploadOptions = Omit<QueryOf<SendUpload>, 'campaign'> & {
  /** Name or id of the campaign. A new name makes a new campaign. */
  readonly campaign: string;
  /**
   * With the same key the same file makes one upload, however often it is sent. Default: a new one for each call, so that a
   * call can try again. Give one of yours to try again after your own process has ended.
   */
  readonly idempotencyKey?: string;
  readonly onProgress?: (progress: SendingProgress) => void;
  readonly signal?: AbortSignal | undefined;
};

/** An upload that the API has received. */
export type AcceptedUpload = Output<SendUpload>;

/**
 * Sends a file. When the connection breaks, or the API has no time, a file that can be read again is sent again; the
 * idempotency key makes one upload of them.
 *
 * @throws ProblemError when the file is refused, ConnectionError when there is no answer
 */
export async function uploadFile(
  connection: Connection,
  file: SendableFile,
  { idempotencyKey = randomKey(), onProgress, signal, ...query }: UploadOptions,
): Promise<AcceptedUpload> {
  const post = {
    url: `${connection.base}${writeAddress('/v1/uploads', {}, { filename: file.name, ...query })}`,
    // The API decides by the bytes whether the file is CSV or a workbook.
    headers: {
      ...connection.headers,
      'content-type': 'application/octet-stream',
      'idempotency-key': idempotencyKey,
    },
    onSent: (sentBytes: number) => onProgress?.({ sentBytes, totalBytes: file.size }),
    signal,
  };
  const retries = file.repeatable ? connection.retries : 0;
  let failures = 0;
  let waits = 0;
  for (;;) {
    try {
      signal?.throwIfAborted();
      const response = await file.post(post);
      if (!response.ok) throw await readProblem(response);
      const upload: AcceptedUpload = await response.json();
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
