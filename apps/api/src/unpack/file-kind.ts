/** Bytes that `fileKind` wants to see: up to the mark of a tar archive. */
export const HEAD_LENGTH = 264;

/** What a file is, going by its first bytes. */
export type FileKind =
  | { readonly kind: 'gzip' | 'zip' | 'unknown' }
  /** An archive or compression that we do not open. */
  | { readonly kind: 'packed'; readonly what: string }
  /** Certainly not a table. */
  | { readonly kind: 'document'; readonly what: string };

type Signature = readonly [hex: string, what: string];

const packed: readonly Signature[] = [
  ['377abcaf271c', 'a 7-Zip archive'],
  ['526172211a07', 'a RAR archive'],
  ['fd377a585a00', 'an xz file'],
  ['28b52ffd', 'a Zstandard file'],
  ['04224d18', 'an LZ4 file'],
];

const documents: readonly Signature[] = [
  ['255044462d', 'a PDF document'],
  ['89504e47', 'a PNG image'],
  ['ffd8ff', 'a JPEG image'],
  ['47494638', 'a GIF image'],
];

/** "BZh" and a digit could begin a CSV as well; the mark of the first block (pi), or of none (its root), could not. */
const bzip2 = /^425a683[1-9](?:314159265359|177245385090)/;

/** RFC 1952 (gzip), APPNOTE.TXT 4.3.7, 4.3.16 and 8.5.3 (zip: a member, an empty archive, one that was split). */
export function fileKind(head: Uint8Array): FileKind {
  const hex = Buffer.from(head.subarray(0, 16)).toString('hex');
  if (hex.startsWith('1f8b')) return { kind: 'gzip' };
  if (/^504b(?:0304|0506|0708)/.test(hex)) return { kind: 'zip' };
  const archive = packed.find(([signature]) => hex.startsWith(signature));
  if (archive !== undefined) return { kind: 'packed', what: archive[1] };
  if (bzip2.test(hex)) return { kind: 'packed', what: 'a bzip2 file' };
  if (isTar(head)) return { kind: 'packed', what: 'a tar archive' };
  const document = documents.find(([signature]) => hex.startsWith(signature));
  return document === undefined ? { kind: 'unknown' } : { kind: 'document', what: document[1] };
}

/** POSIX.1-1988 ustar, and what GNU wrote before it. The word alone stands in "Mustard", which may be in a CSV. */
function isTar(head: Uint8Array): boolean {
  const header = Buffer.from(head).toString('latin1');
  return /^ustar(?:\0| {2})/.test(header.slice(257)) && /^ *[0-7]{1,7}[\0 ]+$/.test(header.slice(148, 156));
}
