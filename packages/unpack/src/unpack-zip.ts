import { shownName } from '@pledgeline/csv-core';
import { findArchive } from './find-archive.js';
import type { Layer, UnpackContext } from './layer.js';
import { junkReason } from './member-name.js';
import { recognizeZip } from './recognize-zip.js';
import { requireWhole } from './require-whole.js';
import { readSpool, spoolToDisk } from './spool.js';
import { UnpackError, type UnpackErrorCode } from './unpack-error.js';
import type { UnpackedFile } from './unpacked-file.js';
import { withNotices } from './with-notices.js';
import { unpackWorkbook } from './xlsx/unpack-workbook.js';
import { openZip, type ZipArchive } from './zip-archive.js';
import { damagedDirectory, type ZipMember } from './zip-directory.js';

/** Unpacks a member of an archive, which may be packed itself. */
type UnpackMember = (layer: Layer, context: UnpackContext) => AsyncGenerator<UnpackedFile>;

/** Bytes that begin like a zip archive, or like a program with an archive after it. */
interface MaybeZip {
  readonly kind: 'zip' | 'program';
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** Unpacks a zip archive, or an Excel workbook, which is one. */
export async function* unpackZip(
  layer: Layer,
  { kind, pieces }: MaybeZip,
  context: UnpackContext,
  unpackMember: UnpackMember,
): AsyncGenerator<UnpackedFile> {
  const { name } = layer;
  const spooled = await spoolToDisk(pieces, context.options.temporaryFolder);
  try {
    const place = await findArchive(spooled, kind === 'program');
    if (place !== null) {
      const zip = await openZip(spooled, place, context.budget, name);
      yield* withNotices(unpackOpened(zip, layer, context, unpackMember), () => place.notices);
    } else if (kind === 'zip') {
      throw damagedDirectory(name, true);
    } else if (name !== null) {
      yield { kind: 'skipped', name, reason: 'a program, not a table', mayHoldRows: false };
    } else {
      yield { kind: 'text', name, pieces: readSpool(spooled, 0, spooled.size), notices: () => [] };
    }
  } finally {
    await spooled.close();
  }
}

async function* unpackOpened(
  zip: ZipArchive,
  layer: Layer,
  context: UnpackContext,
  unpackMember: UnpackMember,
): AsyncGenerator<UnpackedFile> {
  const found = await recognizeZip(zip);
  if (found.kind === 'workbook') {
    if (layer.isMember) for (const part of zip.members) await requireWhole(zip, part, context);
    yield* unpackWorkbook(zip, context);
  } else if (found.kind === 'archive') {
    if (layer.isMember) throw nested(zip);
    yield* unpackMembers(zip, context, unpackMember);
  } else if (zip.name !== null && !found.holdsTables) {
    yield { kind: 'skipped', name: zip.name, reason: `${found.what}, not a table`, mayHoldRows: false };
  } else {
    throw notReadable(zip, found.what);
  }
}

/** Errors that concern one member only. Those of the limits are not among them: they concern the whole upload. */
const ofMembers: readonly UnpackErrorCode[] = [
  'damaged_archive',
  'encrypted_archive',
  'unsupported_compression',
  'nested_archive',
  'no_file_in_archive',
];

/**
 * Unpacks the members in the archive's own order, which is the same each time. A member that cannot be unpacked is
 * skipped as a whole. If no member can be read, the archive is refused.
 */
async function* unpackMembers(
  zip: ZipArchive,
  context: UnpackContext,
  unpackMember: UnpackMember,
): AsyncGenerator<UnpackedFile> {
  const files = zip.members.filter(({ name, size }) => !name.endsWith('/') || size > 0);
  const kinds = new Set<UnpackedFile['kind']>();
  const errors: UnpackError[] = [];
  for (const file of files) {
    let isRead = false;
    try {
      for await (const unpacked of unpackOne(zip, file, context, unpackMember)) {
        isRead ||= unpacked.kind !== 'skipped';
        kinds.add(unpacked.kind);
        yield unpacked;
      }
    } catch (cause) {
      if (!(cause instanceof UnpackError)) throw cause;
      const error = cause.inMember(file.name);
      if (isRead || !isOfMember(cause, context)) throw error;
      errors.push(error);
      yield { kind: 'skipped', name: file.name, reason: cause.message, mayHoldRows: true, error };
    }
  }
  const misses = errors.filter(({ code }) => isMissingSheet(code, context));
  if (misses.length > 0 && !kinds.has('sheet')) throw noSheet(misses, errors, context);
  if (!kinds.has('sheet') && !kinds.has('text')) throw noFile(files.length, errors);
}

/** Unpacks one member, after a check that all of it can be read: nothing of a damaged member is handed on. */
async function* unpackOne(
  zip: ZipArchive,
  file: ZipMember,
  context: UnpackContext,
  unpackMember: UnpackMember,
): AsyncGenerator<UnpackedFile> {
  const { name } = file;
  const reason = junkReason(name);
  if (reason !== null) return yield { kind: 'skipped', name, reason, mayHoldRows: false };
  await requireWhole(zip, file, context);
  const pieces = zip.read(file);
  try {
    yield* unpackMember({ name, pieces, gzipLayers: 0, isMember: true }, context);
  } finally {
    await pieces.return(undefined);
  }
}

function isOfMember({ code }: UnpackError, context: UnpackContext): boolean {
  return ofMembers.includes(code) || isMissingSheet(code, context);
}

/** With several workbooks in an archive, the sheet that is asked for may be in another one. */
function isMissingSheet(code: UnpackErrorCode, { options }: UnpackContext): boolean {
  return options.sheet !== undefined && (code === 'sheet_not_found' || code === 'no_rows_in_workbook');
}

function noSheet(
  misses: readonly UnpackError[],
  errors: readonly UnpackError[],
  { options }: UnpackContext,
): UnpackError {
  const [first] = misses;
  if (first !== undefined && errors.length === 1) return first;
  const inAll =
    misses.length === 1
      ? ''
      : `None of the ${misses.length} workbooks in the archive has rows in a sheet "${shownName(options.sheet ?? '')}". `;
  const inFirst = first === undefined ? '' : `In "${first.file}": ${first.message} `;
  const others = joinMessages(errors.filter((error) => !misses.includes(error)));
  return new UnpackError('sheet_not_found', `${inAll}${inFirst}${others}`.trim());
}

/** How many reasons a message lists. */
const MAX_REASONS = 10;

function joinMessages(errors: readonly UnpackError[]): string {
  const shown = errors.slice(0, MAX_REASONS).map(({ message }) => message);
  return errors.length > MAX_REASONS ? `${shown.join(' ')} …` : shown.join(' ');
}

function nested({ name }: ZipArchive): UnpackError {
  return new UnpackError(
    'nested_archive',
    `The archive holds another archive, "${name}". Unpack that one and send its files.`,
    { file: name },
  );
}

function notReadable({ name }: ZipArchive, what: string): UnpackError {
  const which = name === null ? 'The file' : `"${name}" in the archive`;
  return new UnpackError(
    'no_file_in_archive',
    `${which} is ${what}. Save the sheet as "CSV UTF-8" or as an Excel workbook (.xlsx) and send that.`,
    { file: name },
  );
}

/** Why nothing could be read: what is wrong with each member, or that there is none. */
function noFile(count: number, errors: readonly UnpackError[]): UnpackError {
  const [first] = errors;
  if (first === undefined) {
    const what = count === 0 ? 'is empty' : 'holds no file that could be a table';
    const message = `The archive ${what}. Put the CSV or Excel file into it.`;
    return new UnpackError('no_file_in_archive', message);
  }
  if (errors.length === 1) return first;
  const isSame = errors.every(({ code }) => code === first.code);
  const message = `Nothing in the archive can be read. ${joinMessages(errors)}`;
  return new UnpackError(isSame ? first.code : 'no_file_in_archive', message, { cause: first });
}
