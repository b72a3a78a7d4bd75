import { Prisma, type ProductKind } from '../../../generated/prisma/client.js';
import { shownStatus } from '../../gone/shown-status.js';
import { decodeItems } from '../../records/stored-items.js';
import type { RecordSource } from './records-query.js';

/** Columns that only the import uses; readers do not get them. */
const versionColumns = {
  uploadSequence: true,
  rowNumber: true,
  fills: true,
  rowFingerprint: true,
  baseSequence: true,
  baseFingerprint: true,
} as const;

const hidden = { campaignId: true, ...versionColumns } as const;

/** Orders rows as their ids are. Rows that are gone are left out. */
function inOrder<Row>(
  ids: readonly string[],
  rows: readonly Row[],
  idOf: (row: Row) => string,
): readonly Row[] {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

type Client = Pick<RecordSource, 'prisma'>;

export async function readBackers({ prisma }: Client, ids: readonly string[]) {
  const found = await prisma.backer.findMany({ where: { id: { in: [...ids] } }, omit: hidden });
  return inOrder(ids, found, ({ id }) => id);
}

export async function readProducts({ prisma }: Client, ids: readonly string[]) {
  const found = await prisma.product.findMany({ where: { id: { in: [...ids] } }, omit: hidden });
  return inOrder(ids, found, ({ id }) => id);
}

export async function readSurveys({ prisma }: Client, ids: readonly string[]) {
  const found = await prisma.survey.findMany({ where: { pledgeId: { in: [...ids] } }, omit: hidden });
  return inOrder(ids, found, ({ pledgeId }) => pledgeId);
}

/** Inventory with the products it counts. */
export async function readInventory({ prisma }: Client, ids: readonly string[]) {
  const found = await prisma.inventory.findMany({
    where: { productId: { in: [...ids] } },
    omit: { campaignId: true },
    include: { product: { select: { kind: true, key: true, name: true, sku: true } } },
  });
  return inOrder(ids, found, ({ productId }) => productId);
}

/** What is shown of the product of an item. */
export interface NamedProduct {
  readonly id: string;
  readonly kind: ProductKind;
  readonly key: string;
  readonly name: string;
}

/** The products of one list, each read once. */
export type ProductNames = Map<string, NamedProduct>;

/** Pledges with their items, by product id. */
export async function readPledges(source: Client, ids: readonly string[], names: ProductNames = new Map()) {
  const found = await source.prisma.pledge.findMany({
    where: { id: { in: [...ids] } },
    omit: { ...hidden, formerItemsDigest: true },
  });
  const pledges = found.map(({ items, goneSequence, status, ...pledge }) => ({
    pledge: { ...pledge, status: shownStatus({ goneSequence, status }) },
    items: decodeItems(items ?? {}),
  }));
  await addNames(
    source,
    names,
    pledges.flatMap(({ items }) => items.map(({ productId }) => productId)),
  );
  const withItems = pledges.map(({ pledge, items }) => ({
    ...pledge,
    items: items.flatMap(({ productId, quantity, unitPrice }) => {
      const product = names.get(productId);
      // As Prisma gives all other amounts.
      const price = unitPrice === null ? null : new Prisma.Decimal(unitPrice);
      return product === undefined ? [] : [{ quantity, unitPrice: price, product }];
    }),
  }));
  return inOrder(ids, withItems, ({ id }) => id);
}

async function addNames({ prisma }: Client, names: ProductNames, ids: readonly string[]): Promise<void> {
  const missing = [...new Set(ids)].filter((id) => !names.has(id));
  if (missing.length === 0) return;
  const found = await prisma.product.findMany({
    where: { id: { in: missing } },
    select: { id: true, kind: true, key: true, name: true },
  });
  for (const product of found) names.set(product.id, product);
}

type Read<Of extends (...parameters: never[]) => Promise<readonly unknown[]>> = Awaited<
  ReturnType<Of>
>[number];
/** Records as readers get them. */
export type BackerRow = Read<typeof readBackers>;
export type PledgeRow = Read<typeof readPledges>;
export type ProductRow = Read<typeof readProducts>;
export type SurveyRow = Read<typeof readSurveys>;
export type InventoryRow = Read<typeof readInventory>;
