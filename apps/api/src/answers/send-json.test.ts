import fc from 'fast-check';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPieces, sendJsonPieces } from './send-json.js';

describe('A list that is made into bytes entry by entry', () => {
  it('is the JSON of the whole', () => {
    const other = fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.constant(null)), { maxKeys: 3 });
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 5 }), other, (texts, others) => {
        const entries = texts.map((text) => Buffer.from(JSON.stringify({ text })));
        const json = Buffer.concat(listPieces('entries of "one"', entries, others)).toString();
        expect(json).toBe(
          JSON.stringify({ 'entries of "one"': texts.map((text) => ({ text })) }).slice(0, -1) +
            (Object.keys(others).length === 0 ? '}' : `,${JSON.stringify(others).slice(1)}`),
        );
      }),
    );
  });
});

describe('An answer in pieces', () => {
  let app: FastifyInstance;
  let url: string;
  const entry = (length: number) => Buffer.from(JSON.stringify('ü'.repeat(length)));
  beforeAll(async () => {
    app = fastify({ exposeHeadRoutes: true });
    app.get<{ Params: { count: string } }>('/:count', ({ params: { count } }, reply) => {
      return sendJsonPieces(
        reply,
        listPieces(
          'entries',
          Array.from({ length: Number(count) }, () => entry(50_000)),
          { next: null },
        ),
      );
    });
    url = await app.listen();
  });
  afterAll(() => app.close());

  it.each([0, 1, 30])('arrives whole, and says how long it is, with %i entries', async (count) => {
    const response = await fetch(`${url}/${count}`);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const body = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('content-length')).toBe(`${body.length}`);
    expect(JSON.parse(body.toString())).toEqual({
      entries: Array(count).fill('ü'.repeat(50_000)),
      next: null,
    });
  });

  it('has no body for HEAD, and the length that GET has', async () => {
    const [head, whole] = [await fetch(`${url}/30`, { method: 'HEAD' }), await fetch(`${url}/30`)];
    expect(head.headers.get('content-length')).toBe(whole.headers.get('content-length'));
    expect(await head.text()).toBe('');
    expect((await whole.arrayBuffer()).byteLength).toBeGreaterThan(3_000_000);
  });

  it('does not keep the others waiting until it is written', async () => {
    const long = fetch(`${url}/200`).then(async (response) => (await response.arrayBuffer()).byteLength);
    const first = await Promise.race([long.then(() => 'long'), fetch(`${url}/0`).then(() => 'short')]);
    expect(first).toBe('short');
    expect(await long).toBeGreaterThan(20_000_000);
  });
});
