import type { Arguments, Entry, Input, Operation, SnapshotPath } from '../contract.js';
import type { AnyInput } from '../request/calls.js';
import type { Connection } from '../request/connection.js';
import { readLines } from '../streams/read-lines.js';
import { openDownload } from './download.js';

/**
 * The entries of a list as they are at one moment, in one answer, which is read no faster than it is used. Unlike the entries of
 * pages, none is missed or comes twice because of what happens meanwhile.
 *
 * @throws ProblemError; ConnectionError when the answer breaks off before its end
 */
export type SnapshotCall = <Path extends SnapshotPath>(
  path: Path,
  ...input: Arguments<Input<Operation<Path, 'get'>>>
) => AsyncIterableIterator<Entry<Path>>;

export function createSnapshot(connection: Connection): SnapshotCall {
  return (path, ...[input]) => readSnapshot(connection, path, input);
}

async function* readSnapshot<Any>(
  connection: Connection,
  path: SnapshotPath,
  input: AnyInput = {},
): AsyncGenerator<Any, undefined> {
  const query = { ...input.query, format: 'ndjson' };
  const { body } = await openDownload(connection, path, { ...input, query });
  for await (const line of readLines(body)) yield JSON.parse(line);
}
