import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ConnectionError, type Download } from '@pledgeline/client/node';
import { CliError, exitCodes } from '../cli-error.js';

/** Where a download goes: to a file, which appears when it is whole, or to a stream, which stays open. */
export type Target = { readonly path: string } | { readonly stream: NodeJS.WritableStream };

/**
 * Writes what the API answers to a file or to stdout, piece by piece.
 *
 * @throws CliError when the connection breaks before its end
 */
export async function writeDownload({ body }: Download, target: Target, signal: AbortSignal): Promise<void> {
  if ('stream' in target) {
    await whole(pipeline(body, target.stream, { signal, end: false }), signal);
    return;
  }
  const { path } = target;
  // Of this process alone, because two may write the same file.
  const part = `${path}.${process.pid}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await whole(pipeline(body, createWriteStream(part), { signal }), signal);
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}

async function whole(written: Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    await written;
  } catch (cause) {
    signal.throwIfAborted();
    if (!(cause instanceof ConnectionError)) throw cause;
    throw new CliError('The answer broke off before its end, so what was written is not whole.', {
      hint: 'Try again; if it happens again, look in the log of the API.',
      exitCode: exitCodes.unreachable,
      cause,
    });
  }
}
