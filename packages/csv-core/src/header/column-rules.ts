import type { Field } from '../fields/fields.js';
import type { ItemGroup } from './item-columns.js';

/** Headers that belong to one canonical field, best first. All are compared in normalised form. */
export interface PlatformColumn {
  readonly field: Field;
  readonly headers: readonly string[];
  /** A blank cell, or a file without the column, rejects the row. */
  readonly required?: boolean;
  /** In every file of the platform, whatever its age and options: a file without it makes detection less sure. */
  readonly usual?: boolean;
  /**
   * The headers are two ways to say one thing: a blank cell of the better one is filled from the other. Without
   * it only the better one is read, row by row alike, and the other is kept with the pledge.
   */
  readonly alternatives?: boolean;
  /** The column counts only in files that also have one of these headers … */
  readonly onlyWith?: readonly string[];
  /** … and none of these. */
  readonly onlyWithout?: readonly string[];
}

/** As a platform holds it: headers normalised. */
export interface KnownColumn extends PlatformColumn {
  /** The first header as the platform writes it, for people. */
  readonly title: string;
}

/** What a platform makes of columns whose header is not in its list. */
export type DynamicColumn =
  | { readonly role: 'add-on' | 'item'; readonly key: string; readonly name: string }
  | { readonly role: 'question'; readonly question: string }
  /** Kept with the pledge under its header. */
  | { readonly role: 'unknown' };

/** Where an unlisted column stands, for {@link ColumnRules.dynamicColumn}. */
export interface ColumnPlace {
  /** The header as the file writes it, without surrounding blanks. */
  readonly header: string;
  readonly position: number;
  /** The normalised headers of the file, by position. */
  readonly keys: readonly string[];
  /** First position of a normalised header, or -1. */
  readonly positionOf: (normalizedHeader: string) => number;
}

/** What a platform says of columns: all that is asked of it to tell what the columns of a file are. */
export interface ColumnRules {
  readonly columns: readonly KnownColumn[];
  /** Known columns that have no field: kept with the pledge under their own header. */
  readonly kept: readonly string[];
  /** Known columns that are neither read nor kept, such as counters that repeat other columns. */
  readonly ignored: readonly string[];
  /**
   * Columns blanked before anything is stored: payment tokens, tax ids, bearer links, IP addresses. Compared with the
   * normalised header and with its words alone (`card-last4 (visa)` is also tried as `card last4 visa`). Those that
   * every platform shares are added; list what they miss.
   */
  readonly secrets: readonly RegExp[];
  /** Columns of items beside each other in one row. */
  readonly itemGroups: readonly ItemGroup[];
  readonly dynamicColumn: (place: ColumnPlace) => DynamicColumn;
}
