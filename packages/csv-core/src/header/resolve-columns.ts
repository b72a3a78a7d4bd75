import type { Field } from '../mapping/row-fields.js';
import type { DynamicColumn, KnownColumn, Platform } from '../platforms/platform.js';
import { maxKeyLength, maxLineLength } from '../schemas/scalars.js';
import { normalizeHeader } from './normalize-header.js';

/** What one column of a file is. Columns are told apart by position, so that repeated names lose nothing. */
export type ResolvedColumn =
  | {
      readonly role: 'field';
      readonly header: string;
      readonly column: KnownColumn;
      readonly rank: number;
    }
  | { readonly role: 'kept' | 'ignored' | 'secret'; readonly header: string }
  | (DynamicColumn & { readonly header: string });

/**
 * The header as it is shown and stored: the file's text without BOM and surrounding blanks, and without what
 * Postgres refuses (U+0000, lone surrogates). It becomes part of products, questions and issues of every row, so a
 * header of absurd length is cut.
 */
export function displayHeader(header: string): string {
  const text = header.replace(/^\ufeff/, '').trim();
  const cut = text.length > maxLineLength ? `${text.slice(0, maxLineLength - 1)}…` : text;
  return cut.replaceAll('\u0000', '\u2400').toWellFormed();
}

/**
 * Says of every column what the platform makes of it, in file order.
 *
 * Of several columns that could fill a field the best is read and the others are kept as unknown, unless the
 * platform calls them alternatives: then `rank` orders them, and the first filled one wins.
 */
export function resolveColumns(headers: readonly string[], platform: Platform): readonly ResolvedColumn[] {
  const normalized = headers.map(normalizeHeader);
  const present = new Set(normalized);
  const positions = new Map<string, number>();
  for (const [position, key] of normalized.entries()) if (!positions.has(key)) positions.set(key, position);
  const positionOf = (wanted: string) => positions.get(wanted) ?? -1;
  const columns = platform.columns.filter((column) => applies(column, present));
  const best = bestHeaders(columns, present);
  const taken = new Set<string>();
  return headers.map((rawHeader, position): ResolvedColumn => {
    const header = displayHeader(rawHeader);
    const key = normalized[position] ?? '';
    if (key === '') return { role: 'unknown', header: `Column ${position + 1}` };
    if (isSecret(key, platform)) return { role: 'secret', header };
    const column = columns.find((candidate) => candidate.headers.includes(key));
    if (column && !taken.has(key) && (column.alternatives || best.get(column.field) === key)) {
      taken.add(key);
      return { role: 'field', header, column, rank: column.headers.indexOf(key) };
    }
    if (column) return { role: 'unknown', header };
    if (platform.kept.includes(key)) return { role: 'kept', header };
    if (platform.ignored.includes(key)) return { role: 'ignored', header };
    const dynamic = platform.dynamicColumn({ header, position, positionOf });
    // No product has such a name. As one, its key would be too long and would reject every row that counts it.
    if ('key' in dynamic && dynamic.key.length > maxKeyLength) return { role: 'unknown', header };
    return { ...dynamic, header };
  });
}

/** For each field the header of the file that fits it best. */
function bestHeaders(
  columns: readonly KnownColumn[],
  present: ReadonlySet<string>,
): ReadonlyMap<Field, string> {
  const best = new Map<Field, string>();
  for (const { field, headers } of columns) {
    const header = headers.find((candidate) => present.has(candidate));
    if (header !== undefined && !best.has(field)) best.set(field, header);
  }
  return best;
}

/** `User-Agent` and `customer/ip.address` are as secret as `User Agent` and `IP Address`. */
function isSecret(key: string, platform: Platform): boolean {
  const words = key.replace(/[-./]+/g, ' ');
  return platform.secrets.some((pattern) => pattern.test(words));
}

function applies(column: KnownColumn, present: ReadonlySet<string>): boolean {
  const wanted = column.onlyWith;
  if (wanted && !wanted.some((header) => present.has(header))) return false;
  return !column.onlyWithout?.some((header) => present.has(header));
}

/** Positions of the columns that must be blanked before a row is stored. */
export function secretPositions(headers: readonly string[], platform: Platform): readonly number[] {
  return resolveColumns(headers, platform).flatMap((column, position) =>
    column.role === 'secret' ? [position] : [],
  );
}
