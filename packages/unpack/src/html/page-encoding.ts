import { readSpool, type Spool } from '../spool.js';

/** Where the standard looks for a declaration is the first 1,024 bytes; programs are not as strict. */
const HEAD_LENGTH = 4_096;

const declaration =
  /<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)|^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)/i;

export interface PageEncoding {
  /** A label of the WHATWG Encoding Standard. */
  readonly name: string;
  /** Whether nothing says so: neither the client, nor a mark, nor the page, nor its bytes. */
  readonly isAssumed: boolean;
}

/**
 * How the letters of a page are written: as its mark says, else as the client or the page says if that fits its bytes,
 * else in UTF-8 if they are that, else in windows-1252, in which any bytes are letters.
 *
 * @param requested what the client says
 */
export async function findPageEncoding(spool: Spool, requested: string | undefined): Promise<PageEncoding> {
  const head = await readHead(spool);
  const mark = byteOrderMark(head);
  if (mark !== null) return { name: mark, isAssumed: false };
  if (requested !== undefined && (await fits(spool, requested))) return { name: requested, isAssumed: false };
  const declared = declaredEncoding(head);
  for (const name of [declared, 'utf-8']) {
    if (name !== null && (await fits(spool, name))) return { name, isAssumed: requested !== undefined };
  }
  return { name: 'windows-1252', isAssumed: true };
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

/** A page in UTF-16 without a mark cannot have said so in letters of one byte. */
function declaredEncoding(head: Uint8Array): string | null {
  const [, meta, xml] = declaration.exec(Buffer.from(head).toString('latin1')) ?? [];
  try {
    const { encoding } = new TextDecoder(meta ?? xml);
    return meta === undefined && xml === undefined ? null : encoding.replace(/^utf-16.*/, 'utf-8');
  } catch {
    // No such encoding: the bytes have to tell.
    return null;
  }
}

async function fits(spool: Spool, name: string): Promise<boolean> {
  const decoder = new TextDecoder(name, { fatal: true });
  try {
    for await (const piece of readSpool(spool)) decoder.decode(piece, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return false;
    }
    throw error;
  }
}
