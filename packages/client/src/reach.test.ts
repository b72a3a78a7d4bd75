import { readFile } from 'node:fs/promises';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { DownloadPath, EventPath, Input, Operation, SnapshotPath } from './contract.js';

const lists = ['/v1/backers', '/v1/inventory', '/v1/pledges', '/v1/products', '/v1/surveys'] as const;
const files = ['/v1/uploads/{id}/issues.csv', '/v1/uploads/{id}/rejected.csv'] as const;
const streams = ['/v1/events', '/v1/uploads/{id}/events'] as const;
/** For people, in a browser. */
const pages = ['/docs', '/docs/style.css'] as const;

describe('Every operation of the contract', () => {
  it('has a call that reads its answer: JSON by its method, files by download, events by events', async () => {
    const contract = new URL('../../../apps/api/openapi.json', import.meta.url);
    const { paths }: { paths: Record<string, Record<string, unknown>> } = JSON.parse(
      await readFile(contract, 'utf8'),
    );
    const others = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => contentTypes(operation).some((type) => type !== 'application/json'))
        .map(([method]) => `${method} ${path}`),
    );
    const known = [...lists, ...files, ...streams, ...pages].map((path) => `get ${path}`);
    expect(new Set(others)).toEqual(new Set(known));
    expectTypeOf<DownloadPath>().toEqualTypeOf<(typeof lists | typeof files)[number]>();
    expectTypeOf<SnapshotPath>().toEqualTypeOf<(typeof lists)[number]>();
    expectTypeOf<EventPath>().toEqualTypeOf<(typeof streams)[number]>();
  });

  it('that wants a header does not compile without it', () => {
    type Deletion = Input<Operation<'/v1/campaigns/{id}', 'delete'>>;
    expectTypeOf<{ path: { id: string }; headers: { 'if-match': string } }>().toExtend<Deletion>();
    expectTypeOf<{ path: { id: string }; headers: { 'x-trace': string } }>().not.toExtend<Deletion>();
    expectTypeOf<{ path: { id: string } }>().not.toExtend<Deletion>();
  });
});

/** The content types of the successful answers of an operation. */
function contentTypes(operation: unknown): readonly string[] {
  const responses: Record<string, { content?: object }> = Object(operation).responses ?? {};
  return Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, { content = {} }]) => Object.keys(content));
}
