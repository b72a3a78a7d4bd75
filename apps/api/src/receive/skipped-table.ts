/** A file of an archive, or a sheet of a workbook, of which nothing is imported. */
export interface SkippedTable {
  readonly kind: 'skipped';
  readonly name: string;
  /** A sentence. */
  readonly reason: string;
  /** Whether rows may be lost by it, so that the merchant has to know. */
  readonly mayHoldRows: boolean;
  /** What it would be refused with if it were the only file; none where nothing was wrong with it. */
  readonly error?: Error;
}
