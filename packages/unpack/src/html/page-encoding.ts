import { CsvFileError, createDecoder, type EncodingDoubt, isKnownEncoding } from '@pledgeline/csv-core';
import { readSpool, type Spool } from '../spool.js';

/** Where the standard looks for a declaration is the first 1,024 bytes; programs are not as strict. */
const HEAD_LENGTH = 4_096;

const declaration =
  /<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)|^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)/i;

export interface PageEncoding {
  /** As `TextEncoding` of csv-core has it. */
  readonly name: string;
  /** What to look at where it is a guess; null when it is none. */
  readonly doubt: EncodingDoubt | null;
  /** What the page says it were in, where its bytes are no text in that; else null. */
  readonly wrongLabel: string | null;
  /** Why its letters cannot be read rightly, whatever the name; else null. */
  readonly error: CsvFileError | null;
}

/**
 * How the letters of a page are written: as its mark says, else as the client says, else as the page says if that fits
 * its bytes, else as for any text.
 *
 * @param requested what the client says
 */
export async function findPageEncoding(spool: Spool, requested: string | undefined): Promise<PageEncoding> {
  const head = await readHead(spool);
  const declared = requested === undefined ? declaredEncoding(head) : undefined;
  const said = await tryEncoding(spool, head, requested ?? declared);
  if (said.error === null || declared === undefined) return said;
  const found = await tryEncoding(spool, head, undefined);
  return { ...found, wrongLabel: declared };
}

/** The encoding that a byte order mark says, or null. */
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

/** A page in UTF-16 without a mark cannot have said so in letters of one byte. What nobody knows is as good as nothing. */
function declaredEncoding(head: Uint8Array): string | undefined {
  const [, meta, xml] = declaration.exec(Buffer.from(head).toString('latin1')) ?? [];
  const label = meta ?? xml;
  if (label === undefined || !isKnownEncoding(label)) return undefined;
  return /^(?:utf-?16|unicode|ucs-2)/i.test(label) ? 'utf-8' : label;
}

/** Decodes the whole page, and keeps only what was found out. */
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
    // What begins with markup in letters of one byte is not UTF-16 without a mark, wherever it has a NUL.
    const decoder = createDecoder({ encoding, head: mark, onText, currentLine: () => line });
    for await (const piece of readSpool(spool)) decoder.push(piece);
    decoder.end();
    return { name: decoder.encoding().name, doubt: decoder.doubt(), wrongLabel: null, error: null };
  } catch (error) {
    if (!(error instanceof CsvFileError)) throw error;
    // Good enough to see whether the page has a table at all.
    return { name: byteOrderMark(head) ?? 'windows-1252', doubt: null, wrongLabel: null, error };
  }
}
