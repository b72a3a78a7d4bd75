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

/** Whether a row is the header of a known platform. */
export function isKnownHeader(cells: readonly string[]): boolean {
  return detectPlatform(cells).platform !== null;
}

/** Whether one of these rows is. */
export function isKnownTable(rows: readonly (readonly string[])[]): boolean {
  return rows.some(isKnownHeader);
}
