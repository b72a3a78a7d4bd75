import type { Operation, Output, QueryOf } from '../contract.js';
import { writeAddress } from '../request/address.js';
import { waitBeforeRetry } from '../request/again.js';
import type { Connection } from '../request/connection.js';
import { readProblem } from '../request/errors.js';
import { pause } from '../request/pause.js';
import type { SendableFile } from './sendable-file.js';

type Inspect = Operation<'/v1/inspect', 'post'>;

/** What is known of a file that is only looked at. The query parameters are those of `POST /v1/inspect`. */
export type InspectOptions = QueryOf<Inspect> & { readonly signal?: AbortSignal | undefined };

/** What a file would become. */
export type Inspection = Output<Inspect>;

/**
 * Asks what a file would become. Nothing is stored, so it is tried again like a call that reads. The API answers when it has seen
 * enough, and the rest of the file is not sent.
 *
 * @throws ProblemError, ConnectionError
 */
export async function inspectFile(
  connection: Connection,
  file: SendableFile,
  { signal, ...query }: InspectOptions,
): Promise<Inspection> {
  const sending = {
    method: 'POST',
    url: `${connection.base}${writeAddress('/v1/inspect', {}, query)}`,
    from: 0,
    onSent: () => undefined,
    signal,
  } as const;
  const type = { 'content-type': 'application/octet-stream' };
  const retries = file.repeatable ? connection.retries : 0;
  for (let attempt = 0; ; attempt += 1) {
    try {
      signal?.throwIfAborted();
      const response = await file.send({ ...sending, headers: { ...connection.headers(), ...type } });
      if (!response.ok) throw await readProblem(response);
      const inspection: Inspection = await response.json();
      return inspection;
    } catch (error) {
      signal?.throwIfAborted();
      const wait = waitBeforeRetry(error, attempt, retries);
      if (wait === null) throw error;
      await pause(wait, signal);
    }
  }
}
