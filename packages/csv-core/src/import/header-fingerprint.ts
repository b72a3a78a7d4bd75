import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { normalizeHeader } from '../header/normalize-header.js';
import { storableText } from '../text/shown-text.js';

/**
 * The fingerprint of a header row: SHA-256 of its normalised headers in their order, in lower-case hex. It is the same
 * whether the headers are as the file has them or as they are stored.
 */
export function headerFingerprint(headers: readonly string[]): string {
  return bytesToHex(
    sha256(utf8ToBytes(JSON.stringify(headers.map((header) => normalizeHeader(storableText(header)))))),
  );
}
