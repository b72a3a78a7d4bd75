import { type Detection, detectPlatform, isLastResort, likelyPlatform } from '../detect-platform.js';
import { secretPositions } from '../header/resolve-columns.js';
import type { ColumnAssignment } from '../mapping/column-assignment.js';
import { findPlatform } from '../platforms/index.js';
import type { Platform } from '../platforms/platform.js';
import type { Steps } from '../steps.js';
import { headerFingerprint } from './header-fingerprint.js';

/** What a header row shows. */
export interface RecognizedColumns {
  /**
   * The platform to map the file with: the one that the client names, else a template's or the detected one, else null.
   */
  readonly platform: Platform | null;
  readonly detection: Detection;
  /** The platform that the file seems to be from, though it lacks too much to be sure; else null. */
  readonly likely: Platform | null;
  /** The mapping of a template; null when there is none or the platform is known. */
  readonly columns: readonly ColumnAssignment[] | null;
  /** Positions of the columns that are never stored. */
  readonly secrets: readonly number[];
}

/** A mapping that was saved for files with an unknown header row. */
export interface SavedMapping {
  readonly platform: string;
  /** Null where the platform alone decides the columns. */
  readonly columns: readonly ColumnAssignment[] | null;
}

/** Saved mappings, by the fingerprint of their header row. Asked once for a file, when its header is known. */
export type Templates = Pick<ReadonlyMap<string, SavedMapping>, 'get'>;

/**
 * Recognises the columns of a header row. Detects the platform also when the client names one, so that the report shows
 * when the two differ.
 */
export function* recognizeColumns(
  headers: readonly string[],
  requestedPlatform: string | undefined,
  templates: Templates,
): Steps<RecognizedColumns> {
  const detection = detectPlatform(headers);
  yield;
  const detected = findPlatform(detection.platform ?? '');
  const isUnknown = requestedPlatform === undefined && (detected === undefined || isLastResort(detected));
  const template = isUnknown ? templates.get(headerFingerprint(headers)) : undefined;
  yield;
  const named = [requestedPlatform, template?.platform, detection.platform].flatMap(
    (name) => (name && findPlatform(name)) || [],
  );
  const likely = detected === undefined ? likelyPlatform(headers) : null;
  yield;
  // Null stands for the secrets of every platform.
  const candidates = named.length > 0 ? named : [likely];
  const secrets = new Set(candidates.flatMap((candidate) => secretPositions(headers, candidate)));
  return {
    platform: named[0] ?? null,
    likely: requestedPlatform === undefined && template === undefined ? likely : null,
    columns: template?.columns ?? null,
    detection,
    secrets: [...secrets],
  };
}

/** Whether a row is the header of a known platform. */
export function isKnownHeader(cells: readonly string[]): boolean {
  return detectPlatform(cells).platform !== null;
}

/** Whether one of these rows is the header of a known platform. */
export function isKnownTable(rows: readonly (readonly string[])[]): boolean {
  return rows.some(isKnownHeader);
}
