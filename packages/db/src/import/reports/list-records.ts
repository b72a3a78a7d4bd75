import type pg from 'pg';
import type { Database } from '../../client.js';
import { Prisma, type ProductKind } from '../../generated/prisma/client.js';
import { type Batches, type BatchSource, readBatches, type Sized } from '../../read-batches.js';
import { inPrismaSnapshot, type OnBatch } from '../../snapshot.js';
import { decodeItems } from '../records/stored-items.js';

export interface RecordsQuery {
  readonly campaignId: string;
  /** Id of the last record on the page before. */
  readonly after?: string | undefined;
  /** How many records at most. */
  readonly limit: number;
}

/** A campaign of the merchant by id or name, or null. */
export async function findCampaign(db: Database, merchantId: string, idOrName: string) {
  const byId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(idOrName);
  return db.prisma.campaign.findFirst({
    where: { merchantId, deletedAt: null, ...(byId ? { id: idOrName } : { name: idOrName }) },
    select: { id: true, name: true, createdAt: true },
  });
}

/** The database, or a snapshot of it. */
export interface RecordSource {
  readonly prisma: Prisma.TransactionClient;
  /** Missing in a snapshot, which has one connection. */
  readonly pool?: pg.Pool;
}

/** Hands out all records that a query asks for, as they are at one moment, a few at a time. */
export function exportRecords<Row>(
  db: Database,
  list: (source: RecordSource, query: RecordsQuery) => Batches<Row>,
  query: RecordsQuery,
  onRows: OnBatch<Row>,
): Promise<void> {
  return inPrismaSnapshot(db, async (prisma) => {
    for await (const rows of list({ prisma }, query)) await onRows(rows);
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

/** A table of records, and the column that its lists are ordered by. */
const tables = {
  backer: 'id',
  product: 'id',
  pledge: 'id',
  survey: 'pledge_id',
  inventory: 'product_id',
} as const;

/**
 * An id before all others. With "no id, or after this one" Postgres would read the list from its beginning for each batch, and an
 * export would take the longer per record the more there are.
 */
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Reads the records of a campaign in batches, so that long records are never in memory together. */
function readRecords<Row>(
  { prisma, pool }: RecordSource,
  table: keyof typeof tables,
  { campaignId, after, limit }: RecordsQuery,
  read: (ids: string[]) => Promise<readonly Row[]>,
): Batches<Row> {
  const key = tables[table];
  // Limited in a query of its own, or Postgres may take the length of every record before it sorts them.
  const sql = `SELECT ${key} AS id, octet_length(record::text) AS size FROM (
      SELECT * FROM ${table}
      WHERE campaign_id = $1::uuid AND ${key} > coalesce($2::uuid, '${BEFORE_ALL}') ORDER BY ${key} LIMIT $3) record
    ORDER BY ${key}`;
  const source: BatchSource<Row> = {
    async findNext(last, count) {
      const parameters = [campaignId, last ?? null, count];
      // By the pool where there is one: its errors say by their codes whether the server is at fault.
      if (pool === undefined) return prisma.$queryRawUnsafe<Sized[]>(sql, ...parameters);
      const { rows } = await pool.query<Sized>(sql, parameters);
      return rows;
    },
    read: (ids) => read([...ids]),
  };
  return readBatches(source, { after, limit });
}

export function listBackers(db: RecordSource, query: RecordsQuery) {
  return readRecords(db, 'backer', query, (ids) =>
    db.prisma.backer.findMany({
      where: { id: { in: ids } },
      orderBy: { id: 'asc' },
      omit: { campaignId: true, ...versionColumns },
    }),
  );
}

export function listProducts(db: RecordSource, query: RecordsQuery) {
  return readRecords(db, 'product', query, (ids) =>
    db.prisma.product.findMany({
      where: { id: { in: ids } },
      orderBy: { id: 'asc' },
      omit: { campaignId: true, ...versionColumns },
    }),
  );
}

/** Pledges with their items, by product id. */
export function listPledges(db: RecordSource, query: RecordsQuery) {
  const products = createProductNames(db);
  return readRecords(db, 'pledge', query, async (ids) => {
    const found = await db.prisma.pledge.findMany({
      where: { id: { in: ids } },
      orderBy: { id: 'asc' },
      omit: { campaignId: true, ...versionColumns, formerItemsDigest: true },
    });
    const pledges = found.map(({ items, ...pledge }) => ({ pledge, items: decodeItems(items ?? {}) }));
    const byId = await products.load(pledges.flatMap(({ items }) => items.map(({ productId }) => productId)));
    return pledges.map(({ pledge, items }) => ({
      ...pledge,
      items: items.flatMap(({ productId, quantity, unitPrice }) => {
        const product = byId.get(productId);
        // As Prisma gives all other amounts.
        const price = unitPrice === null ? null : new Prisma.Decimal(unitPrice);
        return product === undefined ? [] : [{ quantity, unitPrice: price, product }];
      }),
    }));
  });
}

/** The products of a list, each read once. */
function createProductNames({ prisma }: RecordSource) {
  const byId = new Map<string, { id: string; kind: ProductKind; key: string; name: string }>();
  return {
    async load(ids: readonly string[]) {
      const missing = [...new Set(ids)].filter((id) => !byId.has(id));
      const found = await prisma.product.findMany({
        where: { id: { in: missing } },
        select: { id: true, kind: true, key: true, name: true },
      });
      for (const product of found) byId.set(product.id, product);
      return byId;
    },
  };
}

export function listSurveys(db: RecordSource, query: RecordsQuery) {
  return readRecords(db, 'survey', query, (ids) =>
    db.prisma.survey.findMany({
      where: { pledgeId: { in: ids } },
      orderBy: { pledgeId: 'asc' },
      omit: { campaignId: true, ...versionColumns },
    }),
  );
}

/** Inventory with the products it counts. */
export function listInventory(db: RecordSource, query: RecordsQuery) {
  return readRecords(db, 'inventory', query, (ids) =>
    db.prisma.inventory.findMany({
      where: { productId: { in: ids } },
      orderBy: { productId: 'asc' },
      omit: { campaignId: true },
      include: { product: { select: { kind: true, key: true, name: true, sku: true } } },
    }),
  );
}
