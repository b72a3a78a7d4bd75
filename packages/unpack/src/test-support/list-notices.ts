import { unpack } from '../unpack.js';
import type { UnpackedFile, UnpackOptions } from '../unpacked-file.js';
import { inPieces, limits } from './read-all.js';

/** The notices and skipped files of an upload that was read to its end. */
export interface ListedNotices {
  /** Those of all files, as `code: message`. */
  readonly notices: readonly string[];
  readonly skipped: readonly Pick<Extract<UnpackedFile, { kind: 'skipped' }>, 'name' | 'mayHoldRows'>[];
}

/** Reads an upload to its end and collects its notices and skipped files. */
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
