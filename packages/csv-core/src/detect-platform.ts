import { normalizeHeader } from './header/normalize-header.js';
import { resolveColumns } from './header/resolve-columns.js';
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
  const present = new Set(headers.map(normalizeHeader));
  const candidates = platforms
    .map((platform) => score(platform, present))
    .sort((a, b) => b.confidence - a.confidence);
  const best = candidates[0];
  if (!best || best.confidence === 0) {
    return {
      platform: null,
      confidence: 0,
      reasons: ['No column name is known'],
      unknownColumns: headers,
      missingColumns: [],
    };
  }
  return describe(best, headers, present);
}

interface Candidate {
  readonly platform: Platform;
  readonly confidence: number;
  readonly reasons: readonly string[];
}

/** A whole signature decides; how many of the platform's columns are there says how sure we are. */
function score(platform: Platform, present: ReadonlySet<string>): Candidate {
  if (platform.signatures.length === 0) return scoreLastResort(platform, present);
  const group = platform.signatures.find((headers) => headers.every((header) => present.has(header)));
  const pattern = platform.signaturePatterns.find((candidate) => [...present].some((h) => candidate.test(h)));
  if (!group && !pattern) return { platform, confidence: 0, reasons: [] };
  const reasons = [];
  if (group)
    reasons.push(`Only ${platform.title} writes ${group.map((header) => `"${header}"`).join(' with ')}`);
  if (pattern) reasons.push(`Only ${platform.title} writes columns like ${pattern.source}`);
  const core = new Set(platform.columns.slice(0, 12).map((column) => column.field));
  const found = platform.columns.filter((c) => core.has(c.field) && c.headers.some((h) => present.has(h)));
  const share = new Set(found.map((column) => column.field)).size / core.size;
  return { platform, confidence: round(0.7 + 0.3 * share), reasons };
}

/** Without a signature only a file that names pledges and people can be imported at all. */
function scoreLastResort(platform: Platform, present: ReadonlySet<string>): Candidate {
  const found = platform.columns.filter((column) => column.headers.some((header) => present.has(header)));
  const fields = new Set(found.map((column) => column.field));
  if (fields.size === 0) return { platform, confidence: 0, reasons: [] };
  const known = `${found.length} of ${present.size} columns have common names`;
  const identified = fields.has('email') || fields.has('backerExternalId');
  if (!fields.has('externalId') || !identified) {
    const lacks = fields.has('externalId') ? 'an e-mail or customer id' : 'a pledge or order id';
    return { platform, confidence: 0.2, reasons: [known, `No column holds ${lacks}`] };
  }
  return { platform, confidence: round(0.5 + (0.3 * found.length) / present.size), reasons: [known] };
}

function describe(best: Candidate, headers: readonly string[], present: ReadonlySet<string>): Detection {
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
      .map((column) => column.headers[0] ?? column.field),
  };
}

function round(confidence: number): number {
  return Math.round(confidence * 100) / 100;
}
