import { isBeyondAscii, undoKnownDecoding, undoWrongDecoding } from '../encoding/decoded-twice.js';
import { resolveEntities } from '../values/html-entities.js';

/**
 * The headers as they were meant, where another program escaped them for a web page (`Salt &amp; Pepper`) or decoded
 * them twice (`PrÃ©nom`): so that columns, products and questions have their names.
 */
export function mendHeaders(headers: readonly string[]): readonly string[] {
  const isDamaged = headers.some((header) => header.includes('&') || isBeyondAscii(header));
  if (!isDamaged) return headers;
  const letters = headers.filter(isBeyondAscii);
  const isDecodedTwice =
    letters.some((header) => undoWrongDecoding(header, 'windows-1252') !== null) &&
    letters.every((header) => undoKnownDecoding(header, 'windows-1252') !== null);
  const decoded = isDecodedTwice
    ? headers.map((header) => undoKnownDecoding(header, 'windows-1252') ?? header)
    : headers;
  return decoded.map((header) => (header.includes('&') ? resolveEntities(header) : header));
}
