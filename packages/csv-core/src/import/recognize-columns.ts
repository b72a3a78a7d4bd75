import { type Detection, detectPlatform } from '../detect-platform.js';
import { secretPositions } from '../header/resolve-columns.js';
import type { ColumnAssignment } from '../mapping/column-assignment.js';
import { findPlatform } from '../platforms/index.js';
import type { Platform } from '../platforms/platform.js';
import { headerFingerprint } from './header-fingerprint.js';

/** What a header row tells, once it is read. */
export interface RecognizedColumns {
  /** To map the file with: the client's word, else the detected one, else null. */
  readonly platform: Platform | null;
  readonly detection: Detection;
  /** What a template of the merchant says of the columns; null where the platform says it. */
  readonly columns: readonly ColumnAssignment[] | null;
  /** Positions of the columns that are never stored. */
  readonly secrets: readonly number[];
}

/** What somebody once said of a file whose columns nobody else knows. */
export interface SavedMapping {
  readonly platform: string;
  /** Null where the platform says it. */
  readonly columns: readonly ColumnAssignment[] | null;
}

/** By the fingerprint of their header row. */
export type Templates = ReadonlyMap<string, SavedMapping>;

/**
 * Detects the platform in any case: the report says so when the client's word does not fit the columns.
 */
export function recognizeColumns(
  headers: readonly string[],
  requestedPlatform: string | undefined,
  templates: Templates,
): RecognizedColumns {
  const detection = detectPlatform(headers);
  const isUnknown = requestedPlatform === undefined && detection.platform === null;
  const template = isUnknown ? templates.get(headerFingerprint(headers)) : undefined;
  const said = [requestedPlatform, detection.platform].flatMap((name) => (name && findPlatform(name)) || []);
  // Without a platform there is what no file may hold, whoever wrote it.
  const suspects = said.length > 0 ? said : [null];
  const secrets = new Set(suspects.flatMap((suspect) => secretPositions(headers, suspect)));
  return {
    platform: said[0] ?? (template && findPlatform(template.platform)) ?? null,
    columns: template?.columns ?? null,
    detection,
    secrets: [...secrets],
  };
}

/** Whether one of these rows is the header of a known platform. */
export function isKnownTable(rows: readonly (readonly string[])[]): boolean {
  return rows.some((row) => detectPlatform(row).platform !== null);
}

/** Rows of an unknown file that may still turn out to be its header. */
const HEADER_SEARCH_ROWS = 100;

/** Blanks the cells that must never be stored. */
export interface SecretBlanker {
  blank(row: readonly string[]): readonly string[];
  /** The positions of these cells, as far as is known by now. */
  positions(): ReadonlySet<number>;
}

/**
 * Where nobody knows the file, what was taken for its header may be a title, and the header stands further down: so
 * rows that are much wider and read like one are looked at as well.
 */
export function createSecretBlanker(
  headers: readonly string[],
  { detection, secrets }: RecognizedColumns,
): SecretBlanker {
  const positions = new Set(secrets);
  const headerWidth = filledCells(headers).length;
  let rowsToSearch = detection.platform === null ? HEADER_SEARCH_ROWS : 0;
  return {
    blank(row) {
      const blanked = blankSecrets(row, positions);
      if (rowsToSearch > 0) {
        rowsToSearch -= 1;
        if (readsLikeHeader(row, headerWidth)) {
          for (const position of secretPositions(row, null)) positions.add(position);
        }
      }
      return blanked;
    },
    positions: () => positions,
  };
}

const filledCells = (row: readonly string[]) => row.map((cell) => cell.trim()).filter((cell) => cell !== '');

/** Different names and no numbers, dates or addresses: a row with `Credit card` under `Payment` is no header. */
function readsLikeHeader(row: readonly string[], headerWidth: number): boolean {
  const filled = filledCells(row);
  if (filled.length < headerWidth * 2) return false;
  const names = filled.filter((cell) => cell.length < 80 && !/[@€$£¥]|^[\d\s.,:/+-]+$|\d{4}/.test(cell));
  return filled.length > 1 && new Set(filled).size === filled.length && names.length === filled.length;
}

function blankSecrets(row: readonly string[], secrets: ReadonlySet<number>): readonly string[] {
  if (secrets.size === 0) return row;
  const blanked = [...row];
  for (const position of secrets) if (position < blanked.length) blanked[position] = '';
  return blanked;
}
