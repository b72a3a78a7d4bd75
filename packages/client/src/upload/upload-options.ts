import type { Operation, QueryOf, Upload } from '../contract.js';
import { randomKey } from './random-key.js';
import type { SendableFile } from './sendable-file.js';

type SendUpload = Operation<'/v1/uploads', 'post'>;

/** How much of a file has been sent. It goes back when a part of the file has to be sent again. */
export interface SendingProgress {
  readonly sentBytes: number;
  /** Null for a stream of unknown length. */
  readonly totalBytes: number | null;
}

/** What is known of a file, and how to send it. The query parameters are those of `POST /v1/uploads`. */
export type UploadOptions = Omit<QueryOf<SendUpload>, 'campaign'> & {
  /** Name or id of the campaign. A new name makes a new campaign. */
  readonly campaign: string;
  readonly onProgress?: (progress: SendingProgress) => void;
  /** Called when a try has failed and another one follows, with what went wrong: the API does not answer, or has no time. */
  readonly onRetry?: (error: unknown) => void;
  readonly signal?: AbortSignal | undefined;
  /**
   * With the same key the same file makes one upload, however often it is sent. Default: a new one for each call, so that a
   * call can try again. Give one of yours to try again after your own process has ended; then the file is sent at once.
   */
  readonly idempotencyKey?: string;
  /** From how many bytes on a file is sent in parts, which can be resumed. Default 16 MiB. `Infinity` for never. */
  readonly resumableFrom?: number;
  /** Called with the id of a file that is sent in parts, when the API has made room for it: keep it to go on later. */
  readonly onResumable?: (id: string) => void;
  /** The id that `onResumable` gave, to go on with the same file. */
  readonly resume?: string;
};

/** An upload that the API has received, as it is at that moment. Its `warnings` are to be shown at once. */
export type SentUpload = Upload & {
  /** The upload that has the same content, which is this one; only where the campaign has it already, without `force`. */
  readonly duplicateOf?: string;
};

/** A file on its way. */
export interface Journey
  extends Pick<UploadOptions, 'onProgress' | 'onRetry' | 'onResumable' | 'resume' | 'signal'> {
  readonly file: SendableFile;
  /** What the API is told of the file. */
  readonly query: Readonly<Record<string, string>>;
  readonly idempotencyKey: string;
  /** Whether it can, and should, be sent in parts. */
  readonly inParts: boolean;
}

const RESUMABLE_FROM = 16 * 1024 ** 2;

export function readOptions(
  file: SendableFile,
  {
    idempotencyKey,
    resumableFrom = RESUMABLE_FROM,
    onProgress,
    onRetry,
    onResumable,
    resume,
    signal,
    ...query
  }: UploadOptions,
): Journey {
  const { name, size, repeatable } = file;
  if (resume !== undefined && !repeatable) {
    throw new TypeError('A stream cannot be resumed, because it cannot be read from the middle.');
  }
  const isLarge = size !== null && size >= resumableFrom && idempotencyKey === undefined;
  return {
    file,
    query: textsOf({ filename: name, ...query }),
    idempotencyKey: idempotencyKey ?? randomKey(),
    inParts: repeatable && (resume !== undefined || isLarge),
    signal,
    ...(onProgress !== undefined && { onProgress }),
    ...(onRetry !== undefined && { onRetry }),
    ...(onResumable !== undefined && { onResumable }),
    ...(resume !== undefined && { resume }),
  };
}

function textsOf(values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
