import type { IncomingMessage, ServerResponse } from 'node:http';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import { vi } from 'vitest';
import { z } from 'zod';

/** Answers that the document does not know, since the last test. */
const strange: string[] = [];

/**
 * Fails the test in which the API has given an answer that its OpenAPI document does not know. `check-each-test.ts` calls it
 * after each test.
 *
 * @throws Error that lists all these answers, and forgets them
 */
export function failOnStrangeAnswers(): void {
  const found = strange.splice(0);
  if (found.length > 0) throw new Error(`The OpenAPI document does not know:\n${found.join('\n')}`);
}

/** By the text of the document: nearly all apps have the same. */
const contracts = new Map<string, Contract>();

/** Compares every answer that the app sends with its OpenAPI document. To be called when the app is ready. */
export function checkAnswers(app: Pick<FastifyInstance, 'server'> & { swagger(): object }): void {
  const { check } = contractOf(app.swagger());
  const watch = (request: IncomingMessage, response: ServerResponse) => {
    const head = vi.spyOn(response, 'writeHead');
    const writes = [vi.spyOn(response, 'write'), vi.spyOn(response, 'end')];
    response.once('close', () => {
      // What a client did not wait for is no answer; of a stream it is its beginning.
      if (!response.writableFinished && !response.headersSent) return;
      const pieces = writes.flatMap(({ mock }) => mock.calls.map(([piece]) => toBytes(piece)));
      const body = Buffer.concat(pieces).toString('utf8');
      const problem = check(request, {
        status: response.statusCode,
        type: typeOf(head.mock.lastCall) || typeIn(response.getHeader('content-type')),
        body,
        isWhole: response.writableFinished,
      });
      if (problem === null) return;
      strange.push(`${request.method} ${request.url} ${response.statusCode}: ${problem}`);
    });
  };
  app.server.prependListener('request', watch);
  app.server.prependListener('checkContinue', watch);
}

function contractOf(document: object): Contract {
  const text = JSON.stringify(document);
  const known = contracts.get(text) ?? readContract(document);
  contracts.set(text, known);
  return known;
}

const headSchema = z.looseObject({ 'content-type': z.string().optional() });

/** The type of an answer, from what `writeHead` was called with. For a stream Fastify sets single headers instead. */
function typeOf(head: readonly unknown[] | undefined): string {
  const headers = head?.map((argument) => headSchema.safeParse(argument).data?.['content-type']);
  return typeIn(headers?.find((found) => found !== undefined));
}

function typeIn(header: unknown): string {
  const [type = ''] = typeof header === 'string' ? header.split(';') : [];
  return type;
}

function toBytes(piece: unknown): Uint8Array {
  return typeof piece === 'string' ? Buffer.from(piece) : piece instanceof Uint8Array ? piece : Buffer.of();
}

interface Answer {
  readonly status: number;
  /** Without parameters; blank when there is no body. */
  readonly type: string;
  readonly body: string;
  /** False where the client left, or the server broke off. */
  readonly isWhole: boolean;
}

interface Contract {
  /** What is wrong with an answer; null when the document knows it. */
  readonly check: (request: IncomingMessage, answer: Answer) => string | null;
}

const answerSchema = z.looseObject({
  content: z.record(z.string(), z.looseObject({ schema: z.unknown() })).optional(),
});
const documentSchema = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.looseObject({ responses: z.record(z.string(), z.unknown()) })),
  ),
  components: z.looseObject({ responses: z.record(z.string(), answerSchema) }),
});

/** Files of the page for people are no operations. */
const isFileOfPage = /^\/app(?:\/|$)/;

/** Statuses of answers to addresses and methods that do not exist, to preflights, and to requests without a host. */
const ofNoOperation: readonly number[] = [204, 400, 401, 404, 405];

function readContract(document: object): Contract {
  const { paths, components } = documentSchema.parse(document);
  const patterns = Object.keys(paths).map((path) => ({ path, pattern: toPattern(path) }));
  const validate = createValidator(document);

  /** The answer that an operation declares for a status. */
  function findAnswer(path: string, method: string, status: number) {
    const declared = paths[path]?.[method]?.responses[status];
    const { data: reference } = z.object({ $ref: z.string() }).safeParse(declared);
    const name = reference?.$ref.split('/').at(-1) ?? '';
    return reference ? components.responses[name] : answerSchema.optional().parse(declared);
  }

  return {
    check({ method = '', url = '' }, { status, type, body, isWhole }) {
      // A client may give the whole URL (RFC 9112, 3.2.2).
      const [address = ''] = url.replace(/^https?:\/\/[^/]+/, '').split('?');
      const path = patterns.find(({ pattern }) => pattern.test(address))?.path ?? '';
      const operation = method === 'HEAD' ? 'get' : method.toLowerCase();
      if (paths[path]?.[operation] === undefined || status === 405) {
        if (isFileOfPage.test(address)) return null;
        if (!ofNoOperation.includes(status)) return 'there is no such operation';
        return body === '' ? null : validate({ $ref: '#/components/schemas/Problem' }, parse(body));
      }
      const answer = findAnswer(path, operation, status);
      if (answer === undefined) return 'the operation has no such status';
      const media = answer.content?.[type];
      const hasBody = method !== 'HEAD' && status !== 304 && answer.content !== undefined;
      if (media === undefined) {
        if (type === '' && body === '') return hasBody && isWhole ? 'it has no body' : null;
        return `it is never ${type}`;
      }
      if (method === 'HEAD') return null;
      for (const value of readBody(type, body, isWhole)) {
        const problem = validate(media.schema, value);
        if (problem !== null) return problem;
      }
      return null;
    },
  };
}

/** What the schema of a media type is about: each line or event of a stream of them, or the whole body. */
function readBody(type: string, body: string, isWhole: boolean): readonly unknown[] {
  // What comes behind the last separator is the beginning of the next one.
  if (type === 'application/x-ndjson') return body.split('\n').slice(0, -1).map(parse);
  if (type === 'text/event-stream') return body.split('\n\n').slice(0, -1).flatMap(readEvent);
  if (!isWhole) return [];
  return [type.endsWith('json') ? parse(body) : body];
}

const parse = (text: string): unknown => JSON.parse(text);

/** An event as the document describes it; nothing for a comment, and for the time after which to connect again. */
function readEvent(block: string): readonly unknown[] {
  if (/^(?::.*|retry: \d+)$/.test(block)) return [];
  const { groups } = /^event: (?<event>.*)\nid: (?<id>.*)\ndata: (?<data>.*)$/.exec(block) ?? {};
  // A block of another kind is an event that no schema knows.
  return [groups ? { ...groups, data: parse(groups['data'] ?? '') } : block];
}

/** Validates values with schemas of the document. */
function createValidator(document: object): (schema: unknown, value: unknown) => string | null {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const compiled = new Map<string, ValidateFunction>();
  return (schema, value) => {
    const key = JSON.stringify(schema);
    const validate = compiled.get(key) ?? ajv.compile({ ...document, allOf: [schema] });
    compiled.set(key, validate);
    if (validate(value)) return null;
    return `${ajv.errorsText(validate.errors?.slice(0, 3))} in ${JSON.stringify(value).slice(0, 1_000)}`;
  };
}

/** Matches the addresses of a path such as `/v1/uploads/{id}`. The router takes a blank id for one. */
function toPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{[^}]+\}/g, '[^/]*')}/?$`);
}
