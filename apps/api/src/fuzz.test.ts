import { Agent } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { problems } from './problem.js';
import { failOnStrangeAnswers } from './test-support/check-answers.js';
import { drawConnections } from './test-support/fuzz/draw-connections.js';
import { type DrawnRequest, drawRequests } from './test-support/fuzz/draw-requests.js';
import { type Answered, converse, exchange } from './test-support/fuzz/exchange.js';
import { makeThings } from './test-support/make-things.js';
import { startApi, type TestApi } from './test-support/start-api.js';

/** The run ends after this time at the latest, and on a fast machine after this many requests. */
const REQUESTS = { numRuns: 3_000, interruptAfterTimeLimit: 25_000, markInterruptAsFailure: false };
const CONNECTIONS = { numRuns: 500, interruptAfterTimeLimit: 10_000, markInterruptAsFailure: false };

let api: TestApi;
let agent: Agent;
/** Ids of what was made, by the part of the address that names its kind. */
let known: Map<string, string[]>;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
  agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const things = await makeThings(api, api.key);
  known = new Map(Object.entries(things).map(([kind, id]) => [kind, [id]]));
});
afterAll(async () => {
  agent.destroy();
  await api.close();
});

const problemShape = z.looseObject({ code: z.string(), status: z.number(), detail: z.string().min(1) });
const madeShape = z.looseObject({ id: z.string() });
const codes = new Map<string, { readonly status: number }>(
  Object.entries(problems).map(([code, [status]]) => [code, { status }]),
);

/** Every error is a problem that is known, and none is ours. */
function expectKnown({ status, type, requestId, body }: Answered, isHead: boolean): void {
  expect(status, body).toBeLessThan(500);
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  if (status < 400) return;
  expect(type).toMatch(/^application\/problem\+json/);
  if (isHead) return;
  const problem = problemShape.parse(JSON.parse(body));
  expect(problem.status).toBe(status);
  expect(codes.get(problem.code)).toEqual({ status });
}

function addressOf({ path, ids, query }: DrawnRequest): string {
  let at = 0;
  const filled = path.replaceAll(/([^/]+)\/\{[^}]+\}/g, (_, kind: string) => {
    const id = ids[at++];
    if (id === undefined) throw new Error(`${path} has more ids than were drawn`);
    const all = known.get(kind) ?? [];
    return `${kind}/${'text' in id ? id.text : (all[id.nth % all.length] ?? 'none')}`;
  });
  return `${filled}${query}`;
}

/** Remembers what was made, so that later requests find it. */
function remember(path: string, { status, type, body }: Answered): void {
  if ((status !== 201 && status !== 202) || !type.includes('json')) return;
  const made = madeShape.safeParse(JSON.parse(body)).data;
  const kind =
    path
      .split('/')
      .filter((part) => !part.startsWith('{'))
      .at(-1) ?? '';
  if (made !== undefined) known.get(kind)?.push(made.id);
}

describe('Whatever is sent', () => {
  it('to an operation of the document, the answer is one that the document has, and none is an error of ours', async () => {
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(drawRequests(api.app), async (drawn) => {
        const answered = await exchange({ port: api.port, key: api.key, agent }, addressOf(drawn), drawn);
        if (answered === null) return;
        expectKnown(answered, drawn.method === 'HEAD');
        remember(drawn.path, answered);
        failOnStrangeAnswers();
        seen.set(answered.status, (seen.get(answered.status) ?? 0) + 1);
      }),
      REQUESTS,
    );
    console.log(
      `Answers by status (seed ${fc.readConfigureGlobal().seed ?? 'random'}):`,
      Object.fromEntries(seen),
    );
    // Enough of what is drawn must pass the first checks and reach the code behind them.
    expect(
      (seen.get(200) ?? 0) + (seen.get(201) ?? 0) + (seen.get(202) ?? 0) + (seen.get(204) ?? 0),
    ).toBeGreaterThan(20);
  });

  it('on a connection, also if it is no HTTP, it is answered with problems or closed', async () => {
    await fc.assert(
      fc.asyncProperty(drawConnections(api.key), async (drawn) => {
        for (const answered of readAnswers(await converse(api.port, drawn))) expectKnown(answered, false);
        failOnStrangeAnswers();
      }),
      CONNECTIONS,
    );
    expect((await api.send('/readyz')).status).toBe(200);
  });
});

/** The answers on a connection, in their order. */
function readAnswers(text: string): readonly Answered[] {
  const heads = text.split(/(?=HTTP\/1\.1 (?!100)\d{3} )/).filter((part) => part !== '');
  return heads.map((part) => {
    const [head = '', body = ''] = part.split('\r\n\r\n');
    const header = (name: string) => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
    return {
      status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? Number.NaN),
      type: header('content-type'),
      requestId: header('x-request-id'),
      body,
    };
  });
}
