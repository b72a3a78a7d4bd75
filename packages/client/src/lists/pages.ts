import type { AnyPage, Arguments, Entry, Input, ListPath, Operation, Page } from '../contract.js';
import { cursorNames } from '../generated/cursor-names.js';
import { type AnyInput, callJson } from '../request/calls.js';
import type { Connection } from '../request/connection.js';

/** The lists of the contract, from the first page, or the one of a cursor, to the last. */
export interface Lists {
  /** The pages of a list. Each is asked for when the one before it has been used. */
  pages<Path extends ListPath>(
    path: Path,
    ...input: Arguments<Input<Operation<Path, 'get'>>>
  ): AsyncIterableIterator<Page<Path>>;
  /** The entries of all pages of a list. */
  entries<Path extends ListPath>(
    path: Path,
    ...input: Arguments<Input<Operation<Path, 'get'>>>
  ): AsyncIterableIterator<Entry<Path>>;
}

export function createLists(connection: Connection): Lists {
  return {
    pages: (path, ...[input]) => readPages(connection, path, input),
    entries: (path, ...[input]) => readEntries(connection, path, input),
  };
}

async function* readPages<Any extends AnyPage>(
  connection: Connection,
  path: ListPath,
  input: AnyInput = {},
): AsyncGenerator<Any, undefined> {
  const cursorName = cursorNames[path];
  for (let query = input.query ?? {}; ; ) {
    const page: Any = await callJson(connection, 'get', path, { ...input, query });
    yield page;
    if (page.next === null) return;
    query = { ...query, [cursorName]: page.next };
  }
}

async function* readEntries<Any>(
  connection: Connection,
  path: ListPath,
  input: AnyInput | undefined,
): AsyncGenerator<Any, undefined> {
  for await (const page of readPages(connection, path, input)) {
    // Its entries are the only array of a page; a test looks for lists that have another.
    yield* Object.values(page).find(Array.isArray) ?? [];
  }
}
