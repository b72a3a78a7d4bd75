import { createHash } from 'node:crypto';
import { normalizeHeader } from '@pledgeline/csv-core';

/** What a header row is known by: lower-case hex SHA-256 of its normalised names, in their order. */
export function headerFingerprint(headers: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify(headers.map(normalizeHeader)))
    .digest('hex');
}
