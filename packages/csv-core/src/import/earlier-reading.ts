import type { ColumnDateOrder } from '../map-keys.js';
import type { ColumnAssignment } from '../mapping/column-assignment.js';
import type { Damage } from '../mapping/damage-evidence.js';
import type { DecimalMark } from '../values/decimal-mark.js';
import type { RecognizedColumns } from './recognize-columns.js';
import type { ReportedDateOrder, TableReport } from './table-report.js';

/**
 * How a file was read whose rejects come back. A few rejected rows do not show again what the whole file has shown, or what a
 * person has said of it, so they are read in the same way.
 */
export interface EarlierReading {
  readonly platform: string;
  /** Null where the platform decides it. */
  readonly columns: readonly ColumnAssignment[] | null;
  /** The orders that are known. */
  readonly dateOrders: readonly (ColumnDateOrder & Pick<ReportedDateOrder, 'source'>)[];
  readonly decimalMark: DecimalMark | null;
  /** Null where it was not determined. */
  readonly damage: Damage | null;
  readonly repair: boolean;
  readonly isSheet: boolean;
}

/** Earlier readings, by the upload and the header row. Asked once for a file of rejects, when its header is known. */
export interface EarlierReadings {
  /** Undefined when no file of that upload has this header row. */
  get(uploadId: string, headers: readonly string[]): EarlierReading | undefined;
}

/** The columns as they were before. */
export function recognizeAgain(
  recognized: RecognizedColumns,
  earlier: EarlierReading | undefined,
): RecognizedColumns {
  return earlier === undefined ? recognized : { ...recognized, columns: earlier.columns };
}

type Findings = Pick<TableReport, 'dateOrders' | 'decimalMark' | 'damage'>;

/** What the rows show, completed by what the whole file has shown. */
export function completeFindings<F extends Findings>(found: F, earlier: EarlierReading | undefined): F {
  if (earlier === undefined) return found;
  return {
    ...found,
    dateOrders: found.dateOrders.map((one) => withEarlierOrder(one, earlier)),
    decimalMark: earlier.decimalMark ?? found.decimalMark,
    damage: earlier.damage === null ? found.damage : withEarlierDamage(found.damage, earlier.damage),
  };
}

function withEarlierOrder(one: ReportedDateOrder, { dateOrders }: EarlierReading): ReportedDateOrder {
  const before = dateOrders.find(({ position }) => position === one.position);
  if (before === undefined || one.source === 'requested') return one;
  return { ...one, order: before.order, source: before.source };
}

/** The lines of sums are those of this file. */
function withEarlierDamage(found: Damage, { decodedTwice, decimalIds, nullWords, suspects }: Damage): Damage {
  return {
    ...found,
    decodedTwice,
    decimalIds,
    nullWords,
    suspects: [...new Set([...found.suspects, ...suspects])].sort((a, b) => a - b),
  };
}
