import { crc32, createInflateRaw } from 'node:zlib';
import { createInflater, INFLATE_CHUNK_BYTES } from './inflater.js';
import { readSpool, type Spool, takeFromSpool } from './spool.js';
import type { UnpackBudget } from './unpack-budget.js';
import { UnpackError } from './unpack-error.js';
import type { ZipMember } from './zip-directory.js';

const STORED = 0;
const DEFLATED = 8;

/** Local file header (APPNOTE.TXT 4.3.7): its signature, the length of its fixed part, and where it has two lengths. */
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_LENGTH = 30;
const NAME_LENGTH_AT = 26;
const EXTRA_LENGTH_AT = 28;

/**
 * Reads the bytes of a member, and checks that they have the length and the checksum that the directory announces.
 *
 * @throws UnpackError `encrypted_archive` or `unsupported_compression` before anything is read; `damaged_archive`,
 * `unpacked_too_large` or `ratio_too_high`
 */
export async function* readMember(
  spool: Spool,
  member: ZipMember,
  budget: UnpackBudget,
): AsyncGenerator<Uint8Array> {
  requireReadable(member);
  const start = await findData(spool, member);
  const packed = readSpool(spool, start, start + member.packedSize);
  let size = 0;
  let checksum = 0;
  for await (const chunk of member.method === STORED ? packed : inflate(packed, member)) {
    size += chunk.length;
    checksum = crc32(chunk, checksum);
    budget.unpacked(chunk.length, member.name);
    if (size > member.size) throw damaged(member);
    yield chunk;
  }
  if (size !== member.size || checksum !== member.crc32) throw damaged(member);
}

function requireReadable({ name, method, isEncrypted }: ZipMember): void {
  if (isEncrypted) {
    throw new UnpackError(
      'encrypted_archive',
      `"${name}" in the archive has a password. Pack the files again without one.`,
      { file: name },
    );
  }
  if (method !== STORED && method !== DEFLATED) {
    throw new UnpackError(
      'unsupported_compression',
      `"${name}" in the archive is compressed in a way that is not supported (method ${method}). Pack the files again as a normal zip, or send the CSV itself.`,
      { file: name },
    );
  }
}

/** Where the member's data begins. Only the local header says how long its own name and extra fields are. */
async function findData(spool: Spool, member: ZipMember): Promise<number> {
  // Also refuses 64-bit offsets that are not exact as a number, with which a read would throw another error.
  if (member.offset + member.packedSize > spool.size) throw damaged(member);
  const header = await takeFromSpool(spool, member.offset, LOCAL_LENGTH);
  if (header.length < LOCAL_LENGTH || header.readUInt32LE(0) !== LOCAL_SIGNATURE) throw damaged(member);
  return (
    member.offset + LOCAL_LENGTH + header.readUInt16LE(NAME_LENGTH_AT) + header.readUInt16LE(EXTRA_LENGTH_AT)
  );
}

async function* inflate(packed: AsyncIterable<Uint8Array>, member: ZipMember): AsyncGenerator<Uint8Array> {
  const inflater = createInflater(createInflateRaw({ chunkSize: INFLATE_CHUNK_BYTES }), (cause) =>
    damaged(member, cause),
  );
  try {
    for await (const piece of packed) {
      yield* inflater.push(piece);
      if (inflater.surplus > 0) return;
    }
    yield* inflater.end();
  } finally {
    inflater.close();
  }
}

function damaged({ name }: ZipMember, cause?: unknown): UnpackError {
  return new UnpackError(
    'damaged_archive',
    `"${name}" in the archive is damaged and cannot be unpacked. Download or pack it again.`,
    { file: name, cause },
  );
}
