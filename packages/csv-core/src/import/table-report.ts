import type { Delimiter } from '../csv/find-delimiter.js';
import type { OrderGrouping } from '../csv/order-grouping.js';
import type { Quoting } from '../csv/read-csv.js';
import type { SlippedRows } from '../csv/slipped-rows.js';
import type { Detection } from '../detect-platform.js';
import type { EncodingDoubt, TextEncoding } from '../encoding/text-encoding.js';
import type { Assumption } from '../mapping/assumptions.js';
import type { ColumnAssignment } from '../mapping/column-assignment.js';
import type { Damage } from '../mapping/damage-evidence.js';
import type { DateOrderFinding } from '../mapping/date-evidence.js';
import type { RepeatedNumbers } from '../mapping/repeat-evidence.js';
import type { MappingSuggestion } from '../suggest/suggest-mapping.js';
import type { OpenQuestion } from '../unknown/open-question.js';
import type { DecimalMark } from '../values/decimal-mark.js';

/** The order of day and month in a column, and how it was found; `requested` means that the sender stated it. */
export interface ReportedDateOrder extends Omit<DateOrderFinding, 'source'> {
  readonly source: DateOrderFinding['source'] | 'requested';
}

/** What was found in a table that was read to its end. */
export interface TableReport {
  readonly headers: readonly string[];
  /** Id of the upload whose rejects the table brings back; null when it is no such table, or does not name the upload. */
  readonly fixes: string | null;
  readonly rowCount: number;
  readonly chunkCount: number;
  /**
   * Name of the platform to map with: the one that the sender names, else the detected one, else that of a template.
   * Null when it is none of these, or something must be asked first.
   */
  readonly platform: string | null;
  readonly detection: Detection;
  /** What the columns are, by a template or by their names and cells; null where the platform decides it, or it is unknown. */
  readonly columns: readonly ColumnAssignment[] | null;
  /** What must be asked before the file is imported; only a file of no known platform has questions. */
  readonly questions: readonly OpenQuestion[];
  /** What its columns may be; null when they are known. */
  readonly suggestion: MappingSuggestion | null;
  /** What is assumed because the columns do not say it. */
  readonly assumptions: readonly Assumption[];
  /** How the rows make orders; null when each row is one, or the columns are not known. */
  readonly orders: OrderGrouping | null;
  /** Whether the chunks keep the rows of each order together. If not, they have to be joined before they are mapped. */
  readonly ordersAreWhole: boolean;
  /** Rows with the same number; null when the columns were not known while they were read, so that they must be looked for. */
  readonly repeats: RepeatedNumbers | null;
  readonly dateOrders: readonly ReportedDateOrder[];
  /** The date of the newest pledge, as ISO 8601 in UTC; null when the file has none, or its dates cannot be read for sure. */
  readonly newestDate: string | null;
  /** The decimal mark that the amounts or the platform prove; null when nothing proves it, or amounts differ. */
  readonly decimalMark: DecimalMark | null;
  /** What the cells show about the damage that other programs did to the file. */
  readonly damage: Damage;
  /** Whether that damage is repaired. */
  readonly repair: boolean;
  /** Whether the rows are from a sheet, or were before they were rejected: then cells at the end of a row may be missing. */
  readonly isSheet: boolean;
  readonly format: {
    /** Null for a sheet. */
    readonly encoding: TextEncoding | null;
    /** Null for a sheet. */
    readonly delimiter: Delimiter | null;
    /** Line of the header row, from 1. */
    readonly headerLine: number;
    /** Lines of the rows above the header, which are titles and not data. */
    readonly titleLines: readonly number[];
  };
  /** Why a person should check how the file was decoded; null when there is no reason. */
  readonly doubt: EncodingDoubt | null;
  /** How the quotes of the file differ from the standard; null for a sheet. */
  readonly quoting: Quoting | null;
  /** The {@link SlippedRows slipped rows}; null when there are none, or the rows differ too much in length to know. */
  readonly slippedRows: SlippedRows | null;
  /** Positions of the secret columns, whose cells were blanked. */
  readonly secrets: ReadonlySet<number>;
}
