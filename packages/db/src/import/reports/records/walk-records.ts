import type { BatchSource, Sized } from '../../../read-batches.js';
import { endStatement, fewStatement, findStatement, isNarrow, type Statement } from './page-statement.js';
import type { RecordList } from './record-lists.js';
import type { RecordKey, RecordSource, RecordsQuery } from './records-query.js';

/** How many records one statement looks at. So few that Postgres reads them along the index, and never sorts a table for them. */
const WINDOW = 2_000;
/** So many records are looked at before all of the list are searched at once: most pages are full by then, for less. */
const LOOKED_FIRST = 20_000;
/** If no more records than these are accepted, they are read and sorted like those of a narrow filter. */
const FEW = 300;

interface Found {
  readonly id: string;
  readonly time: Date | null;
}

/**
 * Finds the records of a query, window by window, as entries for `readBatches`. It stops at the end of the list, or when it has
 * looked at as many as the query allows.
 */
export function walkRecords(
  source: RecordSource,
  list: RecordList,
  query: RecordsQuery,
): BatchSource<string>['findNext'] {
  const { examine = Infinity, onStop } = query;
  let { filters } = query;
  let examined = 0;
  let isSearched = filters.hasIssue !== undefined;
  /** Where to go on after the last entry that was handed out; null at the end. */
  let resume: { readonly after: string; readonly place: RecordKey | null } | undefined;

  return async (last, count) => {
    const found: (Sized & { readonly place: RecordKey })[] = [];
    let beyond: RecordKey | null = last === undefined ? null : readPlace(last);
    if (last !== undefined && last === resume?.after) {
      if (resume.place === null) return [];
      beyond = resume.place;
    }
    while (found.length < count) {
      if (examined >= LOOKED_FIRST && !isSearched) {
        isSearched = true;
        const ids = await findFew(source, list, query);
        if (ids !== null) filters = { ...filters, ids };
      }
      // Filters that leave few records make one window of them all.
      const length = isNarrow(list, filters) ? MAX_INT : WINDOW;
      const narrowed = { ...query, filters };
      const rest = count - found.length;
      const window = { beyond, length };
      const accepted = await ask<Found & Pick<Sized, 'size'>>(
        source,
        findStatement(list, narrowed, window, rest),
      );
      found.push(...accepted.map((row) => ({ ...entryOf(row), size: row.size })));
      if (accepted.length === rest) return found;
      const [end] = length === MAX_INT ? [] : await ask<Found>(source, endStatement(list, narrowed, window));
      examined += length;
      beyond = end === undefined ? null : placeOf(end);
      resume = { after: found.at(-1)?.id ?? last ?? '', place: beyond };
      if (beyond === null) return found;
      if (examined >= examine) {
        resume = { ...resume, place: null };
        onStop?.(beyond);
        return found;
      }
    }
    return found;
  };
}

/** The ids of all records that the filters accept; null where they are not few. */
async function findFew(
  source: RecordSource,
  list: RecordList,
  query: RecordsQuery,
): Promise<readonly string[] | null> {
  const found = await ask<{ id: string }>(source, fewStatement(list, query, FEW + 1));
  return found.length > FEW ? null : found.map(({ id }) => id);
}

/** The largest LIMIT that needs no thought. */
const MAX_INT = 2_147_483_647;

/** By the pool where there is one: its errors say by their codes whether the server is at fault. */
export async function ask<Row>(
  { prisma, pool }: RecordSource,
  { sql, values }: Statement,
): Promise<readonly Row[]> {
  if (pool === undefined) return prisma.$queryRawUnsafe<Row[]>(sql, ...values);
  const { rows } = await pool.query<Row & object>(sql, [...values]);
  return rows;
}

function placeOf({ id, time }: Found): RecordKey {
  return { time: time?.toISOString() ?? null, id };
}

function entryOf(found: Found) {
  const place = placeOf(found);
  return { id: writePlace(place), place };
}

/** A place as the id of an entry: `readBatches` knows only texts. */
export function writePlace({ time, id }: RecordKey): string {
  return `${id}${time ?? ''}`;
}

const ID_LENGTH = 36;

/** @param text as {@link writePlace} made it */
export function readPlace(text: string): RecordKey {
  const time = text.slice(ID_LENGTH);
  return { id: text.slice(0, ID_LENGTH), time: time === '' ? null : time };
}
