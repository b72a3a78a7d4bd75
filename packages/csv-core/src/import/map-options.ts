import type { MapKeysOptions } from '../map-keys.js';
import type { ColumnAssignment } from '../mapping/column-assignment.js';
import type { DateOrder } from '../values/date.js';
import type { DecimalMark } from '../values/decimal-mark.js';

/** What is known of a whole file and is needed to map its rows. A `TableReport` and a stored chunk contain it. */
export interface KnownOfRows {
  readonly platform: string | null;
  readonly columns: readonly ColumnAssignment[] | null;
  /** Undefined when the cells have not been examined. */
  readonly dateOrders: readonly { readonly position: number; readonly order: DateOrder | null }[] | undefined;
  /** Undefined when the cells have not been examined. */
  readonly decimalMark: DecimalMark | null | undefined;
  readonly isSheet: boolean;
}

/** The options with which `mapKeys` reads the rows of a file. Where no platform is known, `mapKeys` detects it. */
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
    // When undefined, the platform decides whether rows may be short.
    shortRows: isSheet || undefined,
    serialDates: isSheet || undefined,
  };
}
