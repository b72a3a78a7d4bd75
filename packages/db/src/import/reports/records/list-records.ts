import type { Database } from '../../../client.js';
import { type Batches, readBatches } from '../../../read-batches.js';
import { inPrismaSnapshot, type OnBatch, type SnapshotOptions } from '../../../snapshot.js';
import { expandBackers, expandPledges, expandSurveys } from './expand-records.js';
import { countStatement } from './page-statement.js';
import {
  type ProductNames,
  readBackers,
  readInventory,
  readPledges,
  readProducts,
  readSurveys,
} from './read-records.js';
import { recordLists } from './record-lists.js';
import type { RecordKey, RecordNoun, RecordSource, RecordsQuery } from './records-query.js';
import { ask, readPlace, walkRecords, writePlace } from './walk-records.js';

/** A record, and its place in the list. */
export interface Listed<Row> {
  readonly place: RecordKey;
  readonly row: Row;
}

/** A list of records. */
export type List<Row> = (source: RecordSource, query: RecordsQuery) => Batches<Listed<Row>>;

/** A campaign of the merchant by id or name, or null. */
export async function findCampaign(db: Database, merchantId: string, idOrName: string) {
  const byId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(idOrName);
  return db.prisma.campaign.findFirst({
    where: { merchantId, deletedAt: null, ...(byId ? { id: idOrName } : { name: idOrName }) },
    select: { id: true, name: true, createdAt: true },
  });
}

/** Hands out all records that a query asks for, as they are at one moment, a few at a time. */
export function exportRecords<Row>(
  db: Database,
  list: List<Row>,
  query: RecordsQuery,
  onRows: OnBatch<Row>,
  options?: SnapshotOptions,
): Promise<void> {
  const read = async (prisma: RecordSource['prisma']) => {
    for await (const rows of list({ prisma }, query)) await onRows(rows.map(({ row }) => row));
  };
  return inPrismaSnapshot(db, read, options);
}

/** How many records a query asks for, however long it takes to count them. */
export async function countRecords(
  source: RecordSource,
  noun: RecordNoun,
  query: RecordsQuery,
): Promise<number> {
  const [row] = await ask<{ count: number }>(source, countStatement(recordLists[noun], query));
  return row?.count ?? 0;
}

/** Reads records in batches, so that long records are never in memory together. */
function readRecords<Row>(
  source: RecordSource,
  noun: RecordNoun,
  query: RecordsQuery,
  read: (ids: readonly string[]) => Promise<readonly Row[]>,
  idOf: (row: Row) => string,
): Batches<Listed<Row>> {
  return readBatches(
    {
      findNext: walkRecords(source, recordLists[noun], query),
      async read(entries) {
        const places = entries.map(readPlace);
        const rows = await read(places.map(({ id }) => id));
        const byId = new Map(rows.map((row) => [idOf(row), row]));
        return places.flatMap((place) => {
          const row = byId.get(place.id);
          return row === undefined ? [] : [{ place, row }];
        });
      },
    },
    { after: query.start && writePlace(query.start.key), limit: query.limit },
  );
}

export const listBackers = (source: RecordSource, query: RecordsQuery) =>
  readRecords(
    source,
    'backers',
    query,
    async (ids) => expandBackers(source, await readBackers(source, ids), query.expand),
    ({ id }) => id,
  );

export const listProducts = (source: RecordSource, query: RecordsQuery) =>
  readRecords(
    source,
    'products',
    query,
    (ids) => readProducts(source, ids),
    ({ id }) => id,
  );

export function listPledges(source: RecordSource, query: RecordsQuery) {
  const names: ProductNames = new Map();
  return readRecords(
    source,
    'pledges',
    query,
    async (ids) => expandPledges(source, await readPledges(source, ids, names), query.expand),
    ({ id }) => id,
  );
}

export const listSurveys = (source: RecordSource, query: RecordsQuery) =>
  readRecords(
    source,
    'surveys',
    query,
    async (ids) => expandSurveys(source, await readSurveys(source, ids), query.expand),
    ({ pledgeId }) => pledgeId,
  );

export const listInventory = (source: RecordSource, query: RecordsQuery) =>
  readRecords(
    source,
    'inventory',
    query,
    (ids) => readInventory(source, ids),
    ({ productId }) => productId,
  );
