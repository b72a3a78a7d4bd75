import { unpack } from '../unpack.js';
import type { UnpackedFile, UnpackOptions } from '../unpacked-file.js';
import { inPieces, limits } from './read-all.js';

/** What an upload says of itself when all of it has been read. */
export interface ListedNotices {
  /** Of all files, as `code: message`. */
  readonly notices: readonly string[];
  readonly skipped: readonly Pick<Extract<UnpackedFile, { kind: 'skipped' }>, 'name' | 'mayHoldRows'>[];
}

/** Reads an upload to its end for what there is to say of it. */
export async function listNotices(
  upload: Uint8Array,
  options: Partial<UnpackOptions> = {},
): Promise<ListedNotices> {
  const notices: string[] = [];
  const skipped: ListedNotices['skipped'][number][] = [];
  for await (const file of unpack(inPieces(upload), { limits, ...options })) {
    if (file.kind === 'skipped') {
      skipped.push({ name: file.name, mayHoldRows: file.mayHoldRows });
      continue;
    }
    const content: AsyncIterable<unknown> = file.kind === 'text' ? file.pieces : file.rows;
    for await (const _part of content);
    notices.push(...file.notices().map(({ code, message }) => `${code}: ${message}`));
  }
  return { notices, skipped };
}
