import { HEAD_LENGTH } from './detect-file-kind.js';
import { type Spool, takeFromSpool } from './spool.js';
import type { FileNotice } from './unpacked-file.js';

/** Where a zip archive is in a file. Positions are in bytes, from the beginning of the file. */
export interface ArchivePlace {
  /** Where the archive begins. The offsets in it count from here. */
  readonly start: number;
  readonly directoryStart: number;
  readonly directoryEnd: number;
  readonly notices: readonly FileNotice[];
}

const LOCAL_SIGNATURE = 'PK\x03\x04';
const END_SIGNATURE = 'PK\x05\x06';
const LOCATOR_SIGNATURE = 'PK\x06\x07';
const END64_SIGNATURE = 'PK\x06\x06';

/** Lengths of the end record, its 64-bit form, and the locator of the 64-bit form (APPNOTE.TXT 4.3.14 to 4.3.16). */
const END_LENGTH = 22;
const END64_LENGTH = 56;
const LOCATOR_LENGTH = 20;

/** How far from the end the end record is looked for: as far as its comment may be long, as other programs do. */
const TAIL_LENGTH = LOCATOR_LENGTH + END_LENGTH + 0xffff;

/**
 * Finds a zip archive by the last end record that fits. Other bytes may come before and after the archive, but nothing
 * that could be another archive: then the one found might lie inside the one that is meant, and files would be lost.
 *
 * @param isProgram whether the file begins with a program, of any length: a self-extracting archive
 * @returns null where there is no archive, or only a part of one
 */
export async function findArchive(spool: Spool, isProgram: boolean): Promise<ArchivePlace | null> {
  const head = await takeFromSpool(spool, 0, HEAD_LENGTH);
  const firstMember = Math.max(0, head.indexOf(LOCAL_SIGNATURE));
  const tailStart = Math.max(0, spool.size - TAIL_LENGTH);
  const tail = await takeFromSpool(spool, tailStart, TAIL_LENGTH);
  const lastMember = tail.lastIndexOf(LOCAL_SIGNATURE);
  for (const at of occurrences(tail, END_SIGNATURE)) {
    const behind = bytesBehind(tail, at);
    if (behind === null || lastMember >= tail.length - behind.length) continue;
    const end =
      (await readEnd64(spool, tail.subarray(0, at), firstMember)) ??
      readEnd(tail.subarray(at), tailStart + at);
    if (end === null) continue;
    const { directoryEnd } = end;
    const directoryStart = directoryEnd - end.directorySize;
    const start = directoryStart - end.directoryOffset;
    if (start !== 0 && start !== firstMember && !(isProgram && start > 0)) continue;
    const notices = [...(isProgram ? [] : leadingBytes(start)), ...trailingBytes(behind)];
    return { start, directoryStart, directoryEnd, notices };
  }
  return null;
}

/** The last one first. */
function* occurrences(bytes: Buffer, mark: string): Generator<number> {
  for (let rest = bytes; ; ) {
    const at = rest.lastIndexOf(mark);
    if (at === -1) return;
    yield at;
    rest = rest.subarray(0, at);
  }
}

/** The bytes after the end record and its comment; null when the record is cut off. */
function bytesBehind(tail: Buffer, at: number): Buffer | null {
  if (at + END_LENGTH > tail.length) return null;
  const end = at + END_LENGTH + tail.readUInt16LE(at + 20);
  return end > tail.length ? null : tail.subarray(end);
}

interface EndRecord {
  readonly directorySize: number;
  /** Counted from the beginning of the archive, not of the file. */
  readonly directoryOffset: number;
  /** Counted from the beginning of the file. The end record follows. */
  readonly directoryEnd: number;
}

/** Null for the last part of a split archive. */
function readEnd(record: Buffer, position: number): EndRecord | null {
  if (record.readUInt16LE(4) !== 0) return null;
  return {
    directorySize: record.readUInt32LE(12),
    directoryOffset: record.readUInt32LE(16),
    directoryEnd: position,
  };
}

/** The 64-bit end record, which large archives have as well; null where there is none. */
async function readEnd64(spool: Spool, before: Buffer, firstMember: number): Promise<EndRecord | null> {
  const locator = before.subarray(-LOCATOR_LENGTH);
  if (locator.length < LOCATOR_LENGTH || locator.indexOf(LOCATOR_SIGNATURE) !== 0) return null;
  const offset = readUInt64(locator, 8);
  for (const position of [offset, firstMember + offset]) {
    if (position + END64_LENGTH > spool.size) continue;
    const record = await takeFromSpool(spool, position, END64_LENGTH);
    if (record.indexOf(END64_SIGNATURE) !== 0 || record.readUInt32LE(16) !== 0) continue;
    return {
      directorySize: readUInt64(record, 40),
      directoryOffset: readUInt64(record, 48),
      directoryEnd: position,
    };
  }
  return null;
}

/** Exact up to 2^53, which no file reaches. */
function readUInt64(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}

function leadingBytes(count: number): readonly FileNotice[] {
  if (count === 0) return [];
  const message = `Something is before the beginning of the zip archive and was left out (bytes: ${count}).`;
  return [{ code: 'leading_bytes', message }];
}

/** Zeros are padding and not worth a notice. */
function trailingBytes(behind: Buffer): readonly FileNotice[] {
  if (behind.every((byte) => byte === 0)) return [];
  const message = `Something follows the end of the zip archive and was left out (bytes: ${behind.length}).`;
  return [{ code: 'trailing_bytes', message }];
}
