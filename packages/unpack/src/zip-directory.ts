import { isUtf8 } from 'node:buffer';
import { shownName } from '@pledgeline/csv-core';
import yauzl from 'yauzl';
import type { ArchivePlace } from './find-archive.js';
import { type Spool, takeFromSpool } from './spool.js';
import type { UnpackBudget } from './unpack-budget.js';
import { UnpackError } from './unpack-error.js';

/** A member of an archive, as the central directory describes it (APPNOTE.TXT 4.3.12). */
export interface ZipMember {
  /** Safe to store and show. Nothing is ever written to this path. */
  readonly name: string;
  /** 0 stored, 8 deflated; other methods are not supported. */
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly crc32: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where in the file its local header begins. */
  readonly offset: number;
}

const SIGNATURE = 0x02014b50;
const FIXED_LENGTH = 46;

/** Flags, APPNOTE.TXT 4.4.4. */
const ENCRYPTED = 0x01;
const UTF8_NAME = 0x800;

/** The method that stands for WinZip's AES encryption (APPNOTE.TXT 4.4.5). */
const AES_METHOD = 99;

/** Extra fields: APPNOTE.TXT 4.5.3 and 4.6.9. */
const ZIP64_FIELD = 0x0001;
const UNICODE_PATH_FIELD = 0x7075;
/** In place of a number that is in the Zip64 field. */
const IN_ZIP64_FIELD = 0xffffffff;

/**
 * Reads the central directory in its own order. It reads to the end of the directory, because the announced number of
 * members stops at 65,535. Nothing is decompressed: the limits are checked against the announced sizes.
 *
 * @param archive the archive's own name when it is itself a member
 * @throws UnpackError `damaged_archive`, `too_many_files`, `unpacked_too_large`, `ratio_too_high`
 */
export async function readZipDirectory(
  spool: Spool,
  { start, directoryStart, directoryEnd }: ArchivePlace,
  budget: UnpackBudget,
  archive: string | null,
): Promise<readonly ZipMember[]> {
  const members: ZipMember[] = [];
  let announced = 0;
  for (let at = directoryStart; at < directoryEnd; ) {
    const entry = await readEntry(spool, at);
    const member = entry && describe(entry, start);
    if (entry === null || member === null || at + entry.length > directoryEnd)
      throw damagedDirectory(archive, false);
    if (members.length === budget.limits.maxFiles) throw tooManyFiles(budget, archive);
    members.push(member);
    announced += member.size;
    budget.announced(announced, archive);
    at += entry.length;
  }
  return members;
}

interface Entry {
  readonly fixed: Buffer;
  readonly name: Buffer;
  readonly extra: Buffer;
  /** Of the whole entry in bytes, including its comment, which is not read. */
  readonly length: number;
}

/** Null when no entry begins there. */
async function readEntry(spool: Spool, at: number): Promise<Entry | null> {
  const fixed = await takeFromSpool(spool, at, FIXED_LENGTH);
  if (fixed.length < FIXED_LENGTH || fixed.readUInt32LE(0) !== SIGNATURE) return null;
  const nameLength = fixed.readUInt16LE(28);
  const extraLength = fixed.readUInt16LE(30);
  const variable = await takeFromSpool(spool, at + FIXED_LENGTH, nameLength + extraLength);
  return {
    fixed,
    name: variable.subarray(0, nameLength),
    extra: variable.subarray(nameLength),
    length: FIXED_LENGTH + nameLength + extraLength + fixed.readUInt16LE(32),
  };
}

/** Null when a number should be in the Zip64 field and is not. */
function describe({ fixed, name, extra }: Entry, start: number): ZipMember | null {
  const large = findExtra(extra, ZIP64_FIELD);
  let used = 0;
  /** Numbers above 32 bits are in the Zip64 field, in the order in which this is called. */
  function readNumber(at: number): number | null {
    const number = fixed.readUInt32LE(at);
    if (number !== IN_ZIP64_FIELD || large === null) return number;
    used += 8;
    return used > large.length ? null : Number(large.readBigUInt64LE(used - 8));
  }
  const size = readNumber(24);
  const packedSize = readNumber(20);
  const offset = readNumber(42);
  if (size === null || packedSize === null || offset === null) return null;
  const flags = fixed.readUInt16LE(8);
  const method = fixed.readUInt16LE(10);
  return {
    name: readName(name, flags, extra),
    method,
    isEncrypted: (flags & ENCRYPTED) !== 0 || method === AES_METHOD,
    crc32: fixed.readUInt32LE(16),
    packedSize,
    size,
    offset: start + offset,
  };
}

/** Decodes a name: as UTF-8 if it is valid, whatever the flag (macOS does not set it), else as MS-DOS would. */
function readName(name: Buffer, flags: number, extra: Buffer): string {
  const unicodePath = findExtra(extra, UNICODE_PATH_FIELD);
  return shownName(
    yauzl.getFileNameLowLevel(
      isUtf8(name) ? flags | UTF8_NAME : flags,
      name,
      unicodePath === null ? [] : [{ id: UNICODE_PATH_FIELD, data: unicodePath }],
      false,
    ),
  );
}

/** The first extra field of this kind; null when there is none, or its length does not fit. */
function findExtra(extra: Buffer, id: number): Buffer | null {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === id && end <= extra.length) return extra.subarray(at + 4, end);
    at = end;
  }
  return null;
}

function tooManyFiles({ limits }: UnpackBudget, file: string | null): UnpackError {
  return new UnpackError(
    'too_many_files',
    `The archive holds more than ${limits.maxFiles} files. Pack only the ones to import.`,
    { file },
  );
}

/** The error for an archive whose directory is damaged, or missing because the archive is cut off. */
export function damagedDirectory(file: string | null, isCutOff: boolean): UnpackError {
  return new UnpackError(
    'damaged_archive',
    'The zip archive is cut off or damaged: its list of files cannot be read. Download or pack it again and send it whole.',
    { file, isCutOff },
  );
}
