import { createGunzip } from 'node:zlib';
import { createInflater, INFLATE_CHUNK_BYTES } from './inflater.js';
import type { UnpackBudget } from './unpack-budget.js';
import { UnpackError } from './unpack-error.js';

/**
 * The bytes in a gzip file (RFC 1952). Several members are one file; zeros after the last one are padding.
 *
 * @throws UnpackError `damaged_archive`, `unpacked_too_large` or `ratio_too_high`, and what the source throws.
 */
export async function* gunzip(
  packed: AsyncIterable<Uint8Array>,
  budget: UnpackBudget,
  file: string | null,
): AsyncGenerator<Uint8Array> {
  const inflater = createInflater(createGunzip({ chunkSize: INFLATE_CHUNK_BYTES }), (cause) =>
    damaged(cause, file),
  );
  try {
    for await (const piece of packed) {
      if (inflater.surplus > 0) {
        refuseGarbage(piece, file);
        continue;
      }
      for await (const chunk of inflater.push(piece)) {
        budget.unpacked(chunk.length, file);
        yield chunk;
      }
      if (inflater.surplus > 0) refuseGarbage(piece.subarray(-inflater.surplus), file);
    }
    if (inflater.surplus > 0) return;
    for await (const chunk of inflater.end()) {
      budget.unpacked(chunk.length, file);
      yield chunk;
    }
  } finally {
    inflater.close();
  }
}

function refuseGarbage(rest: Uint8Array, file: string | null): void {
  if (rest.every((byte) => byte === 0)) return;
  throw new UnpackError(
    'damaged_archive',
    'Something else follows the end of the gzip file. Compress it again, or send the CSV itself.',
    { file },
  );
}

function damaged(cause: unknown, file: string | null): UnpackError {
  const isCutOff = cause instanceof Error && 'code' in cause && cause.code === 'Z_BUF_ERROR';
  const message = isCutOff
    ? 'The gzip file is cut off: its end is missing. Download or compress it again and send it whole.'
    : 'The gzip file is damaged and cannot be unpacked. Download or compress it again.';
  return new UnpackError('damaged_archive', message, { file, cause });
}
