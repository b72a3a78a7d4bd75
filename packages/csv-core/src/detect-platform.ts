import { normalizeHeader } from './header/normalize-header.js';
import { displayHeader, resolveColumns } from './header/resolve-columns.js';
import { platforms } from './platforms/index.js';
import type { Platform } from './platforms/platform.js';

/** Below this confidence nothing is guessed: a person has to say what the columns are. */
export const confidenceThreshold = 0.5;

/** What a header row tells of its origin. */
export interface Detection {
  /** Name of the platform, or null when the confidence is below {@link confidenceThreshold}. */
  readonly platform: string | null;
  /** 0 (no idea) to 1 (certain). */
  readonly confidence: number;
  /** Sentences for people. */
  readonly reasons: readonly string[];
  /** Headers, as the file writes them, that the platform does not know. Their cells are kept with the pledge. */
  readonly unknownColumns: readonly string[];
  /** Columns without which rows of this platform are rejected, and that the file lacks. */
  readonly missingColumns: readonly string[];
}

/**
 * Says which platform wrote a header row. Survives other case, order, blanks, BOM, and extra or missing
 * columns. Never throws.
 *
 * @param headers the header row as parsed from the file.
 */
export function detectPlatform(headers: readonly string[]): Detection {
  const present = new Map(headers.map((header) => [normalizeHeader(header), displayHeader(header)]));
  const candidates = platforms
    .map((platform) => score(platform, present))
    .sort((a, b) => b.confidence - a.confidence);
  const best = candidates[0];
  if (!best || best.confidence === 0) {
    return {
      platform: null,
      confidence: 0,
      reasons: ['No column name is known'],
      unknownColumns: headers.map(displayHeader),
      missingColumns: [],
    };
  }
  return describe(best, headers, present);
}

/** The file's headers: normalised form to the file's own. */
type PresentHeaders = ReadonlyMap<string, string>;

interface Candidate {
  readonly platform: Platform;
  readonly confidence: number;
  readonly reasons: readonly string[];
}

/** A whole signature decides; how many of the columns that are always there are there says how sure we are. */
function score(platform: Platform, present: PresentHeaders): Candidate {
  if (isLastResort(platform)) return scoreLastResort(platform, present);
  const signature = findSignature(platform, present);
  if (signature.length === 0) return { platform, confidence: 0, reasons: [] };
  const written = signature.map((header) => `"${present.get(header) ?? header}"`).join(' with ');
  const usual = platform.columns.filter((column) => column.usual);
  const found = usual.filter((column) => column.headers.some((header) => present.has(header)));
  const share = usual.length === 0 ? 1 : found.length / usual.length;
  return {
    platform,
    confidence: round(0.7 + 0.3 * share),
    reasons: [`Only ${platform.title} writes ${written}`],
  };
}

/** Whether the platform is taken only when no other one fits, because it has nothing of its own. */
export function isLastResort(platform: Platform): boolean {
  return platform.signatures.length === 0 && platform.signaturePatterns.length === 0;
}

/** The normalised headers that only this platform writes, if the file has them; else none. */
export function findSignature(platform: Platform, present: PresentHeaders): readonly string[] {
  const group = platform.signatures.find((headers) => headers.every((header) => present.has(header)));
  if (group) return group;
  const header = [...present.keys()].find((key) =>
    platform.signaturePatterns.some((pattern) => pattern.test(key)),
  );
  return header === undefined ? [] : [header];
}

/**
 * Without a signature only a file that names pledges and people can be imported at all. Never surer than 0.65, so
 * that a platform with a signature always comes first.
 */
function scoreLastResort(platform: Platform, present: PresentHeaders): Candidate {
  const found = platform.columns.filter((column) => column.headers.some((header) => present.has(header)));
  const fields = new Set(found.map((column) => column.field));
  if (fields.size === 0) return { platform, confidence: 0, reasons: [] };
  const known = `${found.length} of ${present.size} columns have common names`;
  const identified = fields.has('email') || fields.has('backerExternalId');
  if (!fields.has('externalId') || !identified) {
    const lacks = fields.has('externalId') ? 'an e-mail or customer id' : 'a pledge or order id';
    return { platform, confidence: 0.2, reasons: [known, `No column holds ${lacks}`] };
  }
  return { platform, confidence: round(0.5 + (0.15 * found.length) / present.size), reasons: [known] };
}

function describe(best: Candidate, headers: readonly string[], present: PresentHeaders): Detection {
  const resolved = resolveColumns(headers, best.platform);
  const known = best.platform.columns.filter((column) =>
    column.headers.some((header) => present.has(header)),
  );
  return {
    platform: best.confidence >= confidenceThreshold ? best.platform.name : null,
    confidence: best.confidence,
    reasons: best.reasons,
    unknownColumns: resolved.filter((column) => column.role === 'unknown').map((column) => column.header),
    missingColumns: best.platform.columns
      .filter((column) => column.required && !known.some((other) => other.field === column.field))
      .map((column) => column.title),
  };
}

function round(confidence: number): number {
  return Math.round(confidence * 100) / 100;
}
