import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { normalizeHeader } from '../header/normalize-header.js';

/** The fingerprint of a header row: SHA-256 of its normalised headers in their order, in lower-case hex. */
export function headerFingerprint(headers: readonly string[]): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(headers.map(normalizeHeader)))));
}
