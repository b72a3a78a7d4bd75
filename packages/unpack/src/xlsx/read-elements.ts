import type { ZipArchive } from '../zip-archive.js';
import type { ZipMember } from '../zip-directory.js';
import { createTextHolder } from './text-holder.js';
import { createXmlReader } from './xml-reader.js';

export interface XmlElement {
  /** Without the prefix of its namespace. */
  readonly name: string;
  /** By name, with the prefix of its namespace. */
  readonly attributes: ReadonlyMap<string, string>;
}

/**
 * Reads the elements with the given names from a small part, in order, wherever they are in it.
 *
 * @throws UnpackError `damaged_archive`, `workbook_too_large`
 */
export async function readElements(
  zip: ZipArchive,
  member: ZipMember,
  names: readonly string[],
): Promise<readonly XmlElement[]> {
  const elements: XmlElement[] = [];
  const hold = createTextHolder(member.name);
  let attributes: Map<string, string> | null = null;
  const reader = createXmlReader(member.name, {
    open(name) {
      attributes = names.includes(name) ? new Map() : null;
      if (attributes !== null) elements.push({ name: hold(name), attributes });
    },
    attribute(name, value) {
      attributes?.set(hold(name), hold(value));
    },
  });
  await reader.readAll(zip.read(member));
  return elements;
}
