import {
  type ColumnAssignment,
  findPlatform,
  normalizeHeader,
  type Platform,
  type UnknownFileReading,
} from '@pledgeline/csv-core';
import { overlookedColumns, untaughtWords } from '@pledgeline/csv-core/import';
import { productNameFields } from '@pledgeline/csv-core/map';
import { Problem } from '../problem.js';

/** The mapping that a client requests for one file. */
export interface RequestedMapping {
  readonly platform: string | undefined;
  readonly columns: readonly ColumnAssignment[] | undefined;
}

/** A mapping that was checked: it suffices to import by. */
export interface UsableMapping {
  readonly platform: Platform;
  readonly columns: readonly ColumnAssignment[] | null;
}

/** The file that a mapping is for. */
export interface FileToMap {
  readonly headers: readonly string[];
  /** The name of the file for error messages. */
  readonly place: string;
  /** What its columns seem to be. */
  readonly reading: UnknownFileReading;
}

/**
 * Checks that a mapping suffices to import a file.
 *
 * @throws Problem `unknown_platform`, `invalid_request` or `mapping_incomplete`
 */
export function checkMapping(
  requested: RequestedMapping,
  { headers, place, reading }: FileToMap,
): UsableMapping {
  const platform = findPlatform(requested.platform ?? 'generic');
  if (platform === undefined) {
    throw new Problem(
      'unknown_platform',
      `There is no platform "${requested.platform}"; GET /v1/platforms lists them.`,
    );
  }
  if (requested.columns === undefined) {
    if (requested.platform === undefined) {
      throw new Problem(
        'mapping_incomplete',
        `Say what the "columns" of ${place} are, "accept" the suggestion, or name its "platform".`,
      );
    }
    requirePlatformColumns(platform, headers, place);
    return { platform, columns: null };
  }
  const beyond = requested.columns.find(({ position }) => position >= headers.length);
  if (beyond !== undefined) {
    throw new Problem(
      'invalid_request',
      `There are ${headers.length} columns in ${place}, numbered from 0; there is no column ${beyond.position}.`,
    );
  }
  const seen = new Set<number>();
  // Adding a position a second time does not make the set larger.
  const twice = requested.columns.find(({ position }, index) => seen.add(position).size <= index);
  if (twice !== undefined) {
    throw new Problem(
      'invalid_request',
      `Column ${twice.position} of ${place} is named twice. Name each column once.`,
    );
  }
  requireIdentity(requested.columns, platform, place);
  if (platform.holdsPledges) {
    requireProduct(requested.columns, place);
    requireComplete(requested.columns, reading, place);
    requireWords(requested.columns, reading);
  }
  return { platform, columns: requested.columns };
}

/** A column that seems to hold money, a status or a quantity is read, or left out on purpose. */
function requireComplete(
  columns: readonly ColumnAssignment[],
  reading: UnknownFileReading,
  place: string,
): void {
  const overlooked = overlookedColumns(columns, reading);
  if (overlooked.length === 0) return;
  const named = overlooked.slice(0, 10).map((header) => `"${header}"`);
  throw new Problem(
    'mapping_incomplete',
    `In ${place} ${named.join(', ')} ${overlooked.length === 1 ? 'looks' : 'look'} like money, a status or a quantity, and would be lost. Say what it is, or that it is "ignored" or only "kept".`,
  );
}

/** A word that nobody knows would reject every row that has it. */
function requireWords(columns: readonly ColumnAssignment[], { questions }: UnknownFileReading): void {
  const untaught = untaughtWords(columns, questions);
  if (untaught === null) return;
  const words = untaught.words.map((word) => `"${word}"`).join(', ');
  throw new Problem(
    'mapping_incomplete',
    `Nobody knows what ${words} in "${untaught.header}" ${untaught.words.length === 1 ? 'means' : 'mean'}. Say it with "values", such as { "${untaught.words[0]}": "COLLECTED" }.`,
  );
}

function requirePlatformColumns(platform: Platform, headers: readonly string[], place: string): void {
  const missing = missingColumns(platform, headers);
  if (missing.length === 0) return;
  throw new Problem(
    'mapping_incomplete',
    `In ${place} there are columns missing without which no row of ${platform.title} can be imported: ${missing.join(', ')}. Say what its "columns" are instead.`,
  );
}

function missingColumns({ columns }: Platform, headers: readonly string[]): readonly string[] {
  const present = new Set(headers.map(normalizeHeader));
  const found = columns.filter((column) => column.headers.some((header) => present.has(header)));
  return columns
    .filter((column) => column.required && !found.some(({ field }) => field === column.field))
    .map(({ title }) => `"${title}"`);
}

function requireIdentity(
  columns: readonly ColumnAssignment[],
  { holdsPledges }: Platform,
  place: string,
): void {
  const assigned = new Set<string>(columns.map(({ as }) => as));
  const missing = [
    ...(assigned.has('externalId') || !holdsPledges
      ? []
      : ['"externalId" (the number of the pledge or order)']),
    ...(assigned.has('email') || assigned.has('backerExternalId') ? [] : ['"email" or "backerExternalId"']),
  ];
  if (missing.length === 0) return;
  throw new Problem(
    'mapping_incomplete',
    `${holdsPledges ? 'Pledges' : 'People'} cannot be told apart without ${missing.join(' and ')}. Say which column of ${place} holds it.`,
  );
}

/** A quantity needs a product: without one it would be lost. */
function requireProduct(columns: readonly ColumnAssignment[], place: string): void {
  const assigned = new Set<string>(columns.map(({ as }) => as));
  if (!assigned.has('quantity') || productNameFields.some((field) => assigned.has(field))) return;
  throw new Problem(
    'mapping_incomplete',
    `A quantity needs something that it counts. Say which column of ${place} holds the product: ${productNameFields.map((field) => `"${field}"`).join(', ')}.`,
  );
}
