import type { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import type { FastifyBaseLogger } from 'fastify';
import type { FileContext } from '../context.js';
import { Problem } from '../problem.js';
import { type HeldFile, holdFile } from './file-locker.js';

/** One request of the tus protocol. */
export interface TusRequest {
  /** The file that it makes or works on. */
  readonly id: string;
  readonly address: string;
  readonly method: 'POST' | 'HEAD' | 'PATCH' | 'DELETE';
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
  /** Called when the last byte of the file is on the disk. Returns headers of the answer. */
  readonly onComplete: () => Promise<Readonly<Record<string, string>>>;
}

/** The answer of the library, to be sent by Fastify, so that hooks and error handler apply. It has no body. */
export interface TusAnswer {
  readonly status: number;
  readonly headers: Readonly<Partial<Record<string, string>>>;
}

/** How long a request that is asked to give way has to write what it has. */
const DRAIN_MS = 300;

/** Headers that the library sets and our own plugins decide. */
const ofOthers = /^(?:access-control-.*|content-length|content-type)$/;

/**
 * Lets the library answer a request. It gets a web request of our own instead of the socket, so it never writes an answer
 * past our hooks; what it refuses comes back as a problem.
 *
 * @throws Problem
 */
export async function answerTus(
  { database, config }: FileContext,
  store: FileStore,
  request: TusRequest,
  logger: FastifyBaseLogger,
): Promise<TusAnswer> {
  const { id, address, method, headers, body, onComplete } = request;
  let refusal: unknown;
  const server = new Server({
    path: address,
    relativeLocation: true,
    datastore: store,
    maxSize: config.MAX_UPLOAD_BYTES,
    lockDrainTimeout: DRAIN_MS,
    namingFunction: () => id,
    getFileIdFromRequest: () => id,
    locker: {
      newLock: () => {
        let held: HeldFile | undefined;
        return {
          async lock(_signal, requestRelease) {
            held = await holdFile(database, id, logger, () => void requestRelease());
          },
          async unlock() {
            await held?.release();
          },
        };
      },
    },
    async onUploadFinish() {
      return { headers: { ...(await onComplete()) } };
    },
    onResponseError(_request, error) {
      refusal = error;
      return undefined;
    },
  });
  const hasBody = method === 'PATCH' || method === 'POST';
  const response = await server.handleWeb(
    new Request(new URL(`${address}/${method === 'POST' ? '' : id}`, 'http://localhost'), {
      method,
      headers: toHeaders(headers),
      ...(hasBody && { body: ReadableStream.from(body), duplex: 'half' }),
    }),
  );
  if (response.status < 400) {
    const entries = [...response.headers].filter(([name]) => !ofOthers.test(name));
    return { status: response.status, headers: Object.fromEntries(entries) };
  }
  throw toRefusal(refusal, response.status, await response.text());
}

function toHeaders(headers: TusRequest['headers']): Headers {
  const all = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' && name !== 'tus-resumable' ? [[name, value] as const] : [],
  );
  // The routes have checked the version where the protocol asks for it.
  return new Headers([
    ...all.map(([name, value]): [string, string] => [name, value]),
    ['tus-resumable', '1.0.0'],
  ]);
}

/** A problem for what the library refuses; anything else that was thrown stays what it is. */
function toRefusal(refusal: unknown, status: number, text: string): unknown {
  if (refusal instanceof Error) return refusal;
  const said = text.trim();
  switch (status) {
    case 404:
    case 410:
      return fileNotFound();
    case 409:
      return new Problem(
        'wrong_offset',
        'Upload-Offset is not where the file ends. Ask with HEAD how much of it is here, and go on from there.',
      );
    case 412:
      return new Problem('unsupported_tus_version', 'Send "Tus-Resumable: 1.0.0".', {
        headers: { 'tus-version': '1.0.0' },
      });
    case 413:
      return new Problem(
        'upload_too_large',
        'The part is longer than what is missing of the file, as Upload-Length has announced it.',
      );
    default:
      if (status >= 500) return new Error(`The tus server says ${status}: ${said}`, { cause: refusal });
      return new Problem(
        'invalid_request',
        'A header of the tus protocol is missing, or has a value that it cannot have. See https://tus.io/protocols/resumable-upload for what each of them means.',
        { cause: new Error(`The tus server says ${status}: ${said}`) },
      );
  }
}

/** The problem for a file that is not there, has expired, or is of another merchant. */
export function fileNotFound(): Problem {
  return new Problem(
    'resumable_file_not_found',
    'There is no such file, or it has expired, or it could not be read as it is. Make a new one with POST /v1/resumable-files.',
  );
}
