import { type Reading, readingFrom } from '../../../page-start.js';
import { createParameters, type Parameters } from './parameters.js';
import { conditionsOf, type OfOwner, type RecordList } from './record-lists.js';
import type { Expansion, RecordFilters, RecordKey, RecordsQuery } from './records-query.js';

export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** A part of a list that is looked at by one statement. */
export interface Window {
  /** The place behind which it begins, in the direction of reading; null for the beginning of the list. */
  readonly beyond: RecordKey | null;
  /** How many records it has. */
  readonly length: number;
}

type Query = Pick<RecordsQuery, 'campaignId' | 'filters' | 'sort' | 'start'>;

/**
 * The first records of a window that the filters accept: `id`, `time` and `size`, their length as text.
 *
 * The window is read along an index, from its beginning on and only as far as needed. Then the work of a statement is bounded
 * whatever the filters are. If Postgres chose by which filter to begin, a filter that nothing fulfils could read and sort all
 * records.
 */
export function findStatement(
  list: RecordList,
  query: Query & Pick<RecordsQuery, 'expand'>,
  window: Window,
  count: number,
): Statement {
  const parameters = createParameters();
  const looked = lookedSql(list, query, window, parameters);
  const context = { parameters, campaignId: query.campaignId, ofOwner: lookUpOwner(list) };
  const filters = conditionsOf(list, 'conditions', query.filters, context);
  const isMarked = query.filters.hasIssue !== undefined;
  const { order } = readingOf(query);
  const sorted = `ORDER BY ${query.sort.by === 'id' ? '' : `sort_time ${order}, `}sort_id ${order}`;
  const sql = `WITH looked AS ${isMarked ? '' : 'NOT'} MATERIALIZED (${looked})
    ${isMarked ? `, ${markedSql(parameters.add(query.campaignId))}` : ''}
    SELECT sort_id AS id, sort_time AS time, (octet_length(record::text)${sizesSql(list, query.expand)})::int AS size FROM (
      SELECT * FROM looked t WHERE ${['true', ...filters].join(' AND ')} ${sorted} LIMIT ${parameters.add(count)}) record
    ${sorted}`;
  return { sql, values: parameters.values };
}

function sizesSql({ expansions }: RecordList, expand: readonly Expansion[] = []): string {
  const sizes = expand.flatMap((name) => expansions[name] ?? []);
  return sizes.map((size) => ` + coalesce(${size}, 0)`).join('');
}

/** The last record of a window, accepted or not: `id` and `time`. None if the list ends in it. */
export function endStatement(list: RecordList, query: Query, window: Window): Statement {
  const parameters = createParameters();
  const sql = `SELECT sort_id AS id, sort_time AS time FROM (${lookedSql(list, query, window, parameters)}) looked
    OFFSET ${parameters.add(window.length - 1)}`;
  return { sql, values: parameters.values };
}

/** How many records of the list the filters accept. */
export function countStatement(list: RecordList, query: Query): Statement {
  const parameters = createParameters();
  const sql = acceptedSql(list, query, parameters, 'count(*)::int AS count');
  return { sql, values: parameters.values };
}

/** The ids of the first `count` records that the filters accept, in no order. If they are fewer, those are all. */
export function fewStatement(list: RecordList, query: Query, count: number): Statement {
  const parameters = createParameters();
  const accepted = acceptedSql(list, query, parameters, `t.${list.idColumn} AS id`);
  return { sql: `${accepted} LIMIT ${parameters.add(count)}`, values: parameters.values };
}

/** The records that the filters accept, found along whatever path Postgres likes. */
function acceptedSql(
  list: RecordList,
  { campaignId, filters }: Query,
  parameters: Parameters,
  selected: string,
): string {
  const campaign = parameters.add(campaignId);
  const owners: string[] = [];
  const joins: string[] = [];
  const context = { parameters, campaignId, ofOwner: findOwners(list, campaign, owners, joins) };
  const conditions = [
    `t.campaign_id = ${campaign}::uuid`,
    ...conditionsOf(list, 'narrow', filters, context),
    ...conditionsOf(list, 'conditions', filters, context),
  ];
  const marked =
    filters.hasIssue === undefined
      ? []
      : [
          `looked AS MATERIALIZED (
             SELECT t.upload_sequence, t.row_number FROM ${list.table} t WHERE t.campaign_id = ${campaign}::uuid)`,
          markedSql(campaign),
        ];
  const named = [...marked, ...owners];
  return `${named.length > 0 ? `WITH ${named.join(', ')}` : ''}
    SELECT ${selected} FROM ${list.table} t ${joins.join(' ')} WHERE ${conditions.join(' AND ')}`;
}

/** Looks the owner up for each record: as a join, Postgres may read all backers for a page of pledges. */
function lookUpOwner({ owner }: RecordList): OfOwner {
  if (owner === undefined) return withoutOwner;
  return (condition) => `(SELECT ${condition} FROM ${owner.table} o WHERE o.id = t.${owner.key})`;
}

/**
 * Finds all owners of the campaign that a condition accepts, once: for all records, that is a fraction of as many look-ups.
 * Materialized, because Postgres would look them up nevertheless where there is a LIMIT.
 */
function findOwners({ owner }: RecordList, campaign: string, owners: string[], joins: string[]): OfOwner {
  if (owner === undefined) return withoutOwner;
  return (condition) => {
    const name = `owner${owners.length + 1}`;
    owners.push(`${name} AS MATERIALIZED (
      SELECT o.id FROM ${owner.table} o WHERE o.campaign_id = ${campaign}::uuid AND (${condition}))`);
    joins.push(`LEFT JOIN ${name} ON ${name}.id = t.${owner.key}`);
    return `${name}.id IS NOT NULL`;
  };
}

const withoutOwner: OfOwner = () => {
  throw new TypeError('The records of this list have no owner');
};

/** Whether a query begins with a filter that leaves few records. */
export function isNarrow({ narrow }: Pick<RecordList, 'narrow'>, filters: RecordFilters): boolean {
  return Object.keys(narrow).some((name) =>
    Object.entries(filters).some(([each, value]) => each === name && value !== undefined),
  );
}

function readingOf({ start, sort }: Pick<Query, 'start' | 'sort'>): Reading {
  return readingFrom(start, sort.order);
}

/** The records of a window, in the order of reading, with what they are sorted by. */
function lookedSql(
  list: RecordList,
  query: Query,
  { beyond: place, length }: Window,
  parameters: Parameters,
): string {
  const { campaignId, filters, sort } = query;
  const { add } = parameters;
  const { beyond, order } = readingOf(query);
  const id = `t.${list.idColumn}`;
  const time = timeOf(list, sort.by);
  const context = { parameters, campaignId, ofOwner: lookUpOwner(list) };
  const narrow = conditionsOf(list, 'narrow', filters, context);
  const conditions = [
    ...(narrow.length > 0 ? [] : [`t.campaign_id = ${add(campaignId)}::uuid`]),
    ...(sort.by === 'updatedAt' ? boundsSql(filters, parameters) : []),
    ...(place === null ? [] : [beyondSql(place)]),
  ];
  // Few records, which are found first, whatever Postgres thinks of it.
  const source =
    narrow.length > 0
      ? `(SELECT * FROM ${list.table} t WHERE t.campaign_id = ${add(campaignId)}::uuid AND ${narrow.join(' AND ')} OFFSET 0)`
      : list.table;
  return `SELECT t.*, ${time ?? 'NULL::timestamptz'} AS sort_time, ${id} AS sort_id FROM ${source} t
    WHERE ${['true', ...conditions].join(' AND ')}
    ORDER BY ${time === null ? '' : `${time} ${order}, `}${id} ${order} LIMIT ${add(length)}`;

  function beyondSql({ time: at, id: after }: RecordKey): string {
    return time === null
      ? `${id} ${beyond} ${add(after)}::uuid`
      : `(${time}, ${id}) ${beyond} (${add(at)}::timestamptz, ${add(after)}::uuid)`;
  }
}

function timeOf({ times }: RecordList, by: Query['sort']['by']): string | null {
  if (by === 'id') return null;
  const time = times[by];
  if (time === undefined) throw new RangeError(`This list cannot be sorted by ${by}`);
  return time;
}

/** Bounds of the part of the index by `updated_at` that has the records. */
function boundsSql({ updatedSince, upload }: RecordFilters, { add }: Parameters): readonly string[] {
  const since = [updatedSince, upload?.from].flatMap((time) => (time === undefined ? [] : [time]));
  const until = upload?.to ?? null;
  return [
    ...since.map((time) => `t.updated_at >= ${add(time)}::timestamptz`),
    ...(until === null ? [] : [`t.updated_at <= ${add(until)}::timestamptz`]),
  ];
}

/** The rows with issues in the chunks that have written `looked`. An issue of a whole file has no row. */
function markedSql(campaignId: string): string {
  return `marked AS MATERIALIZED (
    SELECT DISTINCT u.sequence, (e.issue ->> 'row')::int AS row
    FROM (SELECT upload_sequence, min(row_number) AS first, max(row_number) AS last FROM looked GROUP BY 1) span
    JOIN csv_upload u ON u.campaign_id = ${campaignId}::uuid AND u.sequence = span.upload_sequence
    JOIN csv_upload_chunk c ON c.upload_id = u.id AND c.first_row <= span.last AND c.first_row + c.row_count > span.first
    CROSS JOIN LATERAL jsonb_array_elements(c.errors) AS e (issue)
    WHERE c.errors IS NOT NULL AND e.issue ->> 'row' IS NOT NULL)`;
}
