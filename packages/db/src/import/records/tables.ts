import type { BackerRecord, PledgeRecord, ProductRecord, SurveyRecord } from '@pledgeline/csv-core';
import { surveyAnswerSchema } from '@pledgeline/csv-core/map';
import { z } from 'zod';
import { canonicalAmount } from './canonical-amount.js';
import { type Cell, firstRowWins, lastRowWins } from './merge-rows.js';
import { defineRecordTable, type EntriesFormat, type SourceColumn } from './record-table.js';
import { decodeItems, encodeItems } from './stored-items.js';

/** The backer of one row of a file. */
export interface BackerSource {
  readonly campaignId: string;
  readonly backer: BackerRecord;
}

/** The product of one row of a file. */
export interface ProductSource {
  readonly campaignId: string;
  readonly product: ProductRecord;
}

/** The pledge of one row of a file. */
export interface PledgeSource {
  readonly campaignId: string;
  readonly backerId: string;
  readonly pledge: PledgeRecord;
  /** As `encodeItems` writes them; null when the file has no items. */
  readonly items: string | null;
}

/** The survey of one row of a file. */
export interface SurveySource {
  readonly campaignId: string;
  readonly survey: SurveyRecord;
}

type CellOf<Source> = (source: Source) => Cell;

function text<Source>(name: string, cellOf: CellOf<Source>): SourceColumn<Source> {
  return { name, type: 'text', cellOf };
}

function uuid<Source>(name: string, cellOf: CellOf<Source>): SourceColumn<Source> {
  return { name, type: 'uuid', cellOf };
}

function instant<Source>(name: string, cellOf: CellOf<Source>): SourceColumn<Source> {
  return { name, type: 'timestamptz', cellOf };
}

function amount<Source>(name: string, amountOf: (source: Source) => string | null): SourceColumn<Source> {
  const cellOf = (source: Source) => {
    const said = amountOf(source);
    return said === null ? null : canonicalAmount(said);
  };
  return { name, type: 'numeric', cellOf };
}

/** A column for each field of a record: a field without one does not compile. */
function columnsOf<Source, Fields>(
  columns: {
    readonly [Field in keyof Fields]: SourceColumn<Source>;
  },
): readonly SourceColumn<Source>[] {
  return Object.values<SourceColumn<Source>>(columns);
}

/** A country is a code or, if it could not be read, the file's text: a row that has one of them blanks the other. */
function unlessOther(own: string | null, other: string | null): string | null {
  return own === null && other !== null ? '' : own;
}

export const backerTable = defineRecordTable<BackerSource>({
  name: 'backer',
  idColumn: 'id',
  compare: lastRowWins,
  columns: [
    uuid('campaign_id', ({ campaignId }) => campaignId),
    ...columnsOf<BackerSource, BackerRecord>({
      identity: text('identity', ({ backer }) => backer.identity),
      email: text('email', ({ backer }) => backer.email),
      name: text('name', ({ backer }) => backer.name),
      billingState: text('billing_state', ({ backer }) => backer.billingState),
      billingCountry: text('billing_country', ({ backer }) =>
        unlessOther(backer.billingCountry, backer.billingCountryRaw),
      ),
      billingCountryRaw: text('billing_country_raw', ({ backer }) =>
        unlessOther(backer.billingCountryRaw, backer.billingCountry),
      ),
    }),
  ],
});

export const productTable = defineRecordTable<ProductSource>({
  name: 'product',
  idColumn: 'id',
  // Every chunk names the same few products. If the last row won, each chunk would wait for the one before it
  // to rewrite them.
  compare: firstRowWins,
  columns: [
    uuid('campaign_id', ({ campaignId }) => campaignId),
    ...columnsOf<ProductSource, ProductRecord>({
      kind: { name: 'kind', type: '"ProductKind"', cellOf: ({ product }) => product.kind },
      key: text('key', ({ product }) => product.key),
      name: text('name', ({ product }) => product.name),
      sku: text('sku', ({ product }) => product.sku),
      price: amount('price', ({ product }) => product.price),
      currency: text('currency', ({ product }) => product.currency),
    }),
  ],
});

/**
 * A street belongs to its city: a row with a street replaces the whole address, blanks included (stored as empty texts).
 * Without a street, only the cells with a value count.
 */
function addressLine(
  name: string,
  lineOf: (pledge: PledgeRecord) => string | null,
): SourceColumn<PledgeSource> {
  return text(name, ({ pledge }) => lineOf(pledge) ?? (pledge.shippingAddress1 === null ? null : ''));
}

const plainEntries: EntriesFormat = {
  encode: (entries) => entries,
  decode: (json) => z.record(z.string(), z.string()).parse(json),
};

export const pledgeTable = defineRecordTable<PledgeSource>({
  name: 'pledge',
  idColumn: 'id',
  compare: lastRowWins,
  columns: [
    uuid('campaign_id', ({ campaignId }) => campaignId),
    uuid('backer_id', ({ backerId }) => backerId),
    ...columnsOf<PledgeSource, PledgeRecord>({
      platform: text('platform', ({ pledge }) => pledge.platform),
      externalId: text('external_id', ({ pledge }) => pledge.externalId),
      status: { name: 'status', type: '"PledgeStatus"', cellOf: ({ pledge }) => pledge.status },
      statusRaw: text('status_raw', ({ pledge }) => pledge.statusRaw),
      amount: amount('amount', ({ pledge }) => pledge.amount),
      shippingAmount: amount('shipping_amount', ({ pledge }) => pledge.shippingAmount),
      bonusAmount: amount('bonus_amount', ({ pledge }) => pledge.bonusAmount),
      currency: text('currency', ({ pledge }) => pledge.currency),
      pledgedAt: instant('pledged_at', ({ pledge }) => pledge.pledgedAt),
      fulfillment: text('fulfillment', ({ pledge }) => pledge.fulfillment),
      notes: text('notes', ({ pledge }) => pledge.notes),
      shippingName: addressLine('shipping_name', (pledge) => pledge.shippingName),
      shippingAddress1: addressLine('shipping_address1', (pledge) => pledge.shippingAddress1),
      shippingAddress2: addressLine('shipping_address2', (pledge) => pledge.shippingAddress2),
      shippingCity: addressLine('shipping_city', (pledge) => pledge.shippingCity),
      shippingState: addressLine('shipping_state', (pledge) => pledge.shippingState),
      shippingPostalCode: addressLine('shipping_postal_code', (pledge) => pledge.shippingPostalCode),
      shippingCountry: addressLine('shipping_country', (pledge) =>
        unlessOther(pledge.shippingCountry, pledge.shippingCountryRaw),
      ),
      shippingCountryRaw: addressLine('shipping_country_raw', (pledge) =>
        unlessOther(pledge.shippingCountryRaw, pledge.shippingCountry),
      ),
      shippingPhone: text('shipping_phone', ({ pledge }) => pledge.shippingPhone),
      deliveryNotes: text('delivery_notes', ({ pledge }) => pledge.deliveryNotes),
      extra: { name: 'extra', type: 'jsonb', entries: plainEntries, cellOf: ({ pledge }) => pledge.extra },
      // Not merged item by item: the row that wins the pledge replaces them as a set.
      items: {
        name: 'items',
        type: 'jsonb',
        decode: (json) => encodeItems(decodeItems(json)),
        cellOf: ({ items }) => items,
      },
    }),
  ],
});

/** Answers by question; the text carries the position, so that both come from the same row. */
const answerEntries: EntriesFormat = {
  encode: (entries) =>
    Object.entries(entries)
      .map(([question, packed]) => ({ question, ...unpackAnswer(packed) }))
      .sort((a, b) => a.position - b.position || (a.question < b.question ? -1 : 1)),
  decode: (json) =>
    Object.fromEntries(
      z
        .array(surveyAnswerSchema)
        .parse(json)
        .map(({ question, position, answer }) => [question, packAnswer(position, answer)]),
    ),
  saying: (packed) => unpackAnswer(packed).answer,
};

/** `3:Blue`: an answer with the position of its question. */
function packAnswer(position: number, answer: string): string {
  return `${position}:${answer}`;
}

function unpackAnswer(packed: string): { readonly position: number; readonly answer: string } {
  const colon = packed.indexOf(':');
  return { position: Number(packed.slice(0, colon)), answer: packed.slice(colon + 1) };
}

export const surveyTable = defineRecordTable<SurveySource>({
  name: 'survey',
  idColumn: 'pledge_id',
  compare: lastRowWins,
  columns: [
    uuid('campaign_id', ({ campaignId }) => campaignId),
    ...columnsOf<SurveySource, SurveyRecord>({
      answeredAt: instant('answered_at', ({ survey }) => survey.answeredAt),
      answers: {
        name: 'answers',
        type: 'jsonb',
        entries: answerEntries,
        cellOf: ({ survey }) =>
          Object.fromEntries(
            survey.answers.map(({ question, position, answer }) => [question, packAnswer(position, answer)]),
          ),
      },
    }),
  ],
});
