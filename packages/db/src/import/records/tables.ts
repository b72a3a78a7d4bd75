import { surveyAnswerSchema } from '@pledgeline/csv-core';
import { z } from 'zod';
import { firstRowWins, lastRowWins } from './merge-rows.js';
import type { EntriesFormat, RecordColumn, RecordTable } from './record-table.js';

const text = (name: string): RecordColumn => ({ name, type: 'text' });
const amount = (name: string): RecordColumn => ({ name, type: 'numeric' });
const uuid = (name: string): RecordColumn => ({ name, type: 'uuid' });
const instant = (name: string): RecordColumn => ({ name, type: 'timestamptz' });

const plainEntries: EntriesFormat = {
  encode: (entries) => entries,
  decode: (json) => z.record(z.string(), z.string()).parse(json),
};

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
};

/** `3:Blue`: an answer with the position of its question. */
export function packAnswer(position: number, answer: string): string {
  return `${position}:${answer}`;
}

function unpackAnswer(packed: string): { readonly position: number; readonly answer: string } {
  const colon = packed.indexOf(':');
  return { position: Number(packed.slice(0, colon)), answer: packed.slice(colon + 1) };
}

function defineRecordTable(definition: Omit<RecordTable, 'columnNames'>): RecordTable {
  return { ...definition, columnNames: definition.columns.map(({ name }) => name) };
}

export const backerTable = defineRecordTable({
  name: 'backer',
  idColumn: 'id',
  compare: lastRowWins,
  columns: [
    uuid('campaign_id'),
    text('identity'),
    text('email'),
    text('name'),
    text('billing_state'),
    text('billing_country'),
    text('billing_country_raw'),
  ],
});

export const productTable = defineRecordTable({
  name: 'product',
  idColumn: 'id',
  // Every chunk names the same few products. If the last row won, each chunk would wait for the one before it
  // to rewrite them.
  compare: firstRowWins,
  columns: [
    uuid('campaign_id'),
    { name: 'kind', type: '"ProductKind"' },
    text('key'),
    text('name'),
    text('sku'),
    amount('price'),
    text('currency'),
  ],
});

export const pledgeTable = defineRecordTable({
  name: 'pledge',
  idColumn: 'id',
  compare: lastRowWins,
  columns: [
    uuid('campaign_id'),
    uuid('backer_id'),
    text('platform'),
    text('external_id'),
    { name: 'status', type: '"PledgeStatus"' },
    text('status_raw'),
    amount('amount'),
    amount('shipping_amount'),
    amount('bonus_amount'),
    text('currency'),
    instant('pledged_at'),
    text('fulfillment'),
    text('notes'),
    text('shipping_name'),
    text('shipping_address1'),
    text('shipping_address2'),
    text('shipping_city'),
    text('shipping_state'),
    text('shipping_postal_code'),
    text('shipping_country'),
    text('shipping_country_raw'),
    text('shipping_phone'),
    text('delivery_notes'),
    { name: 'extra', type: 'jsonb', entries: plainEntries },
    uuid('items_digest'),
  ],
});

export const surveyTable = defineRecordTable({
  name: 'survey',
  idColumn: 'pledge_id',
  compare: lastRowWins,
  columns: [
    uuid('campaign_id'),
    instant('answered_at'),
    { name: 'answers', type: 'jsonb', entries: answerEntries },
  ],
});
