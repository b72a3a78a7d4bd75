import type { ProductKind } from '@pledgeline/csv-core';
import { assumedStatus, committedStatuses } from '@pledgeline/csv-core/map';
import type pg from 'pg';
import { shownStatusSql } from '../gone/shown-status.js';
import type { ChangedType, ChangeKind } from './read-changes.js';

/** A number before and after. */
export interface BeforeAfter {
  readonly before: number;
  readonly after: number;
}

/** What a draft does to its campaign, in numbers. */
export interface DraftTotals {
  readonly records: Readonly<Record<ChangedType, Readonly<Record<ChangeKind, number>>>>;
  /** Null where the campaign has changed since, and only the records of the draft are known. */
  readonly campaign: {
    readonly pledges: BeforeAfter;
    /** Backers. */
    readonly people: BeforeAfter;
    /** Pledged amounts by currency and status. Decimal texts. */
    readonly money: readonly {
      readonly currency: string | null;
      readonly status: string;
      readonly pledges: BeforeAfter;
      readonly amount: { readonly before: string; readonly after: string };
    }[];
    /** Units of products in pledges whose status commits them: those that change, at most {@link maxChangedUnits}. */
    readonly units: readonly {
      readonly productId: string;
      readonly kind: ProductKind;
      readonly key: string;
      readonly name: string;
      readonly before: number;
      readonly after: number;
    }[];
    /** How many products have other units, those that `units` leaves out included. */
    readonly changedProducts: number;
  } | null;
}

type Campaign = NonNullable<DraftTotals['campaign']>;

/** A file may name another product in every row. */
export const maxChangedUnits = 500;

/**
 * Counts what a draft changes, beside what the campaign holds now. Called once, when the draft is ready: it reads the whole
 * campaign and the whole draft.
 */
export async function countDraft(
  client: pg.ClientBase,
  draft: { readonly id: string; readonly campaignId: string; readonly isComplete: boolean },
): Promise<DraftTotals> {
  const records = await countRecords(client, draft.id);
  const money = await countMoney(client, draft);
  const people = await countPeople(client, draft.campaignId);
  const { units, changedProducts } = await countUnits(client, draft);
  const sum = (when: 'before' | 'after') => money.reduce((all, { pledges }) => all + pledges[when], 0);
  return {
    records,
    campaign: {
      pledges: { before: sum('before'), after: sum('after') },
      people: { before: people, after: people + records.backer.created - records.backer.removed },
      money,
      units,
      changedProducts,
    },
  };
}

/** The records of a draft alone. */
export async function countDraftRecords(client: pg.ClientBase, draftId: string): Promise<DraftTotals> {
  return { records: await countRecords(client, draftId), campaign: null };
}

const none = { created: 0, changed: 0, unchanged: 0, removed: 0, missing: 0 };

async function countRecords(client: pg.ClientBase, draftId: string): Promise<DraftTotals['records']> {
  const { rows } = await client.query<{ type: ChangedType; kind: ChangeKind; count: number }>(
    `SELECT "table" AS type, lower(change::text) AS kind, count(*) AS count
     FROM draft_record WHERE draft_id = $1 GROUP BY 1, 2`,
    [draftId],
  );
  const counted = { backer: { ...none }, product: { ...none }, pledge: { ...none }, survey: { ...none } };
  for (const { type, kind, count } of rows) counted[type][kind] = count;
  return counted;
}

async function countPeople(client: pg.ClientBase, campaignId: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*) AS count FROM backer WHERE campaign_id = $1',
    [campaignId],
  );
  return rows[0]?.count ?? 0;
}

/**
 * The pledges of the campaign, those that the draft takes away (-1), and those that it puts in their place (+1). `$1` the draft, `$2` the
 * campaign, `$3` the status of a pledge without one, `$4` whether missing pledges are gone.
 */
const pledgeSteps = `
  live AS (
    SELECT ${shownStatusSql('p')} AS status, p.currency, p.amount, p.items
    FROM pledge p WHERE p.campaign_id = $2),
  drafted AS (
    SELECT change, before -> 'cells' AS before, after -> 'cells' AS after, p.gone_sequence IS NOT NULL AS gone,
           p.gone_sequence > (after ->> 'sequence')::int AS stays_gone
    FROM draft_record r LEFT JOIN pledge p ON p.id = r.id
    WHERE draft_id = $1 AND "table" = 'pledge' AND change <> 'UNCHANGED'),
  step AS (
    SELECT -1 AS sign, CASE WHEN gone THEN 'GONE' ELSE ${statusOf("before ->> 'status'")} END AS status, ${cellsOf('before')}
    FROM drafted WHERE change IN ('CHANGED', 'REMOVED') OR (change = 'MISSING' AND $4)
    UNION ALL
    SELECT 1, CASE WHEN stays_gone THEN 'GONE' ELSE ${statusOf("after ->> 'status'")} END, ${cellsOf('after')}
    FROM drafted WHERE change IN ('CREATED', 'CHANGED')
    UNION ALL
    SELECT 1, 'GONE', ${cellsOf('before')} FROM drafted WHERE change = 'MISSING' AND $4)`;

function statusOf(status: string): string {
  return `coalesce(${status}::text, $3::text)`;
}

function cellsOf(state: 'before' | 'after'): string {
  return `nullif(${state} ->> 'currency', '') AS currency, nullif(${state} ->> 'amount', '')::numeric AS amount,
    (${state} ->> 'items')::jsonb AS items`;
}

interface MoneyRow {
  currency: string | null;
  status: string;
  pledges_before: number;
  pledges_after: number;
  amount_before: string;
  amount_after: string;
}

async function countMoney(
  client: pg.ClientBase,
  {
    id,
    campaignId,
    isComplete,
  }: { readonly id: string; readonly campaignId: string; readonly isComplete: boolean },
): Promise<Campaign['money']> {
  const { rows } = await client.query<MoneyRow>(
    `WITH ${pledgeSteps},
     counted AS (
       SELECT currency, status, count(*) AS pledges, 0 AS change, coalesce(sum(amount), 0) AS amount, 0 AS amount_change
       FROM live GROUP BY 1, 2
       UNION ALL
       SELECT currency, status, 0, sum(sign), 0, coalesce(sum(sign * amount), 0) FROM step GROUP BY 1, 2)
     SELECT currency, status, sum(pledges)::bigint AS pledges_before, sum(pledges + change)::bigint AS pledges_after,
            sum(amount)::numeric(38, 4)::text AS amount_before, sum(amount + amount_change)::numeric(38, 4)::text AS amount_after
     FROM counted GROUP BY 1, 2 ORDER BY 1 NULLS LAST, 2`,
    [id, campaignId, assumedStatus, isComplete],
  );
  return rows.map((row) => ({
    currency: row.currency,
    status: row.status,
    pledges: { before: row.pledges_before, after: row.pledges_after },
    amount: { before: row.amount_before, after: row.amount_after },
  }));
}

interface UnitsRow {
  productId: string;
  kind: ProductKind;
  key: string;
  name: string;
  before: number;
  after: number;
  all: number;
}

async function countUnits(
  client: pg.ClientBase,
  {
    id,
    campaignId,
    isComplete,
  }: { readonly id: string; readonly campaignId: string; readonly isComplete: boolean },
) {
  const { rows } = await client.query<UnitsRow>(
    `WITH ${pledgeSteps},
     unit AS (
       SELECT item.key::uuid AS id, (item.value ->> 'quantity')::bigint AS before, 0 AS change
       FROM live, jsonb_each(live.items) item WHERE status = ANY ($5::text[])
       UNION ALL
       SELECT item.key::uuid, 0, sign * (item.value ->> 'quantity')::bigint
       FROM step, jsonb_each(step.items) item WHERE status = ANY ($5::text[])),
     counted AS (
       SELECT id, sum(before)::bigint AS before, sum(before + change)::bigint AS after FROM unit GROUP BY id
       HAVING sum(change) <> 0),
     named AS (
       SELECT id, after -> 'cells' AS cells FROM draft_record WHERE draft_id = $1 AND "table" = 'product' AND change = 'CREATED')
     SELECT counted.id AS "productId", coalesce(p.kind::text, cells ->> 'kind') AS kind, coalesce(p.key, cells ->> 'key') AS key,
            coalesce(p.name, cells ->> 'name') AS name, counted.before, counted.after, count(*) OVER () AS all
     FROM counted LEFT JOIN product p ON p.id = counted.id LEFT JOIN named ON named.id = counted.id
     ORDER BY abs(counted.after - counted.before) DESC, counted.id LIMIT $6`,
    [id, campaignId, assumedStatus, isComplete, committedStatuses, maxChangedUnits],
  );
  return {
    units: rows.map(({ all: _, ...row }) => row),
    changedProducts: rows[0]?.all ?? 0,
  };
}
