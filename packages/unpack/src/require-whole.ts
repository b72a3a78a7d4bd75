import { detectFileKind } from './detect-file-kind.js';
import { gunzip } from './gunzip.js';
import { MAX_GZIP_LAYERS, type UnpackContext } from './layer.js';
import { peek } from './peek.js';
import type { UnpackBudget } from './unpack-budget.js';
import type { ZipArchive } from './zip-archive.js';
import type { ZipMember } from './zip-directory.js';

/**
 * Reads a member of an archive to its end and forgets it, with what it is packed in itself: a checksum comes last, and
 * nothing may be handed on of a member that turns out to be damaged. Inflating twice costs little beside reading rows.
 *
 * @throws UnpackError what reading it throws
 */
export async function requireWhole(
  zip: ZipArchive,
  member: ZipMember,
  { budget, options }: UnpackContext,
): Promise<void> {
  // The bytes come again, and are counted then.
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
