import type { Field } from '../fields/fields.js';
import type { ItemGroup } from './item-columns.js';

/** The headers of one canonical field, best first. They are compared in normalised form. */
export interface PlatformColumn {
  readonly field: Field;
  readonly headers: readonly string[];
  /** Whether a blank cell, or a file without the column, rejects the row. */
  readonly required?: boolean;
  /** Whether every file of the platform has the column. A file without it is detected with less confidence. */
  readonly usual?: boolean;
  /**
   * Whether the headers are alternatives: if the cell of the better column is blank, that of the other one is read.
   * Otherwise only the better column is read, in all rows, and the other one is kept with the pledge.
   */
  readonly alternatives?: boolean;
  /** The column fills the field only in files that also have one of these headers … */
  readonly onlyWith?: readonly string[];
  /** … and none of these. */
  readonly onlyWithout?: readonly string[];
  /**
   * Columns whose cells belong behind that of this column, such as the time behind the date. All but the
   * first are left out where the one before is missing or blank.
   */
  readonly followedBy?: readonly string[];
}

/** A {@link PlatformColumn} with normalised headers. */
export interface KnownColumn extends PlatformColumn {
  /** The first header as the platform writes it, for people. */
  readonly title: string;
}

/** The meaning that a platform gives to a column whose header it does not list. */
export type DynamicColumn =
  | { readonly role: 'add-on' | 'item'; readonly key: string; readonly name: string }
  | { readonly role: 'question'; readonly question: string }
  /** Kept with the pledge under its header. */
  | { readonly role: 'unknown' };

/** A column whose header is not listed, for {@link ColumnRules.dynamicColumn}. */
export interface ColumnPlace {
  /** The header as the file writes it, without surrounding blanks. */
  readonly header: string;
  readonly position: number;
  /** The normalised headers of the file, by position. */
  readonly keys: readonly string[];
  /** First position of a normalised header, or -1. */
  readonly positionOf: (normalizedHeader: string) => number;
}

/** The rules of a platform for columns: all that is needed to find the meaning of each column of a file. */
export interface ColumnRules {
  readonly columns: readonly KnownColumn[];
  /** Known columns without a field, which are kept with the pledge under their own header. */
  readonly kept: readonly string[];
  /** Known columns that are neither read nor kept, such as counts that repeat other columns. */
  readonly ignored: readonly string[];
  /**
   * Patterns for columns that are blanked before anything is stored: payment tokens, tax ids, bearer links, IP
   * addresses. They are matched with the normalised header, and with its words alone (`card-last4 (visa)` also as
   * `card last4 visa`). The patterns that all platforms share are added; list only further ones.
   */
  readonly secrets: readonly RegExp[];
  /** Groups of columns that repeat in one row, once for each item. */
  readonly itemGroups: readonly ItemGroup[];
  readonly dynamicColumn: (place: ColumnPlace) => DynamicColumn;
}
