import { isDeepStrictEqual } from 'node:util';
import type {
  BackerRecord,
  MappedRecord,
  PledgeItemRecord,
  PledgeRecord,
  ProductRecord,
  SurveyAnswer,
  SurveyRecord,
} from '@pledgeline/csv-core';
import { describe, expect, it } from 'vitest';
import type { Incoming } from './incoming.js';
import { prepareRecords } from './prepare-records.js';
import type { RecordTable } from './record-table.js';
import { backerTable, pledgeTable, productTable, surveyTable } from './tables.js';

/** For each field of a record another value, and the columns that hold it: none for a field that is not stored. */
type Fields<R> = { readonly [F in keyof R]-?: readonly [another: R[F], ...columns: string[]] };

const backer: BackerRecord = {
  identity: 'ada@example.com',
  email: 'Ada@example.com',
  name: 'Ada',
  billingState: 'VOV',
  billingCountry: 'BE',
  billingCountryRaw: 'Flanders',
};
const backerFields: Fields<BackerRecord> = {
  identity: ['bo@example.com', 'identity'],
  email: ['Bo@example.com', 'email'],
  name: ['Bo', 'name'],
  billingState: ['VAN', 'billing_state'],
  billingCountry: ['NL', 'billing_country'],
  billingCountryRaw: ['Wallonia', 'billing_country_raw'],
};

const product: ProductRecord = {
  kind: 'ITEM',
  key: 'MUG',
  name: 'Mug',
  sku: 'M-1',
  price: '1',
  currency: 'EUR',
};
const productFields: Fields<ProductRecord> = {
  kind: ['REWARD', 'kind'],
  key: ['HAT', 'key'],
  name: ['Hat', 'name'],
  sku: ['H-1', 'sku'],
  price: ['2', 'price'],
  currency: ['USD', 'currency'],
};

const item: PledgeItemRecord = { kind: 'ITEM', productKey: 'MUG', quantity: 1, unitPrice: '1' };
const itemFields: Fields<PledgeItemRecord> = {
  kind: ['REWARD', 'items'],
  productKey: ['HAT', 'items'],
  quantity: [2, 'items'],
  unitPrice: ['2', 'items'],
};

const pledge: PledgeRecord = {
  platform: 'generic',
  externalId: '1',
  status: 'COLLECTED',
  statusRaw: 'paid',
  amount: '1',
  shippingAmount: '1',
  bonusAmount: '1',
  currency: 'EUR',
  pledgedAt: '2026-01-01T00:00:00.000Z',
  fulfillment: 'sent',
  notes: 'Fragile',
  shippingName: 'Ada',
  shippingAddress1: 'Main St 1',
  shippingAddress2: 'Bus 1',
  shippingCity: 'Ghent',
  shippingState: 'VOV',
  shippingPostalCode: '9000',
  shippingCountry: 'BE',
  shippingCountryRaw: 'Flanders',
  shippingPhone: '+32 1',
  deliveryNotes: 'Ring twice',
  items: [item],
  extra: { Colour: 'red' },
};
const pledgeFields: Fields<PledgeRecord> = {
  platform: ['kickstarter', 'platform'],
  externalId: ['2', 'external_id'],
  status: ['REFUNDED', 'status'],
  statusRaw: ['refunded', 'status_raw'],
  amount: ['2', 'amount'],
  shippingAmount: ['2', 'shipping_amount'],
  bonusAmount: ['2', 'bonus_amount'],
  currency: ['USD', 'currency'],
  pledgedAt: ['2026-01-02T00:00:00.000Z', 'pledged_at'],
  fulfillment: ['lost', 'fulfillment'],
  notes: ['Heavy', 'notes'],
  shippingName: ['Bo', 'shipping_name'],
  shippingAddress1: ['Side St 2', 'shipping_address1'],
  shippingAddress2: ['Bus 2', 'shipping_address2'],
  shippingCity: ['Antwerp', 'shipping_city'],
  shippingState: ['VAN', 'shipping_state'],
  shippingPostalCode: ['2000', 'shipping_postal_code'],
  shippingCountry: ['NL', 'shipping_country'],
  shippingCountryRaw: ['Wallonia', 'shipping_country_raw'],
  shippingPhone: ['+32 2', 'shipping_phone'],
  deliveryNotes: ['Leave it', 'delivery_notes'],
  items: [[], 'items'],
  extra: [{ Colour: 'blue' }, 'extra'],
};

const answer: SurveyAnswer = { position: 3, question: 'Colour?', answer: 'red' };
const answerFields: Fields<SurveyAnswer> = {
  position: [4, 'answers'],
  question: ['Size?', 'answers'],
  answer: ['blue', 'answers'],
};

const survey: SurveyRecord = { answeredAt: '2026-01-01T00:00:00.000Z', answers: [answer] };
const surveyFields: Fields<SurveyRecord> = {
  answeredAt: ['2026-01-02T00:00:00.000Z', 'answered_at'],
  answers: [[], 'answers'],
};

const record: MappedRecord = { row: 1, line: 2, rowCount: 1, backer, pledge, products: [product], survey };

const campaign = { campaignId: '0193a0c0-0000-7000-8000-000000000000', sequence: 1 };
const prepare = (change: Partial<MappedRecord>) => prepareRecords(campaign, [{ ...record, ...change }]);
const before = await prepare({});

/** Columns of the first row that are not as they were. */
function changedColumns(table: RecordTable, [was]: readonly Incoming[], [is]: readonly Incoming[]) {
  return table.columnNames.filter((_, at) => !isDeepStrictEqual(was?.cells[at], is?.cells[at]));
}

describe('each field of a record is stored in the columns that are named here, and no other', () => {
  it.each(Object.entries(backerFields))('backer.%s', async (field, [another, ...columns]) => {
    const { backers } = await prepare({ backer: { ...backer, [field]: another } });
    expect(changedColumns(backerTable, before.backers, backers)).toEqual(columns);
  });

  it.each(Object.entries(productFields))('product.%s', async (field, [another, ...columns]) => {
    const { products } = await prepare({ products: [{ ...product, [field]: another }] });
    expect(changedColumns(productTable, before.products, products)).toEqual(columns);
  });

  it.each(Object.entries(pledgeFields))('pledge.%s', async (field, [another, ...columns]) => {
    const { pledges } = await prepare({ pledge: { ...pledge, [field]: another } });
    expect(changedColumns(pledgeTable, before.pledges, pledges)).toEqual(columns);
  });

  it.each(Object.entries(itemFields))('item.%s', async (field, [another, ...columns]) => {
    const { pledges } = await prepare({ pledge: { ...pledge, items: [{ ...item, [field]: another }] } });
    expect(changedColumns(pledgeTable, before.pledges, pledges)).toEqual(columns);
  });

  it.each(Object.entries(surveyFields))('survey.%s', async (field, [another, ...columns]) => {
    const { surveys } = await prepare({ survey: { ...survey, [field]: another } });
    expect(changedColumns(surveyTable, before.surveys, surveys)).toEqual(columns);
  });

  it.each(Object.entries(answerFields))('answer.%s', async (field, [another, ...columns]) => {
    const { surveys } = await prepare({ survey: { ...survey, answers: [{ ...answer, [field]: another }] } });
    expect(changedColumns(surveyTable, before.surveys, surveys)).toEqual(columns);
  });
});

it.each([
  [backerTable, backerFields, ['campaign_id']],
  [productTable, productFields, ['campaign_id']],
  [pledgeTable, pledgeFields, ['campaign_id', 'backer_id']],
  [surveyTable, surveyFields, ['campaign_id']],
] as const)('each column of $name is written from a field, but for keys', (table, fields, keys) => {
  const written = Object.values<readonly [unknown, ...string[]]>(fields).flatMap(([, ...columns]) => columns);
  expect(new Set([...keys, ...written])).toEqual(new Set(table.columnNames));
});
