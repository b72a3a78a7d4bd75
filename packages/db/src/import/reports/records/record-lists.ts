import { nameBasedId } from '../../../ids.js';
import { shownStatusSql } from '../../gone/shown-status.js';
import type { Parameters } from './parameters.js';
import type { Expansion, RecordFilters, RecordNoun, SortColumn } from './records-query.js';

/** Writes a filter as a condition on the record `t`. */
type Condition<Value> = (value: Value, parameters: Parameters, campaignId: string) => string;

type Conditions = {
  readonly [Name in keyof RecordFilters]?: Condition<NonNullable<RecordFilters[Name]>>;
};

/** How the records of a list are found. */
export interface RecordList {
  readonly table: string;
  readonly idColumn: string;
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

const since: Conditions = {
  updatedSince: (time, { add }) => `t.updated_at >= ${add(time)}::timestamptz`,
};

/** By the version columns, which inventory does not have. The times are implied: they bound the part of the index that is read. */
const written: Conditions = {
  ...since,
  upload: ({ sequence, from, to }, { add }) =>
    [
      `t.base_sequence = ${add(sequence)}::int`,
      `t.updated_at >= ${add(from)}::timestamptz`,
      ...(to === null ? [] : [`t.updated_at <= ${add(to)}::timestamptz`]),
    ].join(' AND '),
  // `marked` is made beside the statement that uses it; see `page-statement.ts`.
  hasIssue: (wanted) =>
    `(t.upload_sequence, t.row_number) ${wanted ? 'IN' : 'NOT IN'} (SELECT sequence, row FROM marked)`,
};

/** A value of the backer, looked up record by record: as a join, Postgres may read all backers for a page of pledges. */
const ofBacker = (value: string, backerId: string) =>
  `(SELECT ${value} FROM backer b WHERE b.id = ${backerId})`;
const ofPledge = (value: string) => `(SELECT ${value} FROM pledge p WHERE p.id = t.pledge_id)`;

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
      country: (countries, { add }) => `t.billing_country = ANY (${add(countries)}::text[])`,
      q: (text, { add }) => {
        const wanted = add(text);
        // Without an address, the identity is `platform:number`.
        const number = "CASE WHEN t.email IS NULL THEN substr(t.identity, strpos(t.identity, ':') + 1) END";
        return `(${contains('t.name', wanted)} OR ${begins(number, wanted)})`;
      },
    },
    narrow: {
      email: (email, { add }, campaignId) => `t.id = ${add(backerOf(campaignId, email))}::uuid`,
    },
  },
  pledges: {
    table: 'pledge',
    idColumn: 'id',
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
      status: (statuses, { add }) => `${shownStatusSql('t')} = ANY (${add(statuses)}::text[])`,
      product: (product, { add }) => `t.items ? ${add(product)}::text`,
      platform: (platforms, { add }) => `t.platform = ANY (${add(platforms)}::text[])`,
      country: (countries, { add }) => `t.shipping_country = ANY (${add(countries)}::text[])`,
      q: (text, { add }) => {
        const wanted = add(text);
        const names = [ofBacker('b.name', 't.backer_id'), 't.shipping_name'];
        const conditions = names.map((name) => contains(name, wanted));
        return `(${[begins('t.external_id', wanted), ...conditions].join(' OR ')})`;
      },
      // A blank that a file states is an empty text.
      withoutAddress: (wanted) => `coalesce(t.shipping_address1, '') ${wanted ? '=' : '<>'} ''`,
    },
    narrow: {
      email: (email, { add }, campaignId) => `t.backer_id = ${add(backerOf(campaignId, email))}::uuid`,
    },
  },
  products: {
    table: 'product',
    idColumn: 'id',
    expansions: {},
    times: updatedAt,
    conditions: {
      ...written,
      q: (text, { add }) => {
        const wanted = add(text);
        return `(${contains('t.name', wanted)} OR ${begins('t.key', wanted)} OR ${begins('t.sku', wanted)})`;
      },
    },
    narrow: {},
  },
  surveys: {
    table: 'survey',
    idColumn: 'pledge_id',
    expansions: { pledge: '(SELECT octet_length(p::text) FROM pledge p WHERE p.id = record.pledge_id)' },
    times: updatedAt,
    conditions: {
      ...written,
      platform: (platforms, { add }) => `${ofPledge('p.platform')} = ANY (${add(platforms)}::text[])`,
    },
    narrow: {
      email: (email, { add }, campaignId) =>
        // As an array, so that those few surveys are looked up by it.
        `t.pledge_id = ANY (ARRAY(SELECT p.id FROM pledge p
           WHERE p.campaign_id = ${add(campaignId)}::uuid AND p.backer_id = ${add(backerOf(campaignId, email))}::uuid))`,
    },
  },
  inventory: {
    table: 'inventory',
    idColumn: 'product_id',
    expansions: {},
    times: updatedAt,
    conditions: {
      ...since,
      product: (product, { add }) => `t.product_id = ${add(product)}::uuid`,
      q: (text, { add }) => {
        const wanted = add(text);
        const of = (value: string) => `(SELECT ${value} FROM product p WHERE p.id = t.product_id)`;
        return `(${contains(of('p.name'), wanted)} OR ${begins(of('p.key'), wanted)} OR ${begins(of('p.sku'), wanted)})`;
      },
    },
    narrow: {},
  },
};

/** The filters of a query as conditions, in the order of the list's. */
export function conditionsOf(
  list: Pick<RecordList, 'conditions' | 'narrow'>,
  kind: 'conditions' | 'narrow',
  filters: RecordFilters,
  parameters: Parameters,
  campaignId: string,
): readonly string[] {
  const known = list[kind];
  // One by one, because the type of each value is that of its filter.
  const write = <Name extends keyof RecordFilters>(name: Name): readonly string[] => {
    const value = filters[name];
    const condition: Condition<NonNullable<RecordFilters[Name]>> | undefined = known[name];
    return value === undefined || value === null || condition === undefined
      ? []
      : [condition(value, parameters, campaignId)];
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
  'updatedSince',
  'upload',
] as const satisfies readonly (keyof RecordFilters)[];
