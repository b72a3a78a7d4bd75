import type { ArchivePlace } from './find-archive.js';
import type { Spool } from './spool.js';
import type { UnpackBudget } from './unpack-budget.js';
import { readZipDirectory, type ZipMember } from './zip-directory.js';
import { readMember } from './zip-member.js';

/** A zip archive on disk, its directory read and checked. */
export interface ZipArchive {
  /** The archive's own path when it is a member of another archive; else null. */
  readonly name: string | null;
  readonly members: readonly ZipMember[];
  /** The member at a path. Case and a leading slash do not matter, as in the names of workbook parts. */
  find(path: string): ZipMember | undefined;
  /** The bytes of a member, checked, and counted on the archive's budget or the given one. */
  read(member: ZipMember, budget?: UnpackBudget): AsyncGenerator<Uint8Array>;
}

/** @throws UnpackError what `readZipDirectory` throws */
export async function openZip(
  spool: Spool,
  place: ArchivePlace,
  budget: UnpackBudget,
  name: string | null,
): Promise<ZipArchive> {
  const members = await readZipDirectory(spool, place, budget, name);
  const byPath = new Map(members.map((member) => [keyOf(member.name), member]));
  return {
    name,
    members,
    find: (path) => byPath.get(keyOf(path)),
    read: (member, own = budget) => readMember(spool, member, own),
  };
}

function keyOf(path: string): string {
  return path.replace(/^\/+/, '').toLowerCase();
}
