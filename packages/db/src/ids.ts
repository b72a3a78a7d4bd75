import { hash } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';

/** A new id for things that have no natural key: UUID version 7, so that newer ids sort later. */
export function newId(): string {
  return uuidV7();
}

/**
 * As {@link newId}, with a time from the clock of Postgres. For rows that readers wait for by their id: if the clock of the
 * writing process were an hour ahead, readers would miss the rows of all others for an hour.
 */
export function newIdAt(time: Date): string {
  return uuidV7({ msecs: time.getTime() });
}

/**
 * The id for a natural key: UUID version 5 (RFC 9562, section 5.5), with a campaign or a pledge as
 * name space. Known before anything is written, the same on every machine and in every run.
 */
export function nameBasedId(namespace: string, ...naturalKey: readonly string[]): string {
  // JSON keeps ("a", "bc") and ("ab", "c") apart.
  return hashedId(namespace, JSON.stringify(naturalKey));
}

/** Any fixed UUID: fingerprints are compared with each other only. */
const fingerprintNamespace = 'd0b5d0e4-3f0c-4d0b-8a52-0e6f5c1d7a11';

/** A hash of values: the same for the same values, and in practice never the same for others. */
export function fingerprint(values: readonly unknown[]): string {
  return hashedId(fingerprintNamespace, JSON.stringify(values));
}

const NAMESPACE_BYTES = 16;
/** A UTF-16 unit takes at most three bytes of UTF-8. */
const MAX_BYTES_PER_UNIT = 3;

/** A reused buffer for namespace and name; it grows when a name needs it. */
let bytes = Buffer.alloc(4_096);
let namespaceInBytes = '';

// `v5` of the uuid package takes four times as long, and a million rows need four million ids and fingerprints.
function hashedId(namespace: string, name: string): string {
  const room = NAMESPACE_BYTES + name.length * MAX_BYTES_PER_UNIT;
  if (room > bytes.length) {
    bytes = Buffer.alloc(room);
    namespaceInBytes = '';
  }
  if (namespace !== namespaceInBytes) {
    bytes.write(namespace.replaceAll('-', ''), 'hex');
    namespaceInBytes = namespace;
  }
  const length = NAMESPACE_BYTES + bytes.write(name, NAMESPACE_BYTES);
  const hex = hash('sha1', bytes.subarray(0, length), 'hex');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
