import type pg from 'pg';
import { nextBase } from '../records/base.js';
import { binaryArray } from '../records/binary-array.js';
import { columnInput } from '../records/column-input.js';
import { type Incoming, mergeIncoming } from '../records/incoming.js';
import type { RecordTable } from '../records/record-table.js';
import { readRows, type Stored } from '../records/stored-rows.js';
import { changedFields, fromState, type RecordState, readState, toState } from './record-state.js';

/** The draft of one upload, while its rows are compared. */
export interface DraftOfUpload {
  readonly id: string;
  /** The upload's sequence in the campaign. */
  readonly sequence: number;
}

/** What a record would become. */
export interface DraftedRecord {
  readonly id: string;
  readonly before: Stored | null;
  /** Null when it is removed. */
  readonly after: Stored | null;
}

/**
 * Merges rows of an upload into its draft: what writing them would make of their records. Neither reads nor changes a record that
 * the draft has already, so the outcome does not depend on the order of calls, and rows may be merged twice.
 *
 * Call it within a transaction, with rows by ascending id, table after table in the order in which records are written.
 */
export async function mergeIntoDraft(
  client: pg.ClientBase,
  draft: DraftOfUpload,
  table: RecordTable,
  incoming: readonly Incoming[],
): Promise<void> {
  if (incoming.length === 0) return;
  const ids = incoming.map(({ id }) => id);
  const live = await readRows(client, table, ids);
  const drafted = incoming.map((row) => draftOf(table, draft, live.get(row.id) ?? null, row));
  const met = await insertDrafted(client, draft.id, table, drafted);
  if (met.size === 0) return;
  const others = incoming.filter(({ id }) => met.has(id));
  const states = await lockDrafted(client, draft.id, table, [...met]);
  await updateDrafted(
    client,
    draft.id,
    table,
    others.map((row) => {
      const known = states.get(row.id);
      const before = live.get(row.id) ?? null;
      if (!known) throw new Error(`${table.name} ${row.id} was removed from the draft ${draft.id}`);
      return mergeDrafted(table, draft, known, before, row);
    }),
  );
}

function draftOf(
  table: RecordTable,
  { sequence }: DraftOfUpload,
  before: Stored | null,
  row: Incoming,
): DraftedRecord {
  if (before === null)
    return { id: row.id, before, after: { ...row, base: { sequence, fingerprint: null } } };
  const merged = mergeIncoming(table, before, row);
  return { id: row.id, before, after: { ...merged, base: nextBase(table, before, merged, sequence) } };
}

function mergeDrafted(
  table: RecordTable,
  { sequence }: DraftOfUpload,
  known: KnownDraft,
  live: Stored | null,
  row: Incoming,
): DraftedRecord {
  const before = known.before === null ? null : fromState(table, row.id, known.before);
  // A record that would not change has no states, as `insertDrafted` says; only its version.
  const stored =
    known.after === null ? live && { ...live, ...known.moved } : fromState(table, row.id, known.after);
  if (stored === null) throw new Error(`${table.name} ${row.id} has no state in the draft`);
  const merged = mergeIncoming(table, stored, row);
  const after = { ...merged, base: nextBase(table, stored, merged, sequence) };
  return { id: row.id, before: known.after === null ? live : before, after };
}

/**
 * Stores what records would become, and returns the ids that the draft has already. A record that would not change is stored
 * without its states, which nobody looks at, but with the version that the rows give it: a later row is compared with that.
 */
export async function insertDrafted(
  client: pg.ClientBase,
  draftId: string,
  table: RecordTable,
  drafted: readonly DraftedRecord[],
): Promise<ReadonlySet<string>> {
  if (drafted.length === 0) return new Set();
  const input = draftedInput(table, drafted);
  const next = input.parameters.length;
  const { rows } = await client.query<{ id: string }>(
    `WITH inserted AS (
       INSERT INTO draft_record (draft_id, "table", id, change, fields, before, after)
       SELECT $${next + 1}, $${next + 2}::"DraftTable", input.id, input.change,
              ARRAY(SELECT jsonb_array_elements_text(input.fields)), input.before, input.after
       FROM (${input.sql}) AS input ON CONFLICT DO NOTHING RETURNING id)
     SELECT each.id FROM unnest($${next + 3}::uuid[]) AS each (id) WHERE each.id NOT IN (SELECT id FROM inserted)`,
    [
      ...input.parameters,
      draftId,
      table.name,
      binaryArray(
        'uuid',
        drafted.map(({ id }) => id),
      ),
    ],
  );
  return new Set(rows.map(({ id }) => id));
}

async function updateDrafted(
  client: pg.ClientBase,
  draftId: string,
  table: RecordTable,
  drafted: readonly DraftedRecord[],
): Promise<void> {
  const input = draftedInput(table, drafted);
  const next = input.parameters.length;
  await client.query(
    `UPDATE draft_record SET change = input.change, fields = ARRAY(SELECT jsonb_array_elements_text(input.fields)),
       before = input.before, after = input.after
     FROM (${input.sql}) AS input
     WHERE draft_id = $${next + 1} AND "table" = $${next + 2}::"DraftTable" AND draft_record.id = input.id`,
    [...input.parameters, draftId, table.name],
  );
}

function draftedInput(table: RecordTable, drafted: readonly DraftedRecord[]) {
  const rows = drafted.map((record) => describe(table, record));
  return columnInput([
    { name: 'id', type: 'uuid', values: drafted.map(({ id }) => id) },
    { name: 'change', type: '"DraftChange"', values: rows.map(({ change }) => change) },
    { name: 'fields', type: 'jsonb', values: rows.map(({ fields }) => JSON.stringify(fields)) },
    { name: 'before', type: 'jsonb', values: rows.map(({ before }) => before) },
    { name: 'after', type: 'jsonb', values: rows.map(({ after }) => after) },
  ]);
}

interface DescribedRecord {
  readonly change: 'CREATED' | 'CHANGED' | 'UNCHANGED' | 'REMOVED';
  readonly fields: readonly string[];
  readonly before: string | null;
  readonly after: string | null;
}

/** @throws Error when a record is neither before nor after */
function describe(table: RecordTable, { id, before, after }: DraftedRecord): DescribedRecord {
  const stateOf = (record: Stored) => JSON.stringify(toState(table, record));
  if (after === null) {
    if (before === null) throw new Error(`${table.name} ${id} is in a draft without any state`);
    return { change: 'REMOVED', fields: [], before: stateOf(before), after: null };
  }
  if (before === null) return { change: 'CREATED', fields: [], before: null, after: stateOf(after) };
  const fields = changedFields(table, before, after);
  if (fields.length > 0) return { change: 'CHANGED', fields, before: stateOf(before), after: stateOf(after) };
  const { sequence, row } = after;
  return isMoved(table, before, after)
    ? { change: 'UNCHANGED', fields, before: null, after: JSON.stringify({ sequence, row }) }
    : { change: 'UNCHANGED', fields, before: stateOf(before), after: stateOf(after) };
}

/** Whether two states differ in their versions alone, and not by cell. */
function isMoved(table: RecordTable, before: Stored, after: Stored): boolean {
  const { sequence, row, rowFingerprint } = before;
  return (
    JSON.stringify(toState(table, before)) ===
    JSON.stringify(toState(table, { ...after, sequence, row, rowFingerprint }))
  );
}

interface KnownDraft {
  readonly before: RecordState | null;
  /** Null for a record that would not change. */
  readonly after: RecordState | null;
  readonly moved: { readonly sequence: number; readonly row: number } | null;
}

async function lockDrafted(
  client: pg.ClientBase,
  draftId: string,
  { name }: RecordTable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownDraft>> {
  const { rows } = await client.query<{
    id: string;
    change: string;
    before: unknown;
    after: { sequence: number; row: number };
  }>(
    `SELECT id, change, before, after FROM draft_record
     WHERE draft_id = $1 AND "table" = $2::"DraftTable" AND id = ANY ($3::uuid[]) ORDER BY id FOR UPDATE`,
    [draftId, name, binaryArray('uuid', ids)],
  );
  return new Map(
    rows.map(({ id, change, before, after }): readonly [string, KnownDraft] => {
      if (change === 'UNCHANGED' && before === null) {
        return [id, { before: null, after: null, moved: { sequence: after.sequence, row: after.row } }];
      }
      return [
        id,
        { before: before === null ? null : readState(before), after: readState(after), moved: null },
      ];
    }),
  );
}
