import type { Layer, UnpackContext } from './layer.js';
import { junkReason } from './member-name.js';
import { recognizeZip } from './recognize-zip.js';
import { showName } from './shown-text.js';
import { spool } from './spool.js';
import { UnpackError } from './unpack-error.js';
import type { UnpackedFile } from './unpacked-file.js';
import { unpackWorkbook } from './xlsx/unpack-workbook.js';
import { openZip, type ZipArchive } from './zip-archive.js';
import type { ZipMember } from './zip-directory.js';
import { requireReadable } from './zip-member.js';

/** Unpacks a member, which may be a layer of its own. */
type UnpackMember = (layer: Layer, context: UnpackContext) => AsyncGenerator<UnpackedFile>;

/** A zip archive, or an Excel workbook, which is one. */
export async function* unpackZip(
  layer: Layer,
  pieces: AsyncIterable<Uint8Array>,
  context: UnpackContext,
  unpackMember: UnpackMember,
): AsyncGenerator<UnpackedFile> {
  const { budget, options } = context;
  const spooled = await spool(pieces, options.temporaryFolder);
  try {
    const zip = await openZip(spooled, budget, layer.name);
    const found = await recognizeZip(zip);
    if (found.kind === 'workbook') {
      yield* unpackWorkbook(zip, context);
    } else if (found.kind === 'archive') {
      if (layer.isMember) throw nested(zip);
      yield* unpackMembers(zip, context, unpackMember);
    } else if (zip.name !== null && !found.holdsTables) {
      yield { kind: 'skipped', name: zip.name, reason: `${found.what}, not a table`, mayHoldRows: false };
    } else {
      throw notReadable(zip, found.what);
    }
  } finally {
    await spooled.close();
  }
}

/** In the archive's own order, which is the same each time. */
async function* unpackMembers(
  zip: ZipArchive,
  context: UnpackContext,
  unpackMember: UnpackMember,
): AsyncGenerator<UnpackedFile> {
  const files = zip.members.filter(({ name, size }) => !name.endsWith('/') || size > 0);
  // All of them first: nothing is stored of an archive that is refused for its last member.
  for (const file of files) if (junkReason(file.name) === null) requireReadable(file);
  const kinds = new Set<UnpackedFile['kind']>();
  const misses: UnpackError[] = [];
  for (const file of files) {
    try {
      for await (const unpacked of unpackOne(zip, file, context, unpackMember)) {
        kinds.add(unpacked.kind);
        yield unpacked;
      }
    } catch (error) {
      if (!isMissingSheet(error, context)) throw error;
      misses.push(error);
      yield { kind: 'skipped', name: file.name, reason: error.message, mayHoldRows: true };
    }
  }
  if (misses.length > 0 && !kinds.has('sheet')) throw noSheet(misses, context);
  if (!kinds.has('sheet') && !kinds.has('text')) throw noFile(zip, files.length);
}

async function* unpackOne(
  zip: ZipArchive,
  file: ZipMember,
  context: UnpackContext,
  unpackMember: UnpackMember,
): AsyncGenerator<UnpackedFile> {
  const { name } = file;
  const reason = junkReason(name);
  if (reason !== null) return yield { kind: 'skipped', name, reason, mayHoldRows: false };
  const pieces = zip.read(file);
  try {
    yield* unpackMember({ name, pieces, gzipLayers: 0, isMember: true }, context);
  } finally {
    await pieces.return(undefined);
  }
}

/** Of several workbooks, the sheet that is asked for may be in any. */
function isMissingSheet(error: unknown, { options }: UnpackContext): error is UnpackError {
  return (
    options.sheet !== undefined &&
    error instanceof UnpackError &&
    (error.code === 'sheet_not_found' || error.code === 'no_rows_in_workbook')
  );
}

function noSheet(misses: readonly UnpackError[], { options }: UnpackContext): UnpackError {
  const [first] = misses;
  if (first !== undefined && misses.length === 1) return first;
  const inFirst = first === undefined ? '' : ` In "${first.file}": ${first.message}`;
  return new UnpackError(
    'sheet_not_found',
    `None of the ${misses.length} workbooks in the archive has rows in a sheet "${showName(options.sheet ?? '')}".${inFirst}`,
  );
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

function noFile({ name }: ZipArchive, count: number): UnpackError {
  const what = count === 0 ? 'is empty' : 'holds no file that could be a table';
  return new UnpackError('no_file_in_archive', `The archive ${what}. Put the CSV or Excel file into it.`, {
    file: name,
  });
}
