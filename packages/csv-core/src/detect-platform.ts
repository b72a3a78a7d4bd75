import type { Field } from './fields/fields.js';
import type { KnownColumn } from './header/column-rules.js';
import { headerKeys } from './header/header-keys.js';
import { platformHeaders } from './header/platform-headers.js';
import { displayHeader, type ResolvedColumn, resolveColumns } from './header/resolve-columns.js';
import { commonSecrets, isSecretHeader } from './header/secret-headers.js';
import { platforms } from './platforms/index.js';
import type { Platform } from './platforms/platform.js';

/** Below this confidence no platform is named: a person has to map the columns. */
export const confidenceThreshold = 0.5;

/** The result of detecting the platform of a header row. */
export interface Detection {
  /** Name of the platform, or null when the confidence is below {@link confidenceThreshold}. */
  readonly platform: string | null;
  /** 0 (unknown) to 1 (certain). */
  readonly confidence: number;
  /** For people: why it is this platform, and what is unusual about the file. */
  readonly reasons: readonly string[];
  /** Headers, as the file writes them, that the platform does not know. */
  readonly unknownColumns: readonly string[];
  /** Whether cells of unknown columns are kept with the pledge. False for lists of people, who have no pledge. */
  readonly keepsUnknown: boolean;
  /** Columns that every row of this platform needs and that the file does not have. */
  readonly missingColumns: readonly string[];
  /** Headers whose cells are blanked before anything is stored. */
  readonly secretColumns: readonly string[];
}

/**
 * Detects the platform that wrote a header row. Tolerates another case or order, blanks, a BOM, other quotes and
 * dashes, names that a spreadsheet has made unique, and extra or missing columns. Never throws. Takes microseconds.
 *
 * @param headers the header row as parsed from the file.
 */
export function detectPlatform(headers: readonly string[]): Detection {
  const file = readHeaders(headers);
  const signed = scoreSignatures(file);
  const isComplete = ({ platform }: Candidate) =>
    missingColumns(platform, fieldsPresent(platform, file)).length === 0;
  const best =
    bestOf(signed.filter(isComplete), file) ??
    scoreByOwnColumns(file) ??
    uncertain(bestOf(signed, file)) ??
    scoreLastResorts(file);
  return best === null ? unknownFile(headers, file) : describe(best, headers, file);
}

/**
 * The platform whose signature the headers have, also where columns that it needs are missing, or else most of whose other
 * columns they have. Then it is not certain enough to be detected, but what is secret in its files must not be stored.
 */
export function likelyPlatform(headers: readonly string[]): Platform | null {
  const file = readHeaders(headers);
  const [lastResort] = lastResorts;
  const signed = bestOf(scoreSignatures(file), file)?.platform;
  return signed ?? (lastResort === undefined ? null : findLikelier(lastResort, file));
}

function scoreSignatures(present: PresentHeaders): readonly Candidate[] {
  return platformsWithSignature.flatMap((platform) => scoreBySignature(platform, present) ?? []);
}

function bestOf(candidates: readonly Candidate[], present: PresentHeaders): Candidate | null {
  let best: Candidate | null = null;
  for (const candidate of candidates) {
    if (best === null || isBetter(candidate, best, present)) best = candidate;
  }
  return best;
}

/**
 * A file with the signature of a platform, but without a column that every row of it needs, is of a similar program, or
 * its columns were renamed. As a file of this platform every row would be rejected, so a person is asked.
 */
function uncertain(candidate: Candidate | null): Candidate | null {
  if (candidate === null) return null;
  const { platform, reasons } = candidate;
  const reason = `Every row of ${platform.title} needs a column that is missing, so it may be another program's file`;
  return { platform, confidence: Math.min(candidate.confidence, 0.4), reasons: [...reasons, reason] };
}

/** The columns that every row of the platform needs, and that fill none of these fields. */
function missingColumns({ columns }: Platform, fields: ReadonlySet<Field>): readonly string[] {
  return columns
    .filter(({ required, field }) => required && !fields.has(field) && !isReplaced(field, fields))
    .map((column) => column.title);
}

function fieldsPresent({ columns }: Platform, present: PresentHeaders): ReadonlySet<Field> {
  const has = (header: string) => present.has(header);
  const found = columns.filter(({ headers, onlyWith, onlyWithout }) => {
    return headers.some(has) && (onlyWith?.some(has) ?? true) && !onlyWithout?.some(has);
  });
  return new Set(found.map(({ field }) => field));
}

/** The file's headers: normalised header to header as written. */
type PresentHeaders = ReadonlyMap<string, string>;

interface Candidate {
  readonly platform: Platform;
  readonly confidence: number;
  readonly reasons: readonly string[];
}

const platformsWithSignature = platforms.filter((platform) => !isLastResort(platform));
const lastResorts = platforms.filter(isLastResort);

/** Every header that some platform lists. */
const soughtHeaders = new Set(
  platforms.flatMap(({ columns, kept, ignored, signatures }) => [
    ...columns.flatMap((column) => column.headers),
    ...kept,
    ...ignored,
    ...signatures.flat(),
  ]),
);

function readHeaders(headers: readonly string[]): PresentHeaders {
  const keys = headerKeys(headers, (key) => soughtHeaders.has(key));
  const present = new Map<string, string>();
  for (const [position, key] of keys.entries()) {
    if (key !== '' && !present.has(key)) present.set(key, displayHeader(headers[position] ?? ''));
  }
  return present;
}

/** Whether the platform has no signature, so that it is considered only when no other platform fits. */
export function isLastResort(platform: Platform): boolean {
  return platform.signatures.length === 0 && platform.signaturePatterns.length === 0;
}

/** The normalised headers of the platform's signature that the file has; empty when it has no complete signature. */
export function findSignature(platform: Platform, present: PresentHeaders): readonly string[] {
  const group = platform.signatures.find((headers) => headers.every((header) => present.has(header)));
  if (group) return group;
  if (platform.signaturePatterns.length === 0) return [];
  for (const key of present.keys()) {
    if (platform.signaturePatterns.some((pattern) => pattern.test(key))) return [key];
  }
  return [];
}

/** Null without a complete signature. With one the confidence is at least 0.7, times the certainty of the format. */
function scoreBySignature(platform: Platform, present: PresentHeaders): Candidate | null {
  const signature = findSignature(platform, present);
  if (signature.length === 0) return null;
  const written = signature.map((header) => `"${present.get(header) ?? header}"`).join(' with ');
  return scoreUsual(platform, present, 0.7, `Only ${platform.title} writes ${written}`);
}

/** Adds up to 0.3 to the confidence, by the share of the platform's usual columns that the file has. */
function scoreUsual(platform: Platform, present: PresentHeaders, base: number, reason: string): Candidate {
  const isThere = (column: KnownColumn) => column.headers.some((header) => present.has(header));
  const { usual } = platformHeaders(platform);
  const missing = usual.filter((column) => !isThere(column));
  const share = usual.length === 0 ? 1 : 1 - missing.length / usual.length;
  const reasons = [reason];
  if (platform.certainty < 1) reasons.push(`How ${platform.title} writes its files is not known for sure`);
  if (missing.length > 0) reasons.push(describeMissing(missing.map(({ title }) => title)));
  return { platform, confidence: round(platform.certainty * (base + 0.3 * share)), reasons };
}

function describeMissing(titles: readonly string[]): string {
  const named = titles
    .slice(0, 3)
    .map((title) => `"${title}"`)
    .join(', ');
  if (titles.length > 3) return `${named} and ${titles.length - 3} more columns are missing`;
  return `${named} ${titles.length === 1 ? 'is' : 'are'} missing`;
}

/** Of two candidates with equal confidence, the better one knows more of the columns. */
function isBetter(a: Candidate, b: Candidate, present: PresentHeaders): boolean {
  if (a.confidence !== b.confidence) return a.confidence > b.confidence;
  return countKnown(a.platform, present) > countKnown(b.platform, present);
}

function countKnown(platform: Platform, present: PresentHeaders): number {
  const { knows } = platformHeaders(platform);
  let known = 0;
  for (const key of present.keys()) if (knows(key)) known += 1;
  return known;
}

/** The best of the platforms without a signature; null when they know no column of the file. */
function scoreLastResorts(present: PresentHeaders): Candidate | null {
  const [best = null] = lastResorts
    .flatMap((platform) => scoreLastResort(platform, present) ?? [])
    .sort((a, b) => b.confidence - a.confidence);
  return best;
}

/**
 * Without a signature, only a file with columns for a pledge and a person can be imported. The confidence is at most
 * 0.65, so that a platform with a signature always wins.
 */
function scoreLastResort(platform: Platform, present: PresentHeaders): Candidate | null {
  const found = platform.columns.filter((column) => column.headers.some((header) => present.has(header)));
  const fields = new Set(found.map((column) => column.field));
  if (fields.size === 0) return null;
  const known = `${found.length} of ${present.size} columns have common names`;
  const identified = fields.has('email') || fields.has('backerExternalId');
  if (!fields.has('externalId') || !identified) {
    const lacks = fields.has('externalId') ? 'an e-mail or customer id' : 'a pledge or order id';
    return { platform, confidence: 0.2, reasons: [known, `No column holds ${lacks}`] };
  }
  const likely = findLikelier(platform, present);
  if (likely !== null) {
    const reason = `The columns look like those of ${likely.title}, but too few are left to be sure`;
    return { platform, confidence: 0.4, reasons: [known, reason] };
  }
  return { platform, confidence: round(0.5 + (0.15 * found.length) / present.size), reasons: [known] };
}

/**
 * The platform from which a file without a signature seems to come. That platform gives some common headers another
 * meaning, so as a generic file it would be misread, and its pledges would get other keys.
 */
function findLikelier(lastResort: Platform, present: PresentHeaders): Platform | null {
  const own = findOwnColumns(present);
  if (own !== null && own.count >= present.size / 8) return own.platform;
  const common = countKnown(lastResort, present);
  // A file with order numbers is no list of people, whose columns have common names.
  const candidates = platformsWithSignature.filter(({ holdsPledges }) => holdsPledges);
  return candidates.find((platform) => countKnown(platform, present) > Math.max(common, 4)) ?? null;
}

/** The headers that only one platform lists, with that platform. */
const ownHeaders = new Map<string, Platform>();
for (const header of soughtHeaders) {
  const [platform, ...others] = platforms.filter((one) => platformHeaders(one).knows(header));
  if (platform && others.length === 0 && !isLastResort(platform)) ownHeaders.set(header, platform);
}

interface OwnColumns {
  readonly platform: Platform;
  readonly count: number;
}

/** The platform with most columns that no other platform lists; null when none has at least three of them. */
function findOwnColumns(present: PresentHeaders): OwnColumns | null {
  const counts = new Map<Platform, number>();
  for (const key of present.keys()) {
    const platform = ownHeaders.get(key);
    if (platform !== undefined) counts.set(platform, (counts.get(platform) ?? 0) + 1);
  }
  let most: OwnColumns | null = null;
  for (const [platform, count] of counts) {
    if (count >= 3 && count > (most?.count ?? 0)) most = { platform, count };
  }
  return most;
}

/**
 * For a file whose signature columns were deleted, but which still has many columns that only one platform writes, and
 * all columns that this platform requires. More certain than common names, less certain than a signature.
 */
function scoreByOwnColumns(present: PresentHeaders): Candidate | null {
  const own = findOwnColumns(present);
  if (own === null || own.count < 5 || own.count < present.size / 3) return null;
  const { platform, count } = own;
  if (missingColumns(platform, fieldsPresent(platform, present)).length > 0) return null;
  const reason = `${count} of ${present.size} columns have names that only ${platform.title} writes`;
  return scoreUsual(platform, present, 0.5, reason);
}

function unknownFile(headers: readonly string[], present: PresentHeaders): Detection {
  return {
    platform: null,
    confidence: 0,
    reasons: ['No column name is known'],
    unknownColumns: headers.map(displayHeader),
    keepsUnknown: true,
    missingColumns: [],
    secretColumns: commonSecretColumns(present),
  };
}

/** The columns that are secret in files of every platform. */
function commonSecretColumns(present: PresentHeaders): readonly string[] {
  return [...present].flatMap(([key, header]) =>
    isSecretHeader(key, header, commonSecrets) ? [header] : [],
  );
}

function describe(best: Candidate, headers: readonly string[], present: PresentHeaders): Detection {
  const { platform, confidence } = best;
  const columns = resolveColumns(headers, platform);
  const unknown = headersOf(columns, platform.holdsPledges ? ['unknown'] : ['unknown', 'kept']);
  const fields = new Set<Field>();
  for (const column of columns) if (column.role === 'field') fields.add(column.column.field);
  const isSure = confidence >= confidenceThreshold;
  return {
    platform: isSure ? platform.name : null,
    confidence,
    reasons:
      unknown.length === 0 ? best.reasons : [...best.reasons, describeUnknown(unknown.length, platform)],
    unknownColumns: unknown,
    keepsUnknown: platform.holdsPledges,
    missingColumns: missingColumns(platform, fields),
    secretColumns:
      isSure || !isLastResort(platform) ? headersOf(columns, ['secret']) : commonSecretColumns(present),
  };
}

/** A pledge needs its number on this platform, or the platform of its origin and its number there. */
function isReplaced(field: Field, fields: ReadonlySet<Field>): boolean {
  return field === 'externalId' && fields.has('originPlatform') && fields.has('originExternalId');
}

function headersOf(
  columns: readonly ResolvedColumn[],
  roles: readonly ResolvedColumn['role'][],
): readonly string[] {
  return columns.filter(({ role }) => roles.includes(role)).map(({ header }) => header);
}

function describeUnknown(count: number, { holdsPledges }: Platform): string {
  const columns = count === 1 ? '1 unknown column' : `${count} unknown columns`;
  return holdsPledges ? columns : `${columns}, not kept: the rows are people without pledges`;
}

function round(confidence: number): number {
  return Math.round(confidence * 100) / 100;
}
