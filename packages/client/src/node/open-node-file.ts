import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { Connection } from '../request/connection.js';
import { sendByFetch } from '../upload/send-by-fetch.js';
import type { SendableFile } from '../upload/sendable-file.js';
import { sendStream } from './send-stream.js';

/** What Node can send: a file by its path, bytes (also a Buffer), a Blob, or a stream, which is read only once. */
export type NodeFile = { readonly path: string } | Blob | Uint8Array | Readable | ReadableStream<Uint8Array>;

interface Content extends Omit<SendableFile, 'send'> {
  /** Its bytes from this one on. */
  read(from: number): Readable;
}

/** @throws TypeError for what cannot be sent; the error of the file system when there is no such file */
export async function openNodeFile(
  file: NodeFile,
  { fetch, hasOwnFetch }: Connection,
): Promise<SendableFile> {
  const { read, ...content } = await openContent(file);
  return {
    ...content,
    send(sending) {
      const { from } = sending;
      const size = content.size === null ? null : content.size - from;
      return hasOwnFetch
        ? sendByFetch(sending, webStreamOf(read(from)), fetch)
        : sendStream(sending, size, read(from));
    },
  };
}

async function openContent(file: NodeFile): Promise<Content> {
  if (file instanceof Uint8Array) return openBytes(new Blob([new Uint8Array(file)]));
  if (file instanceof Blob) return openBytes(file);
  if (file instanceof Readable) return openOnce(file);
  if (file instanceof ReadableStream) return openOnce(Readable.from(piecesOf(file)));
  if ('path' in file && typeof file.path === 'string') return openPath(file.path);
  throw new TypeError('A file must be { path }, a Blob, a Uint8Array or a stream.');
}

function openBytes(blob: Blob): Content {
  const name = 'name' in blob && typeof blob.name === 'string' ? blob.name : undefined;
  return {
    name,
    size: blob.size,
    repeatable: true,
    read: (from) => Readable.from(piecesOf(blob.slice(from).stream())),
  };
}

function openOnce(stream: Readable): Content {
  return { name: undefined, size: null, repeatable: false, read: () => stream };
}

async function openPath(path: string): Promise<Content> {
  const stats = await stat(path);
  if (!stats.isFile()) throw new TypeError(`${path} is not a file.`);
  const { size } = stats;
  // No more than was announced, even if somebody still writes to the file.
  const read = (from: number) =>
    from >= size ? Readable.from([]) : createReadStream(path, { start: from, end: size - 1 });
  return { name: basename(path), size, repeatable: true, read };
}

async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  const reader = stream.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel();
  }
}

function webStreamOf(readable: Readable): ReadableStream<Uint8Array> {
  const pieces: AsyncIterator<Uint8Array, undefined> = readable[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { value } = await pieces.next();
      if (value === undefined) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return?.();
    },
  });
}
