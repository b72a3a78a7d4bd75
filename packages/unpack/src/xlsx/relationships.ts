import { posix } from 'node:path';
import type { ZipArchive } from '../zip-archive.js';
import { readElements } from './read-elements.js';

/** A part that another part refers to (ECMA-376 part 2, 6.5). */
export interface Relationship {
  readonly id: string;
  /** The last word of its type, which Transitional and Strict documents share: `worksheet`, `styles`. */
  readonly type: string;
  /** The path of the part in the archive. */
  readonly target: string;
}

/**
 * What a part refers to inside its archive.
 *
 * @param part its path; '' for the archive itself
 * @throws UnpackError `damaged_archive`
 */
export async function readRelationships(zip: ZipArchive, part: string): Promise<readonly Relationship[]> {
  const folder = posix.dirname(part);
  const member = zip.find(posix.join(folder, '_rels', `${posix.basename(part)}.rels`));
  if (member === undefined) return [];
  const elements = await readElements(zip, member, ['Relationship']);
  return elements
    .filter(({ attributes }) => attributes.get('TargetMode') !== 'External')
    .map(({ attributes }) => {
      const type = attributes.get('Type') ?? '';
      return {
        id: attributes.get('Id') ?? '',
        type: type.slice(type.lastIndexOf('/') + 1),
        target: posix.resolve('/', folder, attributes.get('Target') ?? '').slice(1),
      };
    });
}
