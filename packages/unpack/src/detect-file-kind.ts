/** Bytes that `detectFileKind` looks at. So many, because a web server's warnings may come before an archive. */
export const HEAD_LENGTH = 4_096;

/** What a file is, going by its first bytes. */
export type FileKind =
  | { readonly kind: 'gzip' | 'zip' | 'unknown' }
  /** May be a self-extracting zip archive. */
  | { readonly kind: 'program' }
  /** An archive or compression that we do not open. */
  | { readonly kind: 'packed'; readonly what: string }
  /** Certainly not a table. */
  | { readonly kind: 'document'; readonly what: string };

/** In hexadecimal. */
type Signature = readonly [start: RegExp, what: string];

const packed: readonly Signature[] = [
  [/^377abcaf271c/, 'a 7-Zip archive'],
  [/^526172211a07/, 'a RAR archive'],
  [/^fd377a585a00/, 'an xz file'],
  [/^28b52ffd/, 'a Zstandard file'],
  [/^04224d18/, 'an LZ4 file'],
  // "BZh" and a digit could begin a CSV. The signature after it, of a block (pi) or of the end (its root), could not.
  [/^425a683[1-9](?:314159265359|177245385090)/, 'a bzip2 file'],
];

const documents: readonly Signature[] = [
  [/^255044462d/, 'a PDF document'],
  [/^7b5c72746631/, 'a rich text document'],
  [/^89504e47/, 'a PNG image'],
  [/^ffd8ff/, 'a JPEG image'],
  [/^47494638/, 'a GIF image'],
  [/^52494646.{8}57454250/, 'a WebP image'],
  [/^424d.{8}00000000/, 'a BMP image'],
  [/^(?:49492a00|4d4d002a)/, 'a TIFF image'],
  [/^00000100/, 'an icon'],
  [/^0000.{4}66747970/, 'a video or a picture'],
  [/^4944330[234]/, 'a sound'],
];

/** "MZ" (MS-DOS, Windows) with the zeros that every such header has, so that text does not match; or ELF (Linux). */
const program = /^(?:4d5a(?:..){0,60}0000|7f454c46)/;

/**
 * Detects what a file is by its first {@link HEAD_LENGTH} bytes, or fewer if it is shorter. `unknown` may be text.
 *
 * Signatures: RFC 1952 (gzip); APPNOTE.TXT 4.3.7, 4.3.16 and 8.5.3 (zip: a member, an empty archive, a split archive).
 */
export function detectFileKind(bytes: Uint8Array): FileKind {
  const head = bytes.subarray(0, HEAD_LENGTH);
  const hex = Buffer.from(head.subarray(0, 64)).toString('hex');
  if (hex.startsWith('1f8b')) return { kind: 'gzip' };
  if (/^504b(?:0304|0506|0708)/.test(hex)) return { kind: 'zip' };
  const archive = packed.find(([start]) => start.test(hex));
  if (archive !== undefined) return { kind: 'packed', what: archive[1] };
  if (isTar(head)) return { kind: 'packed', what: 'a tar archive' };
  const document = documents.find(([start]) => start.test(hex));
  if (document !== undefined) return { kind: 'document', what: document[1] };
  if (program.test(hex)) return { kind: 'program' };
  return { kind: isTextBeforeZip(head) ? 'zip' : 'unknown' };
}

/** POSIX.1-1988 ustar, and GNU's older form. "ustar" alone is not enough: "Mustard" may stand in a CSV. */
function isTar(head: Uint8Array): boolean {
  const header = Buffer.from(head).toString('latin1');
  return /^ustar(?:\0| {2})/.test(header.slice(257)) && /^ *[0-7]{1,7}[\0 ]+$/.test(header.slice(148, 156));
}

/** Whether an archive comes after text: a script may have sent an empty line or a warning before it. */
function isTextBeforeZip(head: Uint8Array): boolean {
  const text = Buffer.from(head).toString('latin1');
  const at = text.indexOf('PK\x03\x04');
  return at > 0 && !/[^\P{Cc}\t\n\r]/u.test(Buffer.from(head.subarray(0, at)).toString());
}
