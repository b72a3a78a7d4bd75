import type {
  BackerRecord,
  MappedRecord,
  PledgeItemRecord,
  PledgeRecord,
  ProductKind,
  ProductRecord,
} from '@pledgeline/csv-core';
import type pg from 'pg';
import { nameBasedId } from '../ids.js';
import { canonicalAmount } from './canonical-amount.js';
import type { Cell } from './merge-rows.js';
import { backerTable, packAnswer, pledgeTable, productTable, surveyTable } from './tables.js';
import { type IncomingRow, type WrittenRow, writeRows } from './write-rows.js';

/** Where records come from, and how they take part in the order of writers. */
export interface RecordSource {
  readonly campaignId: string;
  /** The upload's sequence in the campaign. */
  readonly sequence: number;
  /** Whether an older row could still be written; see writeRows. */
  readonly markUnchanged: boolean;
}

/**
 * Writes the products that records name. In a short transaction of its own, before the records: all chunks name
 * the same products, and a chunk must not hold their rows while it writes thousands of others. Returns their ids.
 */
export async function writeProducts(
  client: pg.ClientBase,
  source: RecordSource,
  records: readonly MappedRecord[],
): Promise<readonly string[]> {
  const idOf = productIds(source.campaignId);
  const seen = new Set<string>();
  const rows: IncomingRow[] = [];
  for (const { row, products } of records) {
    for (const product of products) {
      const cells = productCells(source, product);
      // Thousands of rows name a few products, in the same words.
      const said = JSON.stringify(cells);
      if (seen.has(said)) continue;
      seen.add(said);
      rows.push({ id: idOf(product.kind, product.key), row, cells });
    }
  }
  await writeRows(client, productTable, rows, source);
  return [...new Set(rows.map((row) => row.id))];
}

/**
 * Writes backers, pledges with their items, and surveys; of a list of people the backers alone. Their products must be
 * there already.
 */
export async function writeRecords(
  client: pg.ClientBase,
  source: RecordSource,
  records: readonly MappedRecord[],
): Promise<void> {
  const items = new ItemSets(source.campaignId);
  const backers: IncomingRow[] = [];
  const pledges: IncomingRow[] = [];
  const surveys: IncomingRow[] = [];
  for (const { row, backer, pledge, survey } of records) {
    const backerId = nameBasedId(source.campaignId, 'backer', backer.identity);
    backers.push({ id: backerId, row, cells: backerCells(source, backer) });
    if (pledge === null) continue;
    const id = pledgeId(source.campaignId, pledge);
    const digest = pledge.items && items.add(id, pledge.items);
    pledges.push({ id, row, cells: pledgeCells(source, backerId, pledge, digest) });
    if (survey) {
      const answers = survey.answers.map(
        (each) => [each.question, packAnswer(each.position, each.answer)] as const,
      );
      surveys.push({ id, row, cells: [source.campaignId, survey.answeredAt, Object.fromEntries(answers)] });
    }
  }
  const written = await writeRows(client, pledgeTable, pledges, source);
  await writeItems(client, written, items);
  await writeRows(client, surveyTable, surveys, source);
  // Last, though pledges name them (that is checked at commit): two chunks often share a backer, and whoever comes
  // second waits from here until the other one commits.
  await writeRows(client, backerTable, backers, source);
}

function pledgeId(campaignId: string, pledge: Pick<PledgeRecord, 'platform' | 'externalId'>): string {
  return nameBasedId(campaignId, 'pledge', pledge.platform, pledge.externalId);
}

/** Ids of a campaign's products, each worked out once. */
function productIds(campaignId: string): (kind: ProductKind, key: string) => string {
  const known = new Map<string, string>();
  return (kind, key) => {
    const name = `${kind} ${key}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const id = nameBasedId(campaignId, 'product', kind, key);
    known.set(name, id);
    return id;
  };
}

function productCells({ campaignId }: RecordSource, product: ProductRecord): readonly Cell[] {
  const price = product.price === null ? null : canonicalAmount(product.price);
  return [campaignId, product.kind, product.key, product.name, product.sku, price, product.currency];
}

function backerCells({ campaignId }: RecordSource, backer: BackerRecord): readonly Cell[] {
  const country = oneOf(backer.billingCountry, backer.billingCountryRaw);
  return [campaignId, backer.identity, backer.email, backer.name, backer.billingState, ...country];
}

/** A code and the text of an unreadable one exclude each other: whichever is told blanks the other. */
function oneOf(code: string | null, raw: string | null): readonly [Cell, Cell] {
  if (code === null && raw === null) return [null, null];
  return [code ?? '', raw ?? ''];
}

function pledgeCells(
  { campaignId }: RecordSource,
  backerId: string,
  pledge: PledgeRecord,
  itemsDigest: string | null,
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
    itemsDigest,
  ];
}

function amountCell(amount: string | null): string | null {
  return amount === null ? null : canonicalAmount(amount);
}

/**
 * A street belongs to its city: a row with a street replaces the whole address, blanks included (an empty text
 * is a blank that was told). Without a street, only the cells that say something count.
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

interface ItemRow {
  readonly productId: string;
  readonly quantity: number;
  readonly unitPrice: string | null;
}

/** The sets of items that a chunk brings, by pledge and fingerprint. */
class ItemSets {
  readonly #campaignId: string;
  readonly #idOf: ReturnType<typeof productIds>;
  readonly #sets = new Map<string, readonly ItemRow[]>();

  constructor(campaignId: string) {
    this.#campaignId = campaignId;
    this.#idOf = productIds(campaignId);
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
    const digest = nameBasedId(
      this.#campaignId,
      ...rows.map((row) => `${row.productId} ${row.quantity} ${row.unitPrice}`),
    );
    this.#sets.set(`${pledge} ${digest}`, rows);
    return digest;
  }

  get(pledge: string, digest: string): readonly ItemRow[] {
    const rows = this.#sets.get(`${pledge} ${digest}`);
    if (!rows) throw new Error(`Pledge ${pledge} was given items that no row of the chunk has`);
    return rows;
  }
}

const digestColumn = pledgeTable.columnNames.indexOf('items_digest');

/** The winning row's items replace a pledge's items as a set. */
async function writeItems(
  client: pg.ClientBase,
  pledges: readonly WrittenRow[],
  sets: ItemSets,
): Promise<void> {
  const changed = pledges.filter(
    ({ before, cells }) => cells[digestColumn] !== (before === null ? null : before[digestColumn]),
  );
  const replaced = changed.filter(({ before }) => before !== null).map(({ id }) => id);
  if (replaced.length > 0) {
    await client.query('DELETE FROM pledge_item WHERE pledge_id = ANY ($1::uuid[])', [replaced]);
  }
  const rows = changed.flatMap(({ id, cells }) => {
    const digest = cells[digestColumn];
    return typeof digest === 'string' ? sets.get(id, digest).map((item) => ({ pledgeId: id, ...item })) : [];
  });
  if (rows.length === 0) return;
  await client.query(
    `INSERT INTO pledge_item (pledge_id, product_id, quantity, unit_price)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::numeric[])`,
    [
      rows.map((row) => row.pledgeId),
      rows.map((row) => row.productId),
      rows.map((row) => row.quantity),
      rows.map((row) => row.unitPrice),
    ],
  );
}
