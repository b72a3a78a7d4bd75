import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SpoolError } from './spool-error.js';

const PIECE_BYTES = 64 * 1024;

/** A temporary file that no other process can open, and that can be read at any position. */
export interface Spool {
  readonly handle: FileHandle;
  /** In bytes. */
  readonly size: number;
  close(): Promise<void>;
}

/**
 * Writes a stream to a temporary file: a zip archive is read from its end (APPNOTE.TXT 4.3.16), so all of it must be
 * there. Each piece is written before the next is taken.
 *
 * @param folder where to write; the system's temporary folder by default
 * @throws SpoolError when the disk fails, or what the stream fails with; the file is removed then
 */
export async function spoolToDisk(
  pieces: AsyncIterable<Uint8Array>,
  folder: string | undefined,
): Promise<Spool> {
  const own = await orSpoolError(mkdtemp(join(folder ?? tmpdir(), 'pledgeline-')));
  const remove = () => rm(own, { recursive: true, force: true });
  let handle: FileHandle | undefined;
  try {
    handle = await orSpoolError(open(join(own, 'spool'), 'wx+', 0o600));
    // Removed at once, so that a killed process leaves nothing. Windows refuses that; `close` tries again.
    await remove().catch(() => undefined);
    let size = 0;
    for await (const piece of pieces) {
      await orSpoolError(writeAll(handle, piece, size));
      size += piece.length;
    }
    return { handle, size, close: () => closeAndRemove(handle, remove) };
  } catch (error) {
    await closeAndRemove(handle, remove);
    throw error;
  }
}

/**
 * Reads the bytes from `start` to before `end`, or to the end of the file. Can be called any number of times.
 *
 * @throws SpoolError
 */
export async function* readSpool(
  { handle, size }: Spool,
  start = 0,
  end: number = size,
): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; ) {
    // A new buffer each time, because the reader may keep it.
    const piece = Buffer.alloc(Math.min(PIECE_BYTES, end - at));
    const { bytesRead } = await orSpoolError(handle.read(piece, 0, piece.length, at));
    if (bytesRead === 0) return;
    at += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}

/** Reads a few bytes at once; fewer at the end of the file. */
export async function takeFromSpool(spool: Spool, start: number, length: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readSpool(spool, start, start + length)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function writeAll(handle: FileHandle, piece: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < piece.length) {
    const { bytesWritten } = await handle.write(piece, written, piece.length - written, position + written);
    written += bytesWritten;
  }
}

/** Waits for the disk. Its errors must not look like those of the stream that is written, which are the client's. */
async function orSpoolError<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new SpoolError('The temporary file of an archive cannot be written or read.', { cause });
  }
}

async function closeAndRemove(handle: FileHandle | undefined, remove: () => Promise<void>): Promise<void> {
  await handle?.close();
  await remove();
}
