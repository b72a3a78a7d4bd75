import type { Delimiter } from '../csv/find-delimiter.js';
import type { SlippedRows } from '../csv/slipped-rows.js';
import type { Detection } from '../detect-platform.js';
import type { EncodingDoubt, TextEncoding } from '../encoding/text-encoding.js';
import type { ColumnAssignment } from '../mapping/column-assignment.js';
import type { DateOrderFinding } from '../mapping/date-evidence.js';
import type { DecimalMark } from '../values/decimal-mark.js';

/** How a column writes `03/04/2024`, and how we know: `requested` is the word of whoever sent the file. */
export interface ReportedDateOrder extends Omit<DateOrderFinding, 'source'> {
  readonly source: DateOrderFinding['source'] | 'requested';
}

/** What a table turned out to be, once it is read to its end. */
export interface TableReport {
  readonly headers: readonly string[];
  readonly rowCount: number;
  readonly chunkCount: number;
  /** Name of the platform to map with: the word of whoever sent the file, else the detected one, else null. */
  readonly platform: string | null;
  readonly detection: Detection;
  /** What a template says of the columns; null where the platform says it, or nobody knows. */
  readonly columns: readonly ColumnAssignment[] | null;
  readonly dateOrders: readonly ReportedDateOrder[];
  /** What stands before decimals, where amounts or the platform tell; null when none does, or they differ. */
  readonly decimalMark: DecimalMark | null;
  /** Whether the rows came as cells: cells at their end may be missing then, and nothing was decoded. */
  readonly isSheet: boolean;
  readonly format: {
    /** Null for a sheet. */
    readonly encoding: TextEncoding | null;
    /** Null for a sheet. */
    readonly delimiter: Delimiter | null;
    /** Line of the header row, from 1. */
    readonly headerLine: number;
    /** Lines of the rows above the header, which are no data. */
    readonly titleLines: readonly number[];
  };
  /** Null when nobody need look at how the file was decoded. */
  readonly doubt: EncodingDoubt | null;
  /** Rows that seem to have slipped by a column; null when there are none, or the file is uneven anyway. */
  readonly slippedRows: SlippedRows | null;
  /** Positions of the columns of which no cell was handed out. */
  readonly secrets: ReadonlySet<number>;
}
