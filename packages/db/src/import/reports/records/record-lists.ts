import { nameBasedId } from '../../../ids.js';
import { shownStatusSql } from '../../gone/shown-status.js';
import type { Parameters } from './parameters.js';
import type { Expansion, RecordFilters, RecordNoun, SortColumn } from './records-query.js';

/** Writes a condition on the owner `o` of the record `t` as one on `t`. */
export type OfOwner = (condition: string) => string;

/** What a filter is written with. */
export interface ConditionContext {
  readonly parameters: Parameters;
  readonly campaignId: string;
  readonly ofOwner: OfOwner;
}

/** Writes a filter as a condition on the record `t`. */
type Condition<Value> = (value: Value, context: ConditionContext) => string;

type Conditions = {
  readonly [Name in keyof RecordFilters]?: Condition<NonNullable<RecordFilters[Name]>>;
};

/** How the records of a list are found. */
export interface RecordList {
  readonly table: string;
  readonly idColumn: string;
  /** The table of the record that each of them belongs to, if a filter asks for it, and the column with its id. */
  readonly owner?: { readonly table: string; readonly key: string };
  /** What it can be sorted by besides its id: a column, or an expression, of `t`. An index has each of them behind the campaign. */
  readonly times: Readonly<Partial<Record<SortColumn, string>>>;
  readonly conditions: Conditions;
  /** Conditions that leave few records, which are found by an index of their own. The list sorts those. */
  readonly narrow: Conditions;
  /** How long as text is what may be read along with the record `record`, so that a batch with it is not longer than others. */
  readonly expansions: Readonly<Partial<Record<Expansion, string>>>;
}

/** How many pledges are read along with a backer. Hardly anybody has more than two; the list of pledges has all of them. */
export const maxExpandedPledges = 20;

/** Those pledges of a backer. */
export const firstPledgesSql = (backer: string) =>
  `SELECT * FROM pledge p WHERE p.campaign_id = ${backer}.campaign_id AND p.backer_id = ${backer}.id
   ORDER BY p.id LIMIT ${maxExpandedPledges}`;

const updatedAt = { updatedAt: 't.updated_at' };

const amongIds = (idColumn: string): Pick<Conditions, 'ids'> => ({
  ids: (ids, { parameters: { add } }) => `t.${idColumn} = ANY (${add(ids)}::uuid[])`,
});

const since: Conditions = {
  updatedSince: (time, { parameters: { add } }) => `t.updated_at >= ${add(time)}::timestamptz`,
};

/** By the version columns, which inventory does not have. The times are implied: they bound the part of the index that is read. */
const written: Conditions = {
  ...since,
  upload: ({ sequence, from, to }, { parameters: { add } }) =>
    [
      `t.base_sequence = ${add(sequence)}::int`,
      `t.updated_at >= ${add(from)}::timestamptz`,
      ...(to === null ? [] : [`t.updated_at <= ${add(to)}::timestamptz`]),
    ].join(' AND '),
  // `marked` is made beside the statement that uses it; see `page-statement.ts`.
  hasIssue: (wanted) =>
    `(t.upload_sequence, t.row_number) ${wanted ? 'IN' : 'NOT IN'} (SELECT sequence, row FROM marked)`,
};

const contains = (text: string, wanted: string) => `strpos(lower(${text}), lower(${wanted}::text)) > 0`;
const begins = (text: string, wanted: string) => `starts_with(lower(${text}), lower(${wanted}::text))`;

/** The id of the backer with an address: it is made of it. */
const backerOf = (campaignId: string, email: string) => nameBasedId(campaignId, 'backer', email);

export const recordLists: Readonly<Record<RecordNoun, RecordList>> = {
  backers: {
    table: 'backer',
    idColumn: 'id',
    expansions: { pledges: `(SELECT sum(octet_length(p::text)) FROM (${firstPledgesSql('record')}) p)` },
    times: updatedAt,
    conditions: {
      ...written,
      country: (countries, { parameters: { add } }) => `t.billing_country = ANY (${add(countries)}::text[])`,
      q: (text, { parameters: { add } }) => {
        const wanted = add(text);
        // Without an address, the identity is `platform:number`.
        const number = "CASE WHEN t.email IS NULL THEN substr(t.identity, strpos(t.identity, ':') + 1) END";
        return `(${contains('t.name', wanted)} OR ${begins(number, wanted)})`;
      },
    },
    narrow: {
      ...amongIds('id'),
      email: (email, { parameters: { add }, campaignId }) =>
        `t.id = ${add(backerOf(campaignId, email))}::uuid`,
    },
  },
  pledges: {
    table: 'pledge',
    idColumn: 'id',
    owner: { table: 'backer', key: 'backer_id' },
    expansions: {
      backer: '(SELECT octet_length(b::text) FROM backer b WHERE b.id = record.backer_id)',
      survey: '(SELECT octet_length(s::text) FROM survey s WHERE s.pledge_id = record.id)',
    },
    times: {
      ...updatedAt,
      // Not as coalesce(), which Postgres does not take for leakproof: behind the wall, no cursor could use the index.
      pledgedAt: '(CASE WHEN t.pledged_at IS NULL THEN t.created_at ELSE t.pledged_at END)',
    },
    conditions: {
      ...written,
      status: (statuses, { parameters: { add } }) =>
        `${shownStatusSql('t')} = ANY (${add(statuses)}::text[])`,
      product: (product, { parameters: { add } }) => `t.items ? ${add(product)}::text`,
      platform: (platforms, { parameters: { add } }) => `t.platform = ANY (${add(platforms)}::text[])`,
      country: (countries, { parameters: { add } }) => `t.shipping_country = ANY (${add(countries)}::text[])`,
      q: (text, { parameters: { add }, ofOwner }) => {
        const wanted = add(text);
        const own = `${begins('t.external_id', wanted)} OR ${contains('t.shipping_name', wanted)}`;
        return `(${own} OR ${ofOwner(contains('o.name', wanted))})`;
      },
      // A blank that a file states is an empty text.
      withoutAddress: (wanted) => `coalesce(t.shipping_address1, '') ${wanted ? '=' : '<>'} ''`,
    },
    narrow: {
      ...amongIds('id'),
      email: (email, { parameters: { add }, campaignId }) =>
        `t.backer_id = ${add(backerOf(campaignId, email))}::uuid`,
    },
  },
  products: {
    table: 'product',
    idColumn: 'id',
    expansions: {},
    times: updatedAt,
    conditions: {
      ...written,
      q: (text, { parameters: { add } }) => {
        const wanted = add(text);
        return `(${contains('t.name', wanted)} OR ${begins('t.key', wanted)} OR ${begins('t.sku', wanted)})`;
      },
    },
    narrow: amongIds('id'),
  },
  surveys: {
    table: 'survey',
    idColumn: 'pledge_id',
    owner: { table: 'pledge', key: 'pledge_id' },
    expansions: { pledge: '(SELECT octet_length(p::text) FROM pledge p WHERE p.id = record.pledge_id)' },
    times: updatedAt,
    conditions: {
      ...written,
      platform: (platforms, { parameters: { add }, ofOwner }) =>
        ofOwner(`o.platform = ANY (${add(platforms)}::text[])`),
    },
    narrow: {
      ...amongIds('pledge_id'),
      email: (email, { parameters: { add }, campaignId }) =>
        // As an array, so that those few surveys are looked up by it.
        `t.pledge_id = ANY (ARRAY(SELECT p.id FROM pledge p
           WHERE p.campaign_id = ${add(campaignId)}::uuid AND p.backer_id = ${add(backerOf(campaignId, email))}::uuid))`,
    },
  },
  inventory: {
    table: 'inventory',
    idColumn: 'product_id',
    owner: { table: 'product', key: 'product_id' },
    expansions: {},
    times: updatedAt,
    conditions: {
      ...since,
      short: (wanted) => `coalesce(t.committed > t.on_hand, false) ${wanted ? '' : 'IS NOT TRUE'}`,
      product: (product, { parameters: { add } }) => `t.product_id = ${add(product)}::uuid`,
      q: (text, { parameters: { add }, ofOwner }) => {
        const wanted = add(text);
        return ofOwner(
          `${contains('o.name', wanted)} OR ${begins('o.key', wanted)} OR ${begins('o.sku', wanted)}`,
        );
      },
    },
    narrow: amongIds('product_id'),
  },
};

/** The filters of a query as conditions, in the order of the list's. */
export function conditionsOf(
  list: Pick<RecordList, 'conditions' | 'narrow'>,
  kind: 'conditions' | 'narrow',
  filters: RecordFilters,
  context: ConditionContext,
): readonly string[] {
  const known = list[kind];
  // One by one, because the type of each value is that of its filter.
  const write = <Name extends keyof RecordFilters>(name: Name): readonly string[] => {
    const value = filters[name];
    const condition: Condition<NonNullable<RecordFilters[Name]>> | undefined = known[name];
    return value === undefined || value === null || condition === undefined
      ? []
      : [condition(value, context)];
  };
  return filterNames.flatMap((name) => write(name));
}

const filterNames = [
  'status',
  'product',
  'platform',
  'country',
  'email',
  'q',
  'hasIssue',
  'withoutAddress',
  'short',
  'updatedSince',
  'upload',
  'ids',
] as const satisfies readonly (keyof RecordFilters)[];
