import { z } from 'zod';
import type { Base } from '../records/base.js';
import type { Cell, Fills } from '../records/merge-rows.js';
import type { RecordTable } from '../records/record-table.js';
import type { Stored } from '../records/stored-rows.js';

const entriesSchema = z.record(z.string(), z.string());
const stateSchema = z.object({
  sequence: z.int(),
  row: z.int(),
  fills: z.record(z.string(), z.tuple([z.int(), z.int()])).nullable(),
  rowFingerprint: z.string().nullable(),
  base: z.object({ sequence: z.int(), fingerprint: z.string().nullable() }),
  cells: z.record(z.string(), z.union([z.string(), entriesSchema])),
});

/** A record as a draft stores it: its cells by the name of their column, without those that are null. */
export interface RecordState {
  readonly sequence: number;
  readonly row: number;
  readonly fills: Fills | null;
  readonly rowFingerprint: string | null;
  readonly base: Base;
  readonly cells: Readonly<Record<string, Exclude<Cell, null>>>;
}

/** Names and not positions, because a draft may be read by a release with other columns. */
export function toState({ columnNames }: RecordTable, record: Omit<Stored, 'id'>): RecordState {
  const { sequence, row, fills, rowFingerprint, base } = record;
  const cells: Record<string, Exclude<Cell, null>> = {};
  for (const [index, name] of columnNames.entries()) {
    const cell = record.cells[index] ?? null;
    if (cell !== null) cells[name] = cell;
  }
  return { sequence, row, fills, rowFingerprint, base, cells };
}

/** The record behind a state. */
export function fromState({ columnNames }: RecordTable, id: string, state: RecordState): Stored {
  const { sequence, row, fills, rowFingerprint, base, cells } = state;
  return {
    id,
    sequence,
    row,
    fills,
    rowFingerprint,
    base,
    cells: columnNames.map((name) => cells[name] ?? null),
  };
}

/** Reads a state that was stored as JSON. @throws ZodError when it has another form */
export function readState(json: unknown): RecordState {
  return stateSchema.parse(json);
}

/**
 * The names of the columns in which two states of a record differ for whoever reads it, as the API spells them. A blank that a
 * file states and a value that no file has are the same.
 */
export function changedFields(
  table: RecordTable,
  before: Pick<Stored, 'cells'>,
  after: Pick<Stored, 'cells'>,
): readonly string[] {
  return table.columns
    .filter((column, index) => shown(before, index, column) !== shown(after, index, column))
    .map(({ name }) => apiSpelling(name));
}

function shown(
  { cells }: Pick<Stored, 'cells'>,
  index: number,
  column: RecordTable['columns'][number],
): string {
  const cell = cells[index] ?? null;
  if (typeof cell !== 'object' || cell === null) return cell ?? '';
  const { saying = (text: string) => text } = column.entries ?? {};
  const said = Object.entries(cell).map(([name, text]) => [name, saying(text)] as const);
  return said.length === 0 ? '' : JSON.stringify(said.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `shipping_address1` is `shippingAddress1`. */
function apiSpelling(column: string): string {
  return column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The column behind a field of the API: `shippingAddress1` is `shipping_address1`. */
export function columnOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
