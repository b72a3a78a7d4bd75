import type {
  BackerRecord,
  MappedRecord,
  PledgeItemRecord,
  PledgeRecord,
  ProductKind,
  ProductRecord,
} from '@pledgeline/csv-core';
import { nameBasedId } from '../../ids.js';
import { canonicalAmount } from './canonical-amount.js';
import { type FileRow, gatherRows, type Incoming } from './incoming.js';
import type { Cell } from './merge-rows.js';
import { backerTable, packAnswer, pledgeTable, productTable, surveyTable } from './tables.js';

/** The rows of a chunk, by table, ready to be compared and written. */
export interface PreparedRecords {
  readonly products: readonly Incoming[];
  readonly backers: readonly Incoming[];
  readonly pledges: readonly Incoming[];
  readonly items: ItemSets;
  readonly surveys: readonly Incoming[];
}

interface Campaign {
  readonly campaignId: string;
  /** The upload's sequence in it. */
  readonly sequence: number;
}

/** Gives records their ids and fingerprints. Touches no database, so it is done before locks are held. */
export function prepareRecords(campaign: Campaign, records: readonly MappedRecord[]): PreparedRecords {
  const { campaignId, sequence } = campaign;
  const idOf = productIds(campaignId);
  const keyed = records.map((record) => withIds(campaignId, record));
  const items = new ItemSets(campaignId, idOf);
  return {
    products: gatherRows(productTable, productRows(campaign, records, idOf), sequence),
    backers: gatherRows(backerTable, backerRows(campaign, keyed), sequence),
    pledges: gatherRows(pledgeTable, pledgeRows(campaign, keyed, items), sequence),
    items,
    surveys: gatherRows(surveyTable, surveyRows(campaign, keyed), sequence),
  };
}

function productRows(
  campaign: Campaign,
  records: readonly MappedRecord[],
  idOf: ProductIds,
): readonly FileRow[] {
  const last = new Map<string, ProductRecord>();
  const rows: FileRow[] = [];
  for (const { row, products } of records) {
    for (const product of products) {
      const id = idOf(product.kind, product.key);
      const before = last.get(id);
      // Thousands of rows name the same few products, with the same values.
      if (before !== undefined && saysTheSame(before, product)) continue;
      last.set(id, product);
      rows.push({ id, row, cells: productCells(campaign, product) });
    }
  }
  return rows;
}

interface KeyedRecord {
  readonly record: MappedRecord;
  readonly backerId: string;
  /** Null when the record is of a person alone. */
  readonly pledgeId: string | null;
}

function withIds(campaignId: string, record: MappedRecord): KeyedRecord {
  const { backer, pledge } = record;
  return {
    record,
    backerId: nameBasedId(campaignId, 'backer', backer.identity),
    pledgeId: pledge && nameBasedId(campaignId, 'pledge', pledge.platform, pledge.externalId),
  };
}

function pledgeRows(
  campaign: Campaign,
  records: readonly KeyedRecord[],
  items: ItemSets,
): readonly FileRow[] {
  const rows: FileRow[] = [];
  for (const { record, backerId, pledgeId: id } of records) {
    const { row, pledge } = record;
    if (pledge === null || id === null) continue;
    const itemsFingerprint = pledge.items && items.add(id, pledge.items);
    rows.push({ id, row, cells: pledgeCells(campaign, backerId, pledge, itemsFingerprint) });
  }
  return rows;
}

function surveyRows({ campaignId }: Campaign, records: readonly KeyedRecord[]): readonly FileRow[] {
  const rows: FileRow[] = [];
  for (const { record, pledgeId: id } of records) {
    const { row, survey } = record;
    if (id === null || survey === null) continue;
    const answers = survey.answers.map(
      (each) => [each.question, packAnswer(each.position, each.answer)] as const,
    );
    rows.push({ id, row, cells: [campaignId, survey.answeredAt, Object.fromEntries(answers)] });
  }
  return rows;
}

function backerRows(campaign: Campaign, records: readonly KeyedRecord[]): readonly FileRow[] {
  return records.map(({ record: { row, backer }, backerId: id }) => ({
    id,
    row,
    cells: backerCells(campaign, backer),
  }));
}

type ProductIds = (kind: ProductKind, key: string) => string;

/** Ids of a campaign's products, each worked out once. */
function productIds(campaignId: string): ProductIds {
  const known: Readonly<Record<ProductKind, Map<string, string>>> = {
    REWARD: new Map(),
    ADD_ON: new Map(),
    ITEM: new Map(),
  };
  return (kind, key) => {
    const before = known[kind].get(key);
    if (before !== undefined) return before;
    const id = nameBasedId(campaignId, 'product', kind, key);
    known[kind].set(key, id);
    return id;
  };
}

function saysTheSame(a: ProductRecord, b: ProductRecord): boolean {
  return a.name === b.name && a.sku === b.sku && a.price === b.price && a.currency === b.currency;
}

function productCells({ campaignId }: Campaign, product: ProductRecord): readonly Cell[] {
  const price = product.price === null ? null : canonicalAmount(product.price);
  return [campaignId, product.kind, product.key, product.name, product.sku, price, product.currency];
}

function backerCells({ campaignId }: Campaign, backer: BackerRecord): readonly Cell[] {
  const country = oneOf(backer.billingCountry, backer.billingCountryRaw);
  return [campaignId, backer.identity, backer.email, backer.name, backer.billingState, ...country];
}

/** A country is a code or, if it could not be read, the file's text: a row that has one of them blanks the other. */
function oneOf(code: string | null, raw: string | null): readonly [Cell, Cell] {
  if (code === null && raw === null) return [null, null];
  return [code ?? '', raw ?? ''];
}

function pledgeCells(
  { campaignId }: Campaign,
  backerId: string,
  pledge: PledgeRecord,
  itemsFingerprint: string | null,
): readonly Cell[] {
  return [
    campaignId,
    backerId,
    pledge.platform,
    pledge.externalId,
    pledge.status,
    pledge.statusRaw,
    amountCell(pledge.amount),
    amountCell(pledge.shippingAmount),
    amountCell(pledge.bonusAmount),
    pledge.currency,
    pledge.pledgedAt,
    pledge.fulfillment,
    pledge.notes,
    ...addressCells(pledge),
    pledge.shippingPhone,
    pledge.deliveryNotes,
    pledge.extra,
    itemsFingerprint,
  ];
}

function amountCell(amount: string | null): string | null {
  return amount === null ? null : canonicalAmount(amount);
}

/**
 * A street belongs to its city: a row with a street replaces the whole address, blanks included (stored as empty texts).
 * Without a street, only the cells with a value count.
 */
function addressCells(pledge: PledgeRecord): readonly Cell[] {
  const lines = [
    pledge.shippingName,
    pledge.shippingAddress1,
    pledge.shippingAddress2,
    pledge.shippingCity,
    pledge.shippingState,
    pledge.shippingPostalCode,
  ];
  if (pledge.shippingAddress1 === null) {
    return [...lines, ...oneOf(pledge.shippingCountry, pledge.shippingCountryRaw)];
  }
  return [...lines, pledge.shippingCountry, pledge.shippingCountryRaw].map((line) => line ?? '');
}

/** One of a pledge's items. */
export interface ItemRow {
  readonly productId: string;
  readonly quantity: number;
  readonly unitPrice: string | null;
}

interface ItemSet {
  readonly fingerprint: string;
  readonly items: readonly ItemRow[];
}

/** The sets of items that a chunk brings, by pledge: nearly always one each. */
export class ItemSets {
  readonly #campaignId: string;
  readonly #idOf: ProductIds;
  readonly #sets = new Map<string, ItemSet[]>();

  constructor(campaignId: string, idOf: ProductIds) {
    this.#campaignId = campaignId;
    this.#idOf = idOf;
  }

  /** Remembers a set and returns its fingerprint: the same items have the same, in whatever order. */
  add(pledge: string, items: readonly PledgeItemRecord[]): string {
    const rows = items
      .map((item) => ({
        productId: this.#idOf(item.kind, item.productKey),
        quantity: item.quantity,
        unitPrice: item.unitPrice === null ? null : canonicalAmount(item.unitPrice),
      }))
      .sort((a, b) => (a.productId < b.productId ? -1 : 1));
    const fingerprint = nameBasedId(
      this.#campaignId,
      ...rows.map((row) => `${row.productId} ${row.quantity} ${row.unitPrice}`),
    );
    const sets = this.#sets.get(pledge);
    if (sets === undefined) this.#sets.set(pledge, [{ fingerprint, items: rows }]);
    else sets.push({ fingerprint, items: rows });
    return fingerprint;
  }

  get(pledge: string, fingerprint: string): readonly ItemRow[] {
    const set = this.#sets.get(pledge)?.find((each) => each.fingerprint === fingerprint);
    if (!set) throw new Error(`The items of the pledge ${pledge} are not those of a row of this chunk`);
    return set.items;
  }
}
