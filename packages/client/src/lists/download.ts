import type { Arguments, DownloadPath, Input, Operation } from '../contract.js';
import { writeAddress } from '../request/address.js';
import type { AnyInput } from '../request/calls.js';
import { type Connection, send } from '../request/connection.js';
import { ConnectionError } from '../request/errors.js';

/** A file that the API sends. */
export interface Download {
  /**
   * Its bytes, as they arrive: nothing is kept. Reading throws `ConnectionError` when the answer breaks off before its end, so
   * what has been read whole is whole.
   */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** The name that the API suggests; null if it suggests none, or the browser does not show it. */
  readonly filename: string | null;
  /** Such as `text/csv; charset=utf-8`. */
  readonly contentType: string | null;
}

/**
 * Opens a file of the API: `rejected.csv`, `issues.csv`, or a list with the query parameter `format`.
 *
 * @throws ProblemError, ConnectionError
 */
export type DownloadCall = <Path extends DownloadPath>(
  path: Path,
  ...input: Arguments<Input<Operation<Path, 'get'>>>
) => Promise<Download>;

export function createDownload(connection: Connection): DownloadCall {
  return (path, ...[input]) => openDownload(connection, path, input);
}

/** Opens a file by the template of its address. */
export function openDownload(
  connection: Connection,
  template: DownloadPath,
  { path, query, headers = {}, signal, onHeaders }: AnyInput = {},
): Promise<Download> {
  const call = { method: 'GET', path: writeAddress(template, path, query), headers, signal };
  return send(connection, call, async ({ body, headers: answered }) => {
    onHeaders?.(answered);
    return {
      body: sayWhenBroken(body, signal),
      filename: readFilename(answered.get('content-disposition')),
      contentType: answered.get('content-type'),
    };
  });
}

/** The same bytes, but the error of the network becomes one of ours. */
function sayWhenBroken(
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body?.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const read = await reader?.read();
          if (read?.value === undefined) controller.close();
          else controller.enqueue(read.value);
        } catch (cause) {
          const broken = new ConnectionError('The answer broke off before its end.', { cause });
          controller.error(signal?.aborted === true ? signal.reason : broken);
        }
      },
      cancel: (reason) => reader?.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function readFilename(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  return /filename="([^"]*)"/i.exec(disposition ?? '')?.[1] ?? null;
}
