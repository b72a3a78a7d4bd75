import type { DynamicColumn, Platform, PlatformColumn } from '../platforms/platform.js';
import { normalizeHeader } from './normalize-header.js';

/** What one column of a file is. Columns are told apart by position, so that repeated names lose nothing. */
export type ResolvedColumn =
  | {
      readonly role: 'field';
      readonly header: string;
      readonly column: PlatformColumn;
      readonly rank: number;
    }
  | { readonly role: 'kept' | 'ignored' | 'secret'; readonly header: string }
  | (DynamicColumn & { readonly header: string });

/** The header as it is shown and stored: the file's text without BOM and surrounding blanks. */
export function displayHeader(header: string): string {
  return header.replace(/^\ufeff/, '').trim();
}

/**
 * Says of every column what the platform makes of it, in file order.
 *
 * A field that several columns could fill keeps them all: `rank` orders them, and the first filled one wins.
 */
export function resolveColumns(headers: readonly string[], platform: Platform): readonly ResolvedColumn[] {
  const normalized = headers.map(normalizeHeader);
  const present = new Set(normalized);
  const columns = platform.columns.filter((column) => applies(column, present));
  const taken = new Set<string>();
  return headers.map((rawHeader, position): ResolvedColumn => {
    const header = displayHeader(rawHeader);
    const key = normalized[position] ?? '';
    if (key === '') return { role: 'unknown', header: header || `Column ${position + 1}` };
    if (platform.secrets.some((pattern) => pattern.test(key))) return { role: 'secret', header };
    const column = columns.find((candidate) => candidate.headers.includes(key));
    if (column && !taken.has(key)) {
      taken.add(key);
      return { role: 'field', header, column, rank: column.headers.indexOf(key) };
    }
    if (column) return { role: 'unknown', header };
    if (platform.kept.includes(key)) return { role: 'kept', header };
    if (platform.ignored.includes(key)) return { role: 'ignored', header };
    const positionOf = (wanted: string) => normalized.indexOf(wanted);
    return { ...platform.dynamicColumn({ header, position, positionOf }), header };
  });
}

function applies(column: PlatformColumn, present: ReadonlySet<string>): boolean {
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
