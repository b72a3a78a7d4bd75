import { detectFileKind } from './detect-file-kind.js';
import { gunzip } from './gunzip.js';
import { MAX_GZIP_LAYERS, type UnpackContext } from './layer.js';
import { peek } from './peek.js';
import type { UnpackBudget } from './unpack-budget.js';
import type { ZipArchive } from './zip-archive.js';
import type { ZipMember } from './zip-directory.js';

/**
 * Checks a member of an archive, and the gzip layers in it, by reading it to its end. Checksums come last, and no byte
 * of a damaged member may be handed on. Inflating a member twice costs little compared with reading its rows.
 *
 * @throws UnpackError what reading it throws
 */
export async function requireWhole(
  zip: ZipArchive,
  member: ZipMember,
  { budget, options }: UnpackContext,
): Promise<void> {
  // On a copy of the budget, because the bytes are counted when they are read again.
  const own = budget.copy();
  for await (const _piece of takeOffGzip(zip.read(member, own), own, member.name)) await options.onWork?.();
}

async function* takeOffGzip(
  packed: AsyncGenerator<Uint8Array>,
  budget: UnpackBudget,
  name: string,
  layers = MAX_GZIP_LAYERS,
): AsyncGenerator<Uint8Array> {
  try {
    const { head, pieces } = await peek(packed, 2);
    if (layers > 0 && detectFileKind(head).kind === 'gzip') {
      yield* takeOffGzip(gunzip(pieces, budget, name).pieces, budget, name, layers - 1);
    } else {
      yield* pieces;
    }
  } finally {
    await packed.return(undefined);
  }
}
