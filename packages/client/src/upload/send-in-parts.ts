import { createPatience, isBusy, waitBeforeRetry } from '../request/again.js';
import { type Connection, send } from '../request/connection.js';
import { ConnectionError, ProblemError, readProblem } from '../request/errors.js';
import { pause } from '../request/pause.js';
import type { Journey } from './upload-options.js';

/** Where the API takes files in parts, by the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload). */
const ADDRESS = '/v1/resumable-files';
const protocol = { 'tus-resumable': '1.0.0' };
/** The header that names the upload which a whole file has become. */
const UPLOAD = 'pledgeline-upload';
/** The header that is there too, if the campaign had the content already, as this upload. */
const DUPLICATE = 'pledgeline-duplicate-of';
/** How long the API may take to make an upload of a whole file. */
const FINISH_MS = 600_000;

/** The upload that a file has become. */
export interface FinishedFile {
  readonly id: string;
  readonly isDuplicate: boolean;
}

/**
 * Sends a file in parts: the first is all of it, and after an interruption the next is what has not arrived. Gives up when it
 * has failed several times and nothing more has arrived.
 *
 * @returns the upload; null when the API takes no files in parts, or has no room for one
 * @throws ProblemError, ConnectionError
 */
export async function sendInParts(connection: Connection, journey: Journey): Promise<FinishedFile | null> {
  const { file, onRetry, onResumable, resume, signal } = journey;
  const id = resume ?? (await makeRoom(connection, journey));
  if (id === null) return null;
  onResumable?.(id);
  let arrived = 0;
  // Null: it has to be asked for.
  let offset = resume === undefined ? 0 : null;
  const patience = createPatience(connection.retries, mayPass);
  for (;;) {
    try {
      signal?.throwIfAborted();
      const headers: Headers =
        offset === null
          ? await readState(connection, id, signal)
          : await sendRest(connection, journey, id, offset);
      const upload = headers.get(UPLOAD);
      if (upload !== null) return { id: upload, isDuplicate: headers.has(DUPLICATE) };
      const before = offset;
      offset = readOffset(headers);
      if (before === file.size) throw new ConnectionError('The API has the whole file, and names no upload.');
      if (offset > arrived) patience.renew();
      arrived = Math.max(arrived, offset);
    } catch (error) {
      signal?.throwIfAborted();
      const wait = patience.waitAfter(error);
      if (wait === null) throw error;
      onRetry?.(error);
      await pause(wait, signal);
      offset = null;
    }
  }
}

/** Makes a file at the API, and returns its id. One that is made twice by a lost answer expires. */
async function makeRoom(
  connection: Connection,
  { file, query, onRetry, signal }: Journey,
): Promise<string | null> {
  const metadata = Object.entries(query).map(([name, value]) => `${name} ${toBase64(value)}`);
  const headers = {
    ...protocol,
    'upload-length': String(file.size),
    'upload-metadata': metadata.join(','),
  };
  for (let failures = 0; ; failures += 1) {
    try {
      const call = { method: 'POST', path: ADDRESS, headers, signal };
      return await send(connection, call, async (response) => readId(response.headers.get('location')));
    } catch (error) {
      if (error instanceof ProblemError && takesNone(error)) return null;
      const wait = waitBeforeRetry(error, failures, connection.retries);
      if (wait === null) throw error;
      onRetry?.(error);
      await pause(wait, signal);
    }
  }
}

/** Whether the API is older than files in parts, or says that there is no room: then a file can still be sent at once. */
function takesNone({ status, code }: ProblemError): boolean {
  return code === 'not_found' || status === 405 || code === 'too_many_resumable_files' || code === 'no_room';
}

/** The id in a Location. Only the id, because the key must go nowhere else. */
function readId(location: string | null): string {
  const id = /\/([^/?#]+)$/.exec(location ?? '')?.[1];
  if (id === undefined) throw new ConnectionError('The API has made a file and does not say where.');
  return id;
}

/** Asks how much of the file has arrived. If all of it has, the API makes the upload now, unless it has done so before. */
function readState(connection: Connection, id: string, signal: AbortSignal | undefined): Promise<Headers> {
  const once = { ...connection, retries: 0, timeoutMs: FINISH_MS };
  const call = { method: 'HEAD', path: `${ADDRESS}/${encodeURIComponent(id)}`, headers: protocol, signal };
  return send(once, call, async ({ headers }) => headers);
}

async function sendRest(
  connection: Connection,
  { file, onProgress, signal }: Journey,
  id: string,
  from: number,
): Promise<Headers> {
  const response = await file.send({
    method: 'PATCH',
    url: `${connection.base}${ADDRESS}/${encodeURIComponent(id)}`,
    headers: {
      ...connection.headers(),
      ...protocol,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': String(from),
    },
    from,
    onSent: (bytes) => onProgress?.({ sentBytes: from + bytes, totalBytes: file.size }),
    signal,
  });
  if (!response.ok) throw await readProblem(response);
  return response.headers;
}

function readOffset(headers: Headers): number {
  const offset = headers.get('upload-offset') ?? '';
  if (/^\d+$/.test(offset)) return Number(offset);
  throw new ConnectionError('The API does not say how much of the file has arrived.');
}

/** Whether it is worth to ask how much has arrived, and to go on from there. */
function mayPass(problem: ProblemError): boolean {
  const { status, code } = problem;
  const isBehind = code === 'wrong_offset' || code === 'upload_interrupted';
  return isBusy(problem) || isBehind || status >= 500;
}

/** Base64 of the text as UTF-8, as the protocol wants. */
function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
