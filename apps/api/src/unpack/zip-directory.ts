import yauzl from 'yauzl';
import { showName } from './shown-text.js';
import type { Spool } from './spool.js';
import type { UnpackBudget } from './unpack-budget.js';
import { UnpackError } from './unpack-error.js';

/** What the central directory of an archive says of one member (APPNOTE.TXT 4.3.12). */
export interface ZipMember {
  /** As it may be stored and shown. It is only ever a name: nothing is written to it. */
  readonly name: string;
  /** 0 stored, 8 deflated; anything else is not read. */
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly crc32: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly offset: number;
}

/** What WinZip's AES puts in place of the method (APPNOTE.TXT 4.4.5). */
const AES_METHOD = 99;

/**
 * Reads the central directory, in its own order. Nothing is decompressed: number of members, sum of sizes and ratio
 * are checked as announced.
 *
 * @param archive the archive's own name when it is itself a member
 * @throws UnpackError `damaged_archive`, `encrypted_archive`, `too_many_files`, `unpacked_too_large`,
 * `ratio_too_high`
 */
export async function readZipDirectory(
  spool: Spool,
  budget: UnpackBudget,
  archive: string | null,
): Promise<readonly ZipMember[]> {
  const members: ZipMember[] = [];
  try {
    const zip = await yauzl.fromFdPromise(spool.handle.fd, {
      autoClose: false,
      // It refuses whole archives for a name such as "../x.csv", and we write nothing by name.
      decodeStrings: false,
      validateEntrySizes: false,
    });
    if (zip.entryCount > budget.limits.maxFiles) throw tooManyFiles(budget, archive);
    let announced = 0;
    for await (const entry of zip.eachEntry()) {
      members.push(describe(entry));
      announced += entry.uncompressedSize;
      budget.announced(announced, archive);
    }
  } catch (error) {
    throw explain(error, archive);
  }
  return members;
}

function describe(entry: yauzl.Entry): ZipMember {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  return {
    name: showName(yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false)),
    method: entry.compressionMethod,
    isEncrypted: entry.isEncrypted() || entry.compressionMethod === AES_METHOD,
    crc32: entry.crc32,
    packedSize: entry.compressedSize,
    size: entry.uncompressedSize,
    offset: entry.relativeOffsetOfLocalHeader,
  };
}

function tooManyFiles({ limits }: UnpackBudget, file: string | null): UnpackError {
  return new UnpackError(
    'too_many_files',
    `The archive holds more than ${limits.maxFiles} files. Pack only the ones to import.`,
    { file },
  );
}

function explain(cause: unknown, file: string | null): unknown {
  // The disk's errors have a system call. A position that no file has makes an error without one.
  if (cause instanceof UnpackError || !(cause instanceof Error) || 'syscall' in cause) return cause;
  // The library has no codes, and it stops here before the member's flags can be looked at.
  if (cause.message === 'strong encryption is not supported') {
    return new UnpackError(
      'encrypted_archive',
      'The archive has a password. Pack the files again without one.',
      { file, cause },
    );
  }
  return new UnpackError(
    'damaged_archive',
    'The zip archive is cut off or damaged: its list of files cannot be read. Download or pack it again and send it whole.',
    { file, cause },
  );
}
