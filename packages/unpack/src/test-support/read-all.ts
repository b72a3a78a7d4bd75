import { unpack } from '../unpack.js';
import type { FileNotice, UnpackedFile, UnpackOptions } from '../unpacked-file.js';

/** Wide enough for all tests but those of the limits. */
export const limits = { maxUnpackedBytes: 1024 ** 3, maxRatio: 1_000, maxFiles: 1_000 };

/** One file that came out of an upload, read to its end. */
export type FileContent =
  | { readonly name: string | null; readonly text: string }
  | {
      readonly name: string | null;
      readonly sheet: string;
      readonly rows: Readonly<Record<number, string[]>>;
    }
  | { readonly name: string; readonly skipped: string };

/** The bytes as a client sends them, in pieces of the given size. */
export async function* inPieces(bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Reads everything that an upload unpacks to. */
export async function readAll(
  upload: Uint8Array | AsyncIterable<Uint8Array>,
  options: Partial<UnpackOptions> = {},
): Promise<FileContent[]> {
  const pieces = upload instanceof Uint8Array ? inPieces(upload) : upload;
  const files: FileContent[] = [];
  for await (const file of unpack(pieces, { limits, ...options })) files.push(await readFile(file));
  return files;
}

/** The notices of each file that can be read. */
export async function readNotices(upload: Uint8Array): Promise<(readonly FileNotice[])[]> {
  const notices: (readonly FileNotice[])[] = [];
  for await (const file of unpack(inPieces(upload), { limits })) {
    await readFile(file);
    if (file.kind !== 'skipped') notices.push(file.notices());
  }
  return notices;
}

/** The names of skipped files that may hold rows. */
export async function readLosses(upload: Uint8Array): Promise<string[]> {
  const losses: string[] = [];
  for await (const file of unpack(inPieces(upload), { limits })) {
    await readFile(file);
    if (file.kind === 'skipped' && file.mayHoldRows) losses.push(file.name);
  }
  return losses;
}

async function readFile(file: UnpackedFile): Promise<FileContent> {
  if (file.kind === 'skipped') return { name: file.name, skipped: file.reason };
  if (file.kind === 'text') {
    const pieces: Uint8Array[] = [];
    for await (const piece of file.pieces) pieces.push(piece);
    return { name: file.name, text: Buffer.concat(pieces).toString() };
  }
  const rows: Record<number, string[]> = {};
  for await (const batch of file.rows) for (const { cells, line } of batch) rows[line] = [...cells];
  return { name: file.name, sheet: file.sheet, rows };
}
