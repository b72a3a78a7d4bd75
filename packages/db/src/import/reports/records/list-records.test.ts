import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../../client.js';
import { openTestDatabase } from '../../../test-support/open-test-database.js';
import { type SeededCampaign, seedRecords } from '../../../test-support/seed-records.js';
import { openWall } from '../../../wall/open-wall.js';
import {
  countRecords,
  type List,
  listBackers,
  listInventory,
  listPledges,
  listProducts,
  listSurveys,
} from './list-records.js';
import { countStatement, endStatement, fewStatement, findStatement } from './page-statement.js';
import { recordLists } from './record-lists.js';
import type { RecordFilters, RecordKey, RecordNoun, RecordSort, RecordsQuery } from './records-query.js';

const PLEDGES = 60_000;

let db: Database;
/** As requests of the API have it. */
let walled: Database;
let close: () => Promise<void>;
let seeded: SeededCampaign;
let other: SeededCampaign;

beforeAll(async () => {
  const test = await openTestDatabase(inject('testPostgres'), 4);
  ({ db, close } = test);
  const { merchantId } = test;
  walled = openWall(db, () => merchantId);
  other = await seedRecords(db.pool, { merchantId, name: 'Small', pledges: 300 });
  seeded = await seedRecords(db.pool, { merchantId, name: 'Large', pledges: PLEDGES });
}, 120_000);
afterAll(async () => {
  await walled.close();
  await close();
});

const query = (some: Partial<RecordsQuery> = {}): RecordsQuery => ({
  campaignId: seeded.campaignId,
  filters: {},
  sort: { by: 'id', order: 'ASC' },
  limit: 50,
  ...some,
});

const lists: Readonly<Record<RecordNoun, List<object>>> = {
  backers: listBackers,
  pledges: listPledges,
  products: listProducts,
  surveys: listSurveys,
  inventory: listInventory,
};

/** Every filter that a list has, with a value that many, few or no records have. */
function filtersOf(noun: RecordNoun): readonly RecordFilters[] {
  const values: { readonly [Name in keyof RecordFilters]: readonly RecordFilters[Name][] } = {
    status: [['COLLECTED'], ['DROPPED', 'ERRORED'], ['REFUNDED']],
    product: [seeded.productIds[0], '00000000-0000-5000-8000-000000000000'],
    platform: [['shopify'], ['kickstarter'], ['gamefound']],
    country: [['DE'], ['FR', 'JP']],
    email: ['b77@example.com', 'nobody@example.com'],
    q: ['ab hopper', '599', 'no such name'],
    hasIssue: [true, false],
    withoutAddress: [true, false],
    updatedSince: [new Date('2026-01-03'), new Date('2027-01-01')],
    upload: [{ sequence: 1, from: new Date('2026-01-01'), to: new Date('2026-12-31') }],
  };
  const known = new Set<string>([
    ...Object.keys(recordLists[noun].conditions),
    ...Object.keys(recordLists[noun].narrow),
  ]);
  const each = Object.entries(values).flatMap(([name, some]) =>
    known.has(name) ? some.map((value) => ({ [name]: value })) : [],
  );
  return [{}, ...each];
}

function sortsOf(noun: RecordNoun): readonly RecordSort[] {
  const columns = ['id', 'updatedAt', ...(noun === 'pledges' ? (['pledgedAt'] as const) : [])] as const;
  return columns.flatMap((by) => (['ASC', 'DESC'] as const).map((order) => ({ by, order })));
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Parent Relationship'?: string;
  readonly Plans?: readonly PlanNode[];
}

const nodesOf = (plan: PlanNode): readonly PlanNode[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

async function explain({ sql, values }: { readonly sql: string; readonly values: readonly unknown[] }) {
  const { rows } = await walled.pool.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
    `EXPLAIN (FORMAT JSON) ${sql}`,
    [...values],
  );
  return nodesOf(rows[0]?.['QUERY PLAN'][0]?.Plan ?? { 'Node Type': 'none' });
}

/** Whether the index takes the reader to a place, instead of a filter that passes by what is before it. */
const beginsAt = (node: PlanNode, { id }: RecordKey) => node['Index Cond']?.includes(id) === true;

const large: readonly RecordNoun[] = ['backers', 'pledges', 'surveys'];

describe('A page of a large list', () => {
  it.each(large)(
    'of %s is read along an index, with every filter and sort, from every place',
    async (noun) => {
      const list = recordLists[noun];
      const place = (by: string): RecordKey => ({
        id: '80000000-0000-4000-8000-000000000000',
        time: by === 'id' ? null : '2026-01-02T00:00:00.000Z',
      });
      const wrong: string[] = [];
      for (const filters of filtersOf(noun)) {
        for (const sort of sortsOf(noun)) {
          for (const beyond of [null, place(sort.by)]) {
            const window = { beyond, length: 'email' in filters ? 2_147_483_647 : 2_000 };
            const asked = query({ filters, sort });
            const statements = [findStatement(list, asked, window, 50), endStatement(list, asked, window)];
            for (const statement of 'email' in filters ? statements.slice(0, 1) : statements) {
              const nodes = await explain(statement);
              const seen = nodes.map(
                (node) => `${node['Node Type']} ${node['Index Name'] ?? node['Relation Name'] ?? ''}`,
              );
              const isBad = nodes.some(
                (node) =>
                  (node['Node Type'] === 'Seq Scan' &&
                    large.some((each) => recordLists[each].table === node['Relation Name'])) ||
                  // A window that began at the front of the list would read all that is before it, again and again.
                  (node['Relation Name'] === list.table &&
                    beyond !== null &&
                    !('email' in filters) &&
                    !beginsAt(node, beyond)) ||
                  // The few records of one person are sorted, and those of a window that have issues.
                  (node['Node Type'].includes('Sort') && !('email' in filters || 'hasIssue' in filters)),
              );
              if (isBad)
                wrong.push(
                  `${JSON.stringify(filters)} ${sort.by} ${sort.order} ${beyond === null}: ${seen.join(', ')}`,
                );
            }
          }
        }
      }
      expect(wrong).toEqual([]);
    },
  );
});

describe('All of a large list', () => {
  it.each(large)('of %s are searched and counted without a look-up for each of them', async (noun) => {
    const list = recordLists[noun];
    const wrong: string[] = [];
    for (const filters of filtersOf(noun)) {
      if ('email' in filters) continue;
      const asked = query({ filters });
      for (const statement of [fewStatement(list, asked, 301), countStatement(list, asked)]) {
        const nodes = await explain(statement);
        // What has issues is a hashed list, which is made once.
        const isBad = nodes.some(
          (node) =>
            node['Parent Relationship'] === 'SubPlan' &&
            large.some((each) => recordLists[each].table === node['Relation Name']),
        );
        const isNested =
          list.owner !== undefined &&
          nodes.some(
            (node) =>
              node['Node Type'] === 'Nested Loop' &&
              nodesOf(node).some((inner) => inner['Relation Name'] === list.owner?.table),
          );
        if (isBad || isNested) {
          const seen = nodes.map((node) => `${node['Node Type']} ${node['Relation Name'] ?? ''}`);
          wrong.push(`${JSON.stringify(filters)}: ${seen.join(', ')}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** All pages of a list, forwards, then backwards from its end. */
async function readAll(noun: RecordNoun, some: Partial<RecordsQuery>): Promise<readonly RecordKey[]> {
  const places: RecordKey[] = [];
  for await (const rows of lists[noun](db, query({ ...some, limit: Infinity }))) {
    places.push(...rows.map(({ place }) => place));
  }
  return places;
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

describe('The records of a list', () => {
  it('are those that every filter accepts, in order, forwards and backwards, and their number is counted', async () => {
    const campaignId = other.campaignId;
    for (const noun of Object.keys(lists).filter((each): each is RecordNoun => each in recordLists)) {
      for (const sort of sortsOf(noun)) {
        const all = await readAll(noun, { campaignId, sort });
        const expected = all.toSorted((a, b) => byText(`${a.time}`, `${b.time}`) || byText(a.id, b.id));
        expect(all, noun).toEqual(sort.order === 'ASC' ? expected : expected.reverse());
        const middle = all[Math.floor(all.length / 2)];
        if (middle === undefined) throw new Error(`There are no ${noun}`);
        const at = all.indexOf(middle);
        const after = await readAll(noun, { campaignId, sort, start: { side: 'after', key: middle } });
        expect(after).toEqual(all.slice(at + 1));
        const before = await readAll(noun, { campaignId, sort, start: { side: 'before', key: middle } });
        expect(before).toEqual(all.slice(0, at).reverse());
      }
      for (const filters of filtersOf(noun)) {
        const found = await readAll(noun, { campaignId, filters });
        expect(await countRecords(db, noun, query({ campaignId, filters }))).toBe(found.length);
      }
    }
  });

  it('are searched window by window, and the search can go on where it had looked at enough', async () => {
    const filters = { q: '5999' };
    const found: string[] = [];
    let stops = 0;
    let start: RecordsQuery['start'];
    for (;;) {
      let stop: RecordKey | undefined;
      const asked = query({ filters, sort: { by: 'pledgedAt', order: 'DESC' }, start, examine: 10_000 });
      for await (const rows of listPledges(db, {
        ...asked,
        onStop: (place) => {
          stop = place;
        },
      })) {
        found.push(...rows.map(({ row }) => row.externalId));
      }
      if (stop === undefined) break;
      stops += 1;
      start = { side: 'after', key: stop };
    }
    expect(stops).toBe(6);
    const all = Array.from({ length: PLEDGES }, (_, at) => String(at + 1)).filter(
      (text) => text.startsWith('5999') || `Name ${text}`.includes('5999'),
    );
    expect(found.toSorted(byText)).toEqual(all.toSorted(byText));
  });

  it('are found in all of the list where they are few, however few may be looked at, and in order', async () => {
    const sort = { by: 'pledgedAt', order: 'DESC' } as const;
    const numbers = Array.from({ length: PLEDGES }, (_, at) => String(at + 1));
    for (const [filters, found] of [
      [{ q: '777' }, numbers.filter((number) => number.includes('777')).length],
      [{ q: 'no such name' }, 0],
      [{ status: ['REFUNDED'] }, 0],
    ] as const) {
      let stops = 0;
      const places: RecordKey[] = [];
      const onStop = () => {
        stops += 1;
      };
      const asked = query({ filters, sort, examine: 30_000, limit: 1_000, onStop });
      for await (const rows of listPledges(walled, asked)) places.push(...rows.map(({ place }) => place));
      expect({ stops, found: places.length }).toEqual({ stops: 0, found });
      const sorted = places.toSorted((a, b) => byText(`${b.time}`, `${a.time}`) || byText(b.id, a.id));
      expect(places).toEqual(sorted);
    }
  });

  it('can be read with what belongs to them', async () => {
    const campaignId = other.campaignId;
    const [first] = await firstOf(
      listPledges(
        db,
        query({
          campaignId,
          filters: { q: '12' },
          sort: { by: 'pledgedAt', order: 'ASC' },
          expand: ['backer', 'survey'],
        }),
      ),
    );
    expect(first?.row).toMatchObject({
      externalId: '12',
      backer: { email: 'B12@example.com' },
      survey: { answers: [{ answer: 'red' }, {}] },
    });
    const [backer] = await firstOf(
      listBackers(db, query({ campaignId, filters: { email: 'b9@example.com' }, expand: ['pledges'] })),
    );
    expect(backer?.row).toMatchObject({ email: 'B9@example.com' });
    expect(backer?.row).toMatchObject({
      pledges: expect.toSatisfy((pledges: readonly { readonly externalId: string }[]) =>
        ['10', '9'].every((number) => pledges.some(({ externalId }) => externalId === number)),
      ),
    });
    const [survey] = await firstOf(
      listSurveys(db, query({ campaignId, filters: { email: 'b9@example.com' }, expand: ['pledge'] })),
    );
    expect(survey?.row).toMatchObject({ pledge: { externalId: '10' } });
  });
});

async function firstOf<Row>(batches: AsyncGenerator<readonly Row[]>): Promise<readonly Row[]> {
  for await (const rows of batches) return rows;
  return [];
}
