import type pg from 'pg';
import { createSlices } from '../../slices.js';
import { binaryArray } from '../records/binary-array.js';
import type { Incoming } from '../records/incoming.js';
import type { Cell, Fills } from '../records/merge-rows.js';
import type { NamedRecords, PreparedRecords } from '../records/prepare-records.js';
import type { RecordTable } from '../records/record-table.js';
import { backerTable, pledgeTable, productTable, surveyTable } from '../records/tables.js';

/** The tables of records, in the order in which they are written: what others refer to comes first. */
export const draftTables = [
  { table: productTable, of: ({ products }: PartRecords) => products },
  { table: backerTable, of: ({ backers }: PartRecords) => backers },
  { table: pledgeTable, of: ({ pledges }: PartRecords) => pledges },
  { table: surveyTable, of: ({ surveys }: PartRecords) => surveys },
] as const satisfies readonly {
  readonly table: RecordTable;
  readonly of: (records: PartRecords) => readonly PartState[];
}[];

/** What a chunk says of records, or only that it names them. */
export type PartRecords = PreparedRecords | NamedRecords;

/** Records of one bucket, so many that a process can hold them. */
const BUCKET_RECORDS = 10_000;
const MAX_BUCKETS = 1_000;

/** In how many buckets the records of each table are divided, when this many rows name them. */
export function bucketsFor(rows: number): number {
  return Math.min(MAX_BUCKETS, Math.max(1, Math.ceil(rows / BUCKET_RECORDS)));
}

/** Ids are hashes, so their first digits divide them evenly. */
function bucketOf(id: string, buckets: number): number {
  return Number.parseInt(id.slice(0, 8), 16) % buckets;
}

/** What a chunk says of one record, or only that it names it. */
export type PartState = Incoming | { readonly id: string };

/** A state in its place in the order in which the chunks were read. */
export type PlacedState = PartState & { readonly position: number };

/** As little text as possible: it is written and read once for each record of each upload. */
type PackedState =
  | readonly [id: string]
  | readonly [
      id: string,
      sequence: number,
      row: number,
      fingerprint: string | null,
      fills: Fills | null,
      cells: Readonly<Record<string, Cell>>,
    ];

/** Only the shape, and not each cell: a draft is read by the program that wrote it, or by the release beside it. */
function isPacked(value: unknown): value is readonly PackedState[] {
  return (
    Array.isArray(value) &&
    value.every(
      (state) =>
        Array.isArray(state) && (state.length === 1 || state.length === 6) && typeof state[0] === 'string',
    )
  );
}

export interface PartOptions {
  readonly draftId: string;
  readonly buckets: number;
  readonly position: number;
  /** Which records matter. */
  readonly isNamed: (id: string) => boolean;
}

/** Divides what a chunk says into buckets and stores it. */
export async function writeParts(
  client: pg.ClientBase,
  records: PartRecords,
  { draftId, buckets, position, isNamed }: PartOptions,
): Promise<void> {
  const slices = createSlices();
  const numbers: number[] = [];
  const texts: string[] = [];
  for (const [at, { table, of }] of draftTables.entries()) {
    const byBucket = new Map<number, string[]>();
    const states: readonly PartState[] = of(records);
    for (const row of states) {
      if (slices.isOver()) await slices.next();
      if (!isNamed(row.id)) continue;
      const bucket = at * buckets + bucketOf(row.id, buckets);
      const packed = JSON.stringify('cells' in row ? pack(table, row) : [row.id]);
      const others = byBucket.get(bucket);
      if (others) others.push(packed);
      else byBucket.set(bucket, [packed]);
    }
    for (const [bucket, states] of byBucket) {
      numbers.push(bucket);
      texts.push(`[${states.join(',')}]`);
    }
  }
  if (numbers.length === 0) return;
  await client.query(
    `INSERT INTO draft_part (draft_id, bucket, position, states)
     SELECT $1, part.bucket, $2, part.states FROM unnest($3::int[], $4::text[]) AS part (bucket, states)`,
    [draftId, position, binaryArray('int', numbers), binaryArray('text', texts)],
  );
}

function pack({ columnNames }: RecordTable, row: Incoming): PackedState {
  const cells: Record<string, Cell> = {};
  for (const [index, name] of columnNames.entries()) {
    const cell = row.cells[index] ?? null;
    if (cell !== null) cells[name] = cell;
  }
  return [row.id, row.sequence, row.row, row.rowFingerprint, row.fills, cells];
}

/** Reads what the chunks say of the records of one bucket, in the order in which they were read. */
export async function* readParts(
  client: Pick<pg.ClientBase, 'query'>,
  draftId: string,
  { at, bucket, buckets }: { readonly at: number; readonly bucket: number; readonly buckets: number },
): AsyncGenerator<PlacedState> {
  const table: RecordTable | undefined = draftTables[at]?.table;
  if (table === undefined) throw new RangeError(`There is no table ${at} in a draft`);
  const { rows } = await client.query<{ position: number }>(
    'SELECT position FROM draft_part WHERE draft_id = $1 AND bucket = $2 ORDER BY position',
    [draftId, at * buckets + bucket],
  );
  const slices = createSlices();
  for (const { position } of rows) {
    const part = await client.query<{ states: string }>(
      'SELECT states FROM draft_part WHERE draft_id = $1 AND bucket = $2 AND position = $3',
      [draftId, at * buckets + bucket, position],
    );
    for (const state of unpackAll(table, part.rows[0]?.states ?? '[]')) {
      if (slices.isOver()) await slices.next();
      yield { ...state, position };
    }
  }
}

function* unpackAll({ columnNames }: RecordTable, text: string): Generator<PartState> {
  const read: unknown = JSON.parse(text);
  if (!isPacked(read)) throw new Error('A part of a draft has another form than this release writes');
  for (const packed of read) {
    if (packed.length === 1) {
      yield { id: packed[0] };
      continue;
    }
    const [id, sequence, row, rowFingerprint, fills, cells] = packed;
    yield { id, sequence, row, rowFingerprint, fills, cells: columnNames.map((name) => cells[name] ?? null) };
  }
}

/** The ids that the first parts of one bucket name. */
export async function readNames(
  client: Pick<pg.ClientBase, 'query'>,
  draftId: string,
  {
    at,
    bucket,
    buckets,
    before,
  }: { readonly at: number; readonly bucket: number; readonly buckets: number; readonly before: number },
): Promise<readonly string[]> {
  const table: RecordTable | undefined = draftTables[at]?.table;
  if (table === undefined) throw new RangeError(`There is no table ${at} in a draft`);
  const { rows } = await client.query<{ states: string }>(
    'SELECT states FROM draft_part WHERE draft_id = $1 AND bucket = $2 AND position < $3',
    [draftId, at * buckets + bucket, before],
  );
  return rows.flatMap(({ states }) => [...unpackAll(table, states)].map(({ id }) => id));
}

/** The ids that the first chunks name, as a set that may hold a few more, and takes 16 bytes for each of them. */
export interface NamedIds {
  add(id: string): void;
  has(id: string): boolean;
}

const BITS_PER_ID = 128;
const MAX_BITS = 2 ** 31;

/** @param expected about how many ids there will be */
export function createNamedIds(expected: number): NamedIds {
  const wanted = Math.max(2 ** 16, expected * BITS_PER_ID);
  const bits = Math.min(MAX_BITS, 2 ** Math.ceil(Math.log2(wanted)));
  const bytes = new Uint8Array(bits / 8);
  // Not the digits that decide the bucket.
  const bitOf = (id: string) => Number.parseInt(id.slice(24, 32), 16) % bits;
  return {
    add(id) {
      const bit = bitOf(id);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7));
    },
    has(id) {
      const bit = bitOf(id);
      return ((bytes[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
    },
  };
}
