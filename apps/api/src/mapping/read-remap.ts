import { findPlatform } from '@pledgeline/csv-core';
import { findAssumptions, findOrderGrouping } from '@pledgeline/csv-core/map';
import { type Database, type FileMapping, type FileToSkip, readSample } from '@pledgeline/db';
import { Problem } from '../problem.js';
import { type KeptFile, listKeptFiles } from './list-kept-files.js';
import { type MappingBody, readMappings } from './read-mappings.js';
import { readUnknownFiles } from './read-unknown-files.js';

/**
 * How the files of an upload that has ended are to be read again: as the client says, and where it says nothing, as they were, by the
 * platforms of this release.
 *
 * @throws Problem `invalid_request`, `unknown_platform`, `mapping_incomplete`
 */
export async function readRemap(
  database: Database,
  uploadId: string,
  { review: _, saveAs: __, ...body }: MappingBody,
): Promise<readonly FileMapping[]> {
  const files = await listKeptFiles(database, uploadId);
  const indexes = files.map(({ index }) => index);
  const isSilent = Object.keys(body).length === 0;
  const said = isSilent
    ? []
    : await readMappings(body, indexes, (wanted) => readUnknownFiles(database, uploadId, wanted));
  const mapped = new Map(said.map(({ mapping }) => [mapping.fileIndex, requireColumns(mapping)]));
  const mappings: FileMapping[] = [];
  for (const file of files) {
    mappings.push(mapped.get(file.index) ?? (await readAsBefore(database, uploadId, file)));
  }
  return mappings;
}

/** @throws Problem `invalid_request` for a file that is to be left out: its rows are in the account of the upload. */
function requireColumns(mapping: FileMapping | FileToSkip): FileMapping {
  if (!('skip' in mapping)) return mapping;
  throw new Problem(
    'invalid_request',
    `File ${mapping.fileIndex} was imported, so it cannot be left out now. Take the upload back (POST …/undo), and send the others alone.`,
  );
}

/** @throws Problem `mapping_incomplete` when nobody has said yet what the file is */
async function readAsBefore(
  database: Database,
  uploadId: string,
  { index, report }: KeptFile,
): Promise<FileMapping> {
  const platform = report.platform === null ? undefined : findPlatform(report.platform);
  const sample = await readSample(database, uploadId, index, 1);
  if (platform === undefined || sample === null) {
    const place = report.name === null ? 'the file' : `"${report.name}"`;
    throw new Problem(
      'mapping_incomplete',
      `Say what the "columns" of ${place} are, or name its "platform".`,
    );
  }
  const columns = report.columns ?? undefined;
  return {
    fileIndex: index,
    platform: platform.name,
    columns: report.columns,
    orders: findOrderGrouping(sample.headers, platform, columns),
    decimalMark: report.format?.decimalMark ?? null,
    assumptions: findAssumptions(sample.headers, platform, columns),
  };
}
