import { type Reading, readingFrom } from '../../../page-start.js';
import { createParameters, type Parameters } from './parameters.js';
import { conditionsOf, type RecordList } from './record-lists.js';
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
  const filters = conditionsOf(list, 'conditions', query.filters, parameters, query.campaignId);
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
export function countStatement(list: RecordList, { campaignId, filters }: Query): Statement {
  const parameters = createParameters();
  const campaign = parameters.add(campaignId);
  const conditions = [
    `t.campaign_id = ${campaign}::uuid`,
    ...conditionsOf(list, 'narrow', filters, parameters, campaignId),
    ...conditionsOf(list, 'conditions', filters, parameters, campaignId),
  ];
  const marked = `WITH looked AS MATERIALIZED (
      SELECT t.upload_sequence, t.row_number FROM ${list.table} t WHERE t.campaign_id = ${campaign}::uuid),
    ${markedSql(campaign)}`;
  const sql = `${filters.hasIssue === undefined ? '' : marked}
    SELECT count(*)::int AS count FROM ${list.table} t WHERE ${conditions.join(' AND ')}`;
  return { sql, values: parameters.values };
}

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
  const narrow = conditionsOf(list, 'narrow', filters, parameters, campaignId);
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
