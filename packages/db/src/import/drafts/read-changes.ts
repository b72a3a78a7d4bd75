import { z } from 'zod';
import type { Database } from '../../client.js';
import { readingFrom } from '../../page-start.js';
import { type Batches, readBatches, type Sized } from '../../read-batches.js';
import type { PageQuery } from '../../read-page.js';
import { columnOf } from './record-state.js';

/** The tables of records, in the order in which changes are listed. */
export const changedTypes = ['backer', 'product', 'pledge', 'survey'] as const;

export type ChangedType = (typeof changedTypes)[number];

/**
 * What happens to a record. `missing`: a pledge of the campaign that the file, of the same platform, does not name. It stays
 * as it is, unless the file is the whole campaign.
 */
export const changeKinds = ['created', 'changed', 'unchanged', 'removed', 'missing'] as const;

export type ChangeKind = (typeof changeKinds)[number];

/** Names a record in a list of changes. */
export type ChangeKey = readonly [type: ChangedType, id: string];

/** The cells of a record by column, as `record-state.ts` keeps them: only those with a value. */
export type ChangedCells = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** What happens to one record. */
export interface RecordChange {
  readonly type: ChangedType;
  readonly id: string;
  readonly kind: ChangeKind;
  /** Which of its fields change, as the API spells them. None for a record that is created or removed: all of its cells do. */
  readonly fields: readonly string[];
  /** What people call it, where neither of its states is kept, or has a name: of records that do not change, and of surveys. */
  readonly title: string | null;
  /** Null where there is no record before. */
  readonly before: ChangedCells | null;
  /** Null where there is none afterwards. */
  readonly after: ChangedCells | null;
}

export interface ChangesQuery extends PageQuery<ChangeKey> {
  /** All but `unchanged`, if none is named. */
  readonly kinds?: readonly ChangeKind[] | undefined;
  readonly types?: readonly ChangedType[] | undefined;
  /** Records of which one of these fields changes; of those that are created or removed, which have a value in one of them. */
  readonly fields?: readonly string[] | undefined;
}

const stateSchema = z.object({
  // A record that does not change is stored without its cells.
  cells: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])).default({}),
});

/** SQL: whether a record that is created or removed has a value in one of these columns. A blank that a file states is none. */
const hasCellSql = (columns: string) => `(change IN ('CREATED', 'REMOVED') AND EXISTS (
  SELECT FROM unnest(${columns}::text[]) AS wanted (column_name)
  WHERE coalesce(after, before) -> 'cells' -> column_name NOT IN ('""', '{}')))`;

interface ChangeRow {
  type: ChangedType;
  id: string;
  kind: ChangeKind;
  fields: string[];
  title: string | null;
  before: unknown;
  after: unknown;
}

/** SQL: what the record of the draft record `r` is called. A survey is called like its pledge, which may be in the draft alone. */
const titleSql = `CASE r."table"
  WHEN 'backer' THEN (SELECT coalesce(nullif(name, ''), nullif(email, ''), identity) FROM backer WHERE id = r.id)
  WHEN 'product' THEN (SELECT coalesce(nullif(name, ''), key) FROM product WHERE id = r.id)
  ELSE coalesce((SELECT external_id FROM pledge WHERE id = r.id), (
    SELECT coalesce(p.after, p.before) -> 'cells' ->> 'external_id' FROM draft_record p
    WHERE p.draft_id = r.draft_id AND p."table" = 'pledge' AND p.id = r.id)) END`;

/** The changes of a draft by table and id, from the start of a page on. */
export function listChanges(
  db: Database,
  draftId: string,
  { start, limit, kinds = changeKinds.filter((kind) => kind !== 'unchanged'), types, fields }: ChangesQuery,
): Batches<RecordChange> {
  const { beyond, order } = readingFrom(start, 'ASC');
  const wanted = kinds.map((kind) => kind.toUpperCase());
  return readBatches(
    {
      async findNext(last, count) {
        const [type, id] = last === undefined ? [null, null] : readKey(last);
        const { rows } = await db.pool.query<Sized>(
          `SELECT "table" || ' ' || id AS id,
                  coalesce(octet_length(before::text), 0) + coalesce(octet_length(after::text), 0) AS size
           FROM draft_record
           WHERE draft_id = $1 AND change = ANY ($2::"DraftChange"[])
             AND ($3::"DraftTable"[] IS NULL OR "table" = ANY ($3))
             AND ($4::text[] IS NULL OR fields && $4 OR ${hasCellSql('$8')})
             AND ($5::"DraftTable" IS NULL OR ("table", id) ${beyond} ($5, $6::uuid))
           ORDER BY "table" ${order}, id ${order} LIMIT $7`,
          [draftId, wanted, types ?? null, fields ?? null, type, id, count, fields?.map(columnOf) ?? null],
        );
        return rows;
      },
      async read(keys) {
        const named = keys.map(readKey);
        const { rows } = await db.pool.query<ChangeRow>(
          `SELECT r."table" AS type, r.id, lower(change::text) AS kind, fields, before, after,
                  CASE WHEN change = 'UNCHANGED' OR r."table" = 'survey' THEN ${titleSql} END AS title
           FROM unnest($2::"DraftTable"[], $3::uuid[]) WITH ORDINALITY AS wanted (type, id, place)
           JOIN draft_record r ON r.draft_id = $1 AND r."table" = wanted.type AND r.id = wanted.id
           ORDER BY place`,
          [draftId, named.map(([type]) => type), named.map(([, id]) => id)],
        );
        return rows.map(toChange);
      },
    },
    { after: start?.key.join(' '), limit },
  );
}

const keySchema = z.tuple([z.enum(changedTypes), z.uuid()]);

function readKey(text: string): ChangeKey {
  return keySchema.parse(text.split(' '));
}

function toChange({ before, after, ...row }: ChangeRow): RecordChange {
  return { ...row, before: readCells(before), after: readCells(after) };
}

function readCells(state: unknown): ChangedCells | null {
  return state === null ? null : stateSchema.parse(state).cells;
}
