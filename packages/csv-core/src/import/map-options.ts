import type { MapKeysOptions } from '../map-keys.js';
import type { ColumnAssignment } from '../mapping/column-assignment.js';
import type { DateOrder } from '../values/date.js';
import type { DecimalMark } from '../values/decimal-mark.js';

/** What is known of a whole file and matters to each of its rows: a `TableReport` has it, and so has a stored chunk. */
export interface KnownOfRows {
  readonly platform: string | null;
  readonly columns: readonly ColumnAssignment[] | null;
  /** Undefined when nobody has looked. */
  readonly dateOrders: readonly { readonly position: number; readonly order: DateOrder | null }[] | undefined;
  /** Undefined when nobody has looked. */
  readonly decimalMark: DecimalMark | null | undefined;
  readonly isSheet: boolean;
}

/** How `mapKeys` is to read rows of a file. It detects the platform where none is known. */
export function mapOptions({
  platform,
  columns,
  dateOrders,
  decimalMark,
  isSheet,
}: KnownOfRows): MapKeysOptions {
  return {
    platform: platform ?? undefined,
    columns: columns ?? undefined,
    dateOrders: dateOrders?.flatMap(({ position, order }) => (order === null ? [] : [{ position, order }])),
    decimalMark,
    // Left out, the platform says whether it writes short rows.
    shortRows: isSheet || undefined,
  };
}
