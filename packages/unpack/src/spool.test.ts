import { type FileHandle, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { readSpool, spoolToDisk } from './spool.js';
import { SpoolError } from './spool-error.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spool-test-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

const inUse = { code: 'ENOSPC' };
const failed = () => Object.assign(new Error('no space left on device'), inUse);

async function* pieces(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('PK one');
  yield Buffer.from('PK two');
}

/** What all file handles of Node share, so that a test can let one fail as a full disk does. */
async function prototypeOfHandles(): Promise<FileHandle> {
  const handle = await open(join(folder, 'any'), 'w');
  await handle.close();
  await rm(join(folder, 'any'));
  return Object.getPrototypeOf(handle);
}

it('A full disk is a SpoolError with the error of the system as its cause, and no file stays', async () => {
  const handles = await prototypeOfHandles();
  vi.spyOn(handles, 'write').mockRejectedValueOnce(failed());
  const error: unknown = await spoolToDisk(pieces(), folder).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SpoolError);
  expect(error).toMatchObject({ cause: inUse });
  expect(await readdir(folder)).toEqual([]);
});

it('A disk that cannot be read is a SpoolError', async () => {
  const handles = await prototypeOfHandles();
  const spool = await spoolToDisk(pieces(), folder);
  vi.spyOn(handles, 'read').mockRejectedValueOnce(failed());
  await expect(readSpool(spool).next()).rejects.toBeInstanceOf(SpoolError);
  await spool.close();
});

it('A folder that does not exist is a SpoolError', async () => {
  await expect(spoolToDisk(pieces(), join(folder, 'missing'))).rejects.toBeInstanceOf(SpoolError);
});

it('An error of the stream that is written stays as it is', async () => {
  const hungUp = new Error('the client hung up');
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('PK');
    throw hungUp;
  }
  await expect(spoolToDisk(broken(), folder)).rejects.toBe(hungUp);
  expect(await readdir(folder)).toEqual([]);
});
