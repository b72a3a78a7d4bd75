import type { BulkEdit } from './bulk-edits.js';
import type { Field, FileReading } from './file-reading.js';

/** The cells of a row, in the order of the file. A changed row is another array. */
export type Cells = readonly string[];

/** Why a row is not imported. */
export interface Reason {
  readonly code: string;
  /** The header of the column; null when it is about the row as a whole. */
  readonly column: string | null;
  /** In English, from the reader of the file. */
  readonly message: string;
}

/** A rejected row, as it stands now. */
export interface RowView {
  readonly row: number;
  /** On which it was in the file, from 1. */
  readonly line: number;
  readonly cells: Cells;
  /** The positions of the cells that were changed. */
  readonly changed: readonly number[];
  /** Why it is not imported now; none when it is fixed. */
  readonly reasons: readonly Reason[];
}

/** The rows with the same reason: the same code and column. */
export interface ReasonGroup extends Reason {
  /** How many rows have it now. */
  readonly open: number;
  /** How many rows have it or had it. */
  readonly rows: number;
}

/** What the page knows of all rows. The rows themselves stay in the worker, and are asked for as they come into sight. */
export interface BookState {
  readonly headers: readonly string[];
  /** How many columns the longest row has; at least one for each header. */
  readonly width: number;
  /** What the columns are, as far as that decides how they are corrected. */
  readonly fields: readonly (Field | null)[];
  readonly groups: readonly ReasonGroup[];
  /** The group whose rows are shown; null for all of them. */
  readonly chosen: number | null;
  /** What is shown, from top to bottom: the number of a row, or `-1 - n` above the rows of group n. */
  readonly lines: Int32Array;
  /** Changes whenever `lines` does. */
  readonly order: number;
  /** Changes whenever a row does. */
  readonly revision: number;
  readonly rows: number;
  readonly fixed: number;
  /** Rows with a changed cell. */
  readonly changed: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** A change of all rows that have a reason now. */
export interface BulkChange {
  /** Number of the group. */
  readonly group: number;
  /** The column whose cells are changed. */
  readonly position: number;
  readonly edit: BulkEdit;
}

/** What a change of many rows does. */
export interface BulkOutcome {
  /** How many rows have the reason. */
  readonly rows: number;
  readonly changed: number;
  /** How many rows are fixed by it, with other rows of the same orders. */
  readonly fixed: number;
}

/** What the page asks of the worker. */
export type Question =
  | { readonly kind: 'open'; readonly reading: FileReading; readonly uploadId: string }
  | { readonly kind: 'rows'; readonly from: number; readonly to: number }
  | { readonly kind: 'edit'; readonly row: number; readonly position: number; readonly text: string }
  | { readonly kind: 'try'; readonly change: BulkChange }
  | { readonly kind: 'apply'; readonly change: BulkChange }
  | { readonly kind: 'undo' | 'redo' }
  | { readonly kind: 'write' }
  | { readonly kind: 'choose'; readonly group: number | null }
  | { readonly kind: 'remove'; readonly rows: readonly number[] };

/** What the worker answers. */
export type Answer =
  | { readonly kind: 'state'; readonly state: BookState }
  /** The rows between two places of `lines`; null above a group. */
  | { readonly kind: 'rows'; readonly rows: readonly (RowView | null)[] }
  | { readonly kind: 'outcome'; readonly outcome: BulkOutcome }
  /** The fixed rows as a file to send. */
  | { readonly kind: 'file'; readonly file: Blob; readonly rows: readonly number[] };

/** A piece of `rejected.csv`, or a question with the number that its answer has. */
export type ToWorker =
  | { readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly question: Question };

export interface FromWorker {
  readonly id: number;
  readonly answer: Answer;
}
