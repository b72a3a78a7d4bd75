import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { normalizeHeader } from '../header/normalize-header.js';

/** What a header row is known by: lower-case hex SHA-256 of its normalised names, in their order. */
export function headerFingerprint(headers: readonly string[]): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(headers.map(normalizeHeader)))));
}
