import type { Database } from '../../client.js';
import { Prisma } from '../../generated/prisma/client.js';
import { readPage } from '../../read-page.js';
import { decodeItems } from '../records/stored-items.js';

export interface RecordsQuery {
  readonly campaignId: string;
  /** Id of the last row on the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** A campaign of the merchant by id or name, or null. */
export async function findCampaign(db: Database, merchantId: string, idOrName: string) {
  const byId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(idOrName);
  return db.prisma.campaign.findFirst({
    where: { merchantId, ...(byId ? { id: idOrName } : { name: idOrName }) },
    select: { id: true, name: true, createdAt: true },
  });
}

/** Columns that only the import uses; readers do not get them. */
const versionColumns = {
  uploadSequence: true,
  rowNumber: true,
  fills: true,
  rowFingerprint: true,
  baseSequence: true,
  baseFingerprint: true,
} as const;

export function listBackers(db: Database, query: RecordsQuery) {
  return readPage(
    query.limit,
    (take) =>
      db.prisma.backer.findMany({
        where: { campaignId: query.campaignId, ...afterId(query) },
        orderBy: { id: 'asc' },
        take,
        omit: { campaignId: true, ...versionColumns },
      }),
    (row) => row.id,
  );
}

export function listProducts(db: Database, query: RecordsQuery) {
  return readPage(
    query.limit,
    (take) =>
      db.prisma.product.findMany({
        where: { campaignId: query.campaignId, ...afterId(query) },
        orderBy: { id: 'asc' },
        take,
        omit: { campaignId: true, ...versionColumns },
      }),
    (row) => row.id,
  );
}

/** Pledges with their items, by product id. */
export async function listPledges(db: Database, query: RecordsQuery) {
  const page = await readPage(
    query.limit,
    (take) =>
      db.prisma.pledge.findMany({
        where: { campaignId: query.campaignId, ...afterId(query) },
        orderBy: { id: 'asc' },
        take,
        omit: { campaignId: true, ...versionColumns, formerItemsDigest: true },
      }),
    (row) => row.id,
  );
  const pledges = page.rows.map(({ items, ...pledge }) => ({ pledge, items: decodeItems(items ?? {}) }));
  const named = new Set(pledges.flatMap(({ items }) => items.map(({ productId }) => productId)));
  const products = await db.prisma.product.findMany({
    where: { id: { in: [...named] } },
    select: { id: true, kind: true, key: true, name: true },
  });
  const byId = new Map(products.map((product) => [product.id, product]));
  return {
    ...page,
    rows: pledges.map(({ pledge, items }) => ({
      ...pledge,
      items: items.flatMap(({ productId, quantity, unitPrice }) => {
        const product = byId.get(productId);
        // As Prisma gives all other amounts.
        const price = unitPrice === null ? null : new Prisma.Decimal(unitPrice);
        return product === undefined ? [] : [{ quantity, unitPrice: price, product }];
      }),
    })),
  };
}

export function listSurveys(db: Database, query: RecordsQuery) {
  return readPage(
    query.limit,
    (take) =>
      db.prisma.survey.findMany({
        where: { campaignId: query.campaignId, ...(query.after && { pledgeId: { gt: query.after } }) },
        orderBy: { pledgeId: 'asc' },
        take,
        omit: { campaignId: true, ...versionColumns },
      }),
    (row) => row.pledgeId,
  );
}

/** Inventory with the products it counts. */
export function listInventory(db: Database, query: RecordsQuery) {
  return readPage(
    query.limit,
    (take) =>
      db.prisma.inventory.findMany({
        where: { campaignId: query.campaignId, ...(query.after && { productId: { gt: query.after } }) },
        orderBy: { productId: 'asc' },
        take,
        omit: { campaignId: true },
        include: { product: { select: { kind: true, key: true, name: true, sku: true } } },
      }),
    (row) => row.productId,
  );
}

function afterId({ after }: RecordsQuery) {
  return after === undefined ? {} : { id: { gt: after } };
}
