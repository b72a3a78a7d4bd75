import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { CliError } from '../cli-error.js';
import type { ApiAddress } from './api-client.js';
import { ApiError, readAnswer } from './api-error.js';

/** Where a download goes. */
export interface Target {
  /** A file, which appears when it is whole; undefined for `stdout`. */
  readonly path: string | undefined;
  readonly stdout: NodeJS.WritableStream;
}

/**
 * Writes what the API answers to a file or to stdout, piece by piece.
 *
 * @throws CliError when there is no answer, the answer is an error, or the connection breaks before its end
 */
export async function download(
  address: ApiAddress,
  path: string,
  { path: file, stdout }: Target,
  signal: AbortSignal,
): Promise<void> {
  const body = await ask(address, path, signal);
  if (file === undefined) {
    await whole(pipeline(body, stdout, { signal, end: false }), signal);
    return;
  }
  const part = `${file}.part`;
  try {
    await whole(pipeline(body, createWriteStream(part), { signal }), signal);
    await rename(part, file);
  } finally {
    await rm(part, { force: true });
  }
}

async function ask({ url, key }: ApiAddress, path: string, signal: AbortSignal) {
  const headers = { authorization: `Bearer ${key}` };
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}${path}`, { headers, signal });
    const { ok, status, statusText, body } = response;
    if (ok && body !== null) return body;
    readAnswer({ status, statusText, text: await response.text() });
    throw new Error(`The API answered ${status} without a body.`);
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof ApiError) throw new CliError(`${cause.code}: ${cause.message}`, { cause });
    throw new CliError(`The API at ${url} gave no answer.`, {
      hint: 'Is it running? --url names another.',
      cause,
    });
  }
}

async function whole(written: Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    await written;
  } catch (cause) {
    signal.throwIfAborted();
    throw new CliError('The answer broke off before its end, so what was written is not whole.', {
      hint: 'Try again; if it happens again, look in the log of the API.',
      cause,
    });
  }
}
