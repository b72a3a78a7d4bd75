import { v5 as uuidV5, v7 as uuidV7 } from 'uuid';

/** A new id for things that have no natural key: UUID version 7, so that newer ids sort later. */
export function newId(): string {
  return uuidV7();
}

/**
 * The id of the thing with that natural key: UUID version 5 (RFC 9562), with a campaign or a pledge as name
 * space. Known before anything is written, the same on every machine and in every run.
 */
export function nameBasedId(namespace: string, ...naturalKey: readonly string[]): string {
  // JSON keeps ("a", "bc") and ("ab", "c") apart.
  return uuidV5(JSON.stringify(naturalKey), namespace);
}
