import { CsvFileError, createDecoder, type EncodingDoubt, isKnownEncoding } from '@pledgeline/csv-core';
import { readSpool, type Spool } from '../spool.js';

/** The HTML standard looks for a declaration in the first 1,024 bytes; programs are not as strict. */
const HEAD_LENGTH = 4_096;

const declaration =
  /<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)|^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)/i;

export interface PageEncoding {
  /** A name of csv-core's `TextEncoding`. */
  readonly name: string;
  /** Samples and alternatives when the encoding is a guess; else null. */
  readonly doubt: EncodingDoubt | null;
  /** The encoding that the page declares, when its bytes are not valid in it; else null. */
  readonly wrongLabel: string | null;
  /** Why the page cannot be decoded; else null. `name` serves then only to find out whether it has a table. */
  readonly error: CsvFileError | null;
}

/**
 * Finds the encoding of a page: that of its byte order mark, else the one that the client names, else the one that the
 * page declares if its bytes are valid in it, else the one that csv-core finds for any text.
 *
 * @param requested the encoding that the client names
 */
export async function findPageEncoding(spool: Spool, requested: string | undefined): Promise<PageEncoding> {
  const head = await readHead(spool);
  const declared = requested === undefined ? declaredEncoding(head) : undefined;
  const named = await tryEncoding(spool, head, requested ?? declared);
  if (named.error === null || declared === undefined) return named;
  const found = await tryEncoding(spool, head, undefined);
  return { ...found, wrongLabel: declared };
}

/** The encoding of the byte order mark, or null when there is none. */
export function byteOrderMark([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

async function readHead(spool: Spool): Promise<Uint8Array> {
  const head = Buffer.alloc(HEAD_LENGTH);
  const { bytesRead } = await spool.handle.read(head, 0, HEAD_LENGTH, 0);
  return head.subarray(0, bytesRead);
}

/**
 * The encoding that the page declares, if it is a known one. A declaration found byte by byte cannot be true when it
 * names UTF-16, so that counts as UTF-8, as in the HTML standard.
 */
function declaredEncoding(head: Uint8Array): string | undefined {
  const [, meta, xml] = declaration.exec(Buffer.from(head).toString('latin1')) ?? [];
  const label = meta ?? xml;
  if (label === undefined || !isKnownEncoding(label)) return undefined;
  return /^(?:utf-?16|unicode|ucs-2)/i.test(label) ? 'utf-8' : label;
}

/** Decodes the whole page, and keeps only what was found out about its encoding. */
async function tryEncoding(
  spool: Spool,
  head: Uint8Array,
  encoding: string | undefined,
): Promise<PageEncoding> {
  let line = 1;
  const onText = (text: string) => {
    line += text.match(/\r\n|\r|\n/g)?.length ?? 0;
  };
  try {
    const mark = byteOrderMark(head) === null ? head.subarray(0, 0) : head;
    // Markup of one byte per letter is not UTF-16, so NULs at the beginning must not make csv-core think so.
    const decoder = createDecoder({ encoding, head: mark, onText, currentLine: () => line });
    for await (const piece of readSpool(spool)) decoder.push(piece);
    decoder.end();
    return { name: decoder.encoding().name, doubt: decoder.doubt(), wrongLabel: null, error: null };
  } catch (error) {
    if (!(error instanceof CsvFileError)) throw error;
    // Good enough to find out whether the page has a table at all.
    return { name: byteOrderMark(head) ?? 'windows-1252', doubt: null, wrongLabel: null, error };
  }
}
