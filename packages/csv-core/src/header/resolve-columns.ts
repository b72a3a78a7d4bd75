import type { Field } from '../fields/fields.js';
import { maxKeyLength, maxLineLength } from '../schemas/lengths.js';
import type { PledgeStatus } from '../schemas/pledge.js';
import { storableText } from '../text/shown-text.js';
import type { ColumnRules, DynamicColumn, KnownColumn } from './column-rules.js';
import { headerKeys, originalName } from './header-keys.js';
import { findItemColumns, type ItemColumn } from './item-columns.js';
import { normalizeHeader } from './normalize-header.js';
import { type PlatformHeaders, platformHeaders } from './platform-headers.js';
import { commonSecrets, isSecretHeader } from './secret-headers.js';

/** The role of one column of a file. Columns are identified by position, so that no repeated header is lost. */
export type ResolvedColumn =
  | {
      readonly role: 'field';
      readonly header: string;
      readonly column: KnownColumn;
      /** Of several columns for the field, the filled one with the lowest rank is read. */
      readonly rank: number;
      /** ISO 4217 code of its amounts, where a person or the header says it. */
      readonly currency?: string | undefined;
      /** Words of the payment status that a person has taught, in addition to those of the platform. */
      readonly values?: Readonly<Record<string, PledgeStatus>> | undefined;
    }
  /** One of the columns that describe an item. */
  | { readonly role: 'item-part'; readonly header: string; readonly item: ItemColumn }
  | { readonly role: 'kept' | 'ignored' | 'secret'; readonly header: string }
  | (DynamicColumn & { readonly header: string });

/** Visible ASCII with single blanks between words, which needs no cleaning. */
const isTidy = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/**
 * The header as it is shown and stored: as the file writes it, without a BOM, surrounding blanks, and characters that
 * Postgres refuses (U+0000, lone surrogates). Every row may repeat it in products, questions and issues, so a very long
 * header is cut.
 */
export function displayHeader(header: string): string {
  if (header.length <= maxLineLength && isTidy.test(header)) return header;
  const text = header.replace(/^\ufeff/, '').trim();
  const cut = text.length > maxLineLength ? `${text.slice(0, maxLineLength - 1)}…` : text;
  return storableText(cut);
}

/**
 * Gives every column its role by the rules of the platform, in file order.
 *
 * Of several columns for one field only the best is read, and the others are unknown columns. If the platform lists
 * them as alternatives, all of them fill the field: `rank` is their order, and the first filled cell is read.
 *
 * @param headers must not change afterwards: the same array is resolved once for a platform
 */
export function resolveColumns(headers: readonly string[], platform: ColumnRules): readonly ResolvedColumn[] {
  const before = resolved.get(headers);
  if (before?.platform === platform) return before.columns;
  const columns = resolveAll(headers, platform);
  resolved.set(headers, { platform, columns });
  return columns;
}

/** Several parts of an import ask for the columns of one file, which may be thousands. */
const resolved = new WeakMap<
  readonly string[],
  { readonly platform: ColumnRules; readonly columns: readonly ResolvedColumn[] }
>();

function resolveAll(headers: readonly string[], platform: ColumnRules): readonly ResolvedColumn[] {
  const known = platformHeaders(platform);
  const keys = headerKeys(headers, known.knows);
  const positions = new Map<string, number>();
  for (const [position, key] of keys.entries()) if (!positions.has(key)) positions.set(key, position);
  const file: FileHeaders = {
    keys,
    positions,
    best: bestHeaders(platform, positions),
    items: findItemColumns(keys, platform.itemGroups),
  };
  return headers.map((header, position) => resolveColumn(header, position, platform, known, file));
}

/** The header row as a whole. */
interface FileHeaders {
  readonly keys: readonly string[];
  /** First position of each key. */
  readonly positions: ReadonlyMap<string, number>;
  /** For each field the key that fits it best. */
  readonly best: ReadonlyMap<Field, string>;
  readonly items: ReadonlyMap<number, ItemColumn>;
}

function resolveColumn(
  rawHeader: string,
  position: number,
  platform: ColumnRules,
  known: PlatformHeaders,
  { keys, positions, best, items }: FileHeaders,
): ResolvedColumn {
  const header = displayHeader(rawHeader);
  const key = keys[position] ?? '';
  if (key === '') return { role: 'unknown', header: nameOfUnnamed(rawHeader, position) };
  const isListed = known.knows(key);
  const isSecret = isListed ? known.secret.has(key) : isSecretHeader(key, header, platform.secrets);
  if (isSecret) return { role: 'secret', header };
  const item = items.get(position);
  if (item !== undefined) return { role: 'item-part', header, item };
  if (isListed) {
    const column = known.columnsOf.get(key)?.find((candidate) => applies(candidate, positions));
    const isFirst = positions.get(key) === position;
    if (column && isFirst && (column.alternatives || best.get(column.field) === key)) {
      return { role: 'field', header, column, rank: column.headers.indexOf(key) };
    }
    if (column) return { role: 'unknown', header };
    if (known.kept.has(key)) return { role: 'kept', header };
    if (known.ignored.has(key)) return { role: 'ignored', header };
  }
  // A second column with a listed header, which a program has made unique.
  const original = originalName(key);
  if (original !== null && known.knows(original)) return { role: 'unknown', header };
  const positionOf = (wanted: string) => positions.get(wanted) ?? -1;
  const dynamic = platform.dynamicColumn({ header, position, keys, positionOf });
  // A product with such a long name would have too long a key, which would reject every row that counts it.
  if ('key' in dynamic && dynamic.key.length > maxKeyLength) return { role: 'unknown', header };
  // Not by a spread of all: V8 may make a hidden class for each of its results, which is larger than the column.
  return dynamic.role === 'unknown' ? { role: 'unknown', header } : { ...dynamic, header };
}

/** The header `Unnamed: 3`, which a program has added, is kept as the name. */
function nameOfUnnamed(rawHeader: string, position: number): string {
  return normalizeHeader(rawHeader) === '' ? `Column ${position + 1}` : displayHeader(rawHeader);
}

/** For each field the header of the file that fits it best. */
function bestHeaders(
  platform: ColumnRules,
  positions: ReadonlyMap<string, number>,
): ReadonlyMap<Field, string> {
  const best = new Map<Field, string>();
  for (const column of platform.columns) {
    if (best.has(column.field)) continue;
    const header = column.headers.find((candidate) => positions.has(candidate));
    if (header !== undefined && applies(column, positions)) best.set(column.field, header);
  }
  return best;
}

function applies(column: KnownColumn, positions: ReadonlyMap<string, number>): boolean {
  const wanted = column.onlyWith;
  if (wanted && !wanted.some((header) => positions.has(header))) return false;
  return !column.onlyWithout?.some((header) => positions.has(header));
}

/**
 * Positions of the columns that must be blanked before a row is stored.
 *
 * @param platform null for a file of no known platform: then only the secrets of every platform are found
 */
export function secretPositions(headers: readonly string[], platform: ColumnRules | null): readonly number[] {
  if (platform === null) {
    return headers.flatMap((header, position) =>
      isSecretHeader(normalizeHeader(header), displayHeader(header), commonSecrets) ? [position] : [],
    );
  }
  return resolveColumns(headers, platform).flatMap((column, position) =>
    column.role === 'secret' ? [position] : [],
  );
}
