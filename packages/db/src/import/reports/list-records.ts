import type { Database } from '../../client.js';

/** One page of a campaign's records. */
export interface RecordsPage<Row> {
  readonly rows: readonly Row[];
  /** Id of the last row, to pass as `after`; null on the last page. */
  readonly next: string | null;
}

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

/** Bookkeeping of the writers: nobody else's business. */
const marks = {
  uploadSequence: true,
  rowNumber: true,
  fills: true,
  toldDigest: true,
  baseSequence: true,
  baseDigest: true,
} as const;

export async function listBackers(db: Database, query: RecordsQuery) {
  const rows = await db.prisma.backer.findMany({
    where: { campaignId: query.campaignId, ...afterId(query) },
    orderBy: { id: 'asc' },
    take: query.limit + 1,
    omit: { campaignId: true, ...marks },
  });
  return page(rows, query.limit, (row) => row.id);
}

export async function listProducts(db: Database, query: RecordsQuery) {
  const rows = await db.prisma.product.findMany({
    where: { campaignId: query.campaignId, ...afterId(query) },
    orderBy: { id: 'asc' },
    take: query.limit + 1,
    omit: { campaignId: true, ...marks },
  });
  return page(rows, query.limit, (row) => row.id);
}

/** Pledges with their items. */
export async function listPledges(db: Database, query: RecordsQuery) {
  const rows = await db.prisma.pledge.findMany({
    where: { campaignId: query.campaignId, ...afterId(query) },
    orderBy: { id: 'asc' },
    take: query.limit + 1,
    omit: { campaignId: true, ...marks, itemsDigest: true },
    include: {
      items: {
        select: {
          quantity: true,
          unitPrice: true,
          product: { select: { id: true, kind: true, key: true, name: true } },
        },
        orderBy: { productId: 'asc' },
      },
    },
  });
  return page(rows, query.limit, (row) => row.id);
}

export async function listSurveys(db: Database, query: RecordsQuery) {
  const rows = await db.prisma.survey.findMany({
    where: { campaignId: query.campaignId, ...(query.after && { pledgeId: { gt: query.after } }) },
    orderBy: { pledgeId: 'asc' },
    take: query.limit + 1,
    omit: { campaignId: true, ...marks },
  });
  return page(rows, query.limit, (row) => row.pledgeId);
}

/** Inventory with the products it counts. */
export async function listInventory(db: Database, query: RecordsQuery) {
  const rows = await db.prisma.inventory.findMany({
    where: { campaignId: query.campaignId, ...(query.after && { productId: { gt: query.after } }) },
    orderBy: { productId: 'asc' },
    take: query.limit + 1,
    omit: { campaignId: true },
    include: { product: { select: { kind: true, key: true, name: true, sku: true } } },
  });
  return page(rows, query.limit, (row) => row.productId);
}

function afterId({ after }: RecordsQuery) {
  return after === undefined ? {} : { id: { gt: after } };
}

function page<Row>(rows: readonly Row[], limit: number, idOf: (row: Row) => string): RecordsPage<Row> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last !== undefined ? idOf(last) : null };
}
