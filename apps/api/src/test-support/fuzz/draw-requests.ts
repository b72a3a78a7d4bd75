import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { kickstarterCsv } from '../start-api.js';
import { fitting, nearly, wildValue } from './value-of-schema.js';

/** An id in an address: of the nth thing of its kind that was made so far, or a text. */
export type IdInPath = { readonly nth: number } | { readonly text: string };

/** A request that is well-formed HTTP. */
export interface DrawnRequest {
  readonly operation: string;
  readonly method: string;
  /** As the document has it, such as `/v1/uploads/{id}`. */
  readonly path: string;
  readonly ids: readonly IdInPath[];
  /** With its question mark, or blank. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

const parameterShape = z.looseObject({
  name: z.string(),
  in: z.string(),
  required: z.boolean().default(false),
  schema: z.unknown(),
  example: z.unknown().optional(),
});
const contentShape = z.looseObject({ schema: z.unknown(), example: z.unknown().optional() });
const operationShape = z.looseObject({
  operationId: z.string(),
  parameters: z.array(parameterShape).default([]),
  requestBody: z.looseObject({ content: z.record(z.string(), contentShape) }).optional(),
});
type Operation = z.infer<typeof operationShape>;
type Parameter = z.infer<typeof parameterShape>;
const documentShape = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

/** How much of a request is as the document wants it: all, all but a few places, or hardly anything. */
type Mood = 'valid' | 'nearly valid' | 'wild';

/** Requests to every operation of the document, each operation as often as the others. */
export function drawRequests(app: Pick<FastifyInstance, 'swagger'>): fc.Arbitrary<DrawnRequest> {
  const { paths } = documentShape.parse(app.swagger());
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([name, declared]) => {
      const operation = operationShape.parse(declared);
      const draw = (mood: Mood) => drawRequest(path, name.toUpperCase(), operation, mood);
      return fc.oneof(
        { weight: 5, arbitrary: draw('valid') },
        { weight: 3, arbitrary: draw('nearly valid') },
        { weight: 2, arbitrary: draw('wild') },
      );
    }),
  );
  return fc.oneof(...operations);
}

const otherMethod = fc.constantFrom('HEAD', 'OPTIONS', 'PUT', 'DELETE', 'POST', 'PATCH', 'QUERY');

function drawRequest(
  path: string,
  declaredMethod: string,
  operation: Operation,
  mood: Mood,
): fc.Arbitrary<DrawnRequest> {
  const of = (place: string) => operation.parameters.filter((each) => each.in === place);
  const asDeclared = fc.constant(declaredMethod);
  return fc.record({
    operation: fc.constant(operation.operationId),
    method: mood === 'wild' ? fc.oneof(asDeclared, otherMethod) : asDeclared,
    path: fc.constant(path),
    ids: fc.tuple(...[...path.matchAll(/\{[^}]+\}/g)].map(() => drawId(mood))),
    query: drawQuery(of('query'), mood),
    headers: drawHeaders(of('header'), operation, mood),
    body: drawBody(operation, declaredMethod, mood),
  });
}

const wildText = wildValue.map(toText);

function drawId(mood: Mood): fc.Arbitrary<IdInPath> {
  const known = fc.record({ nth: fc.nat({ max: 50 }) });
  const strange = fc.oneof(
    fc.record({ text: fc.uuid() }),
    fc.record({ text: wildText.map(encodeURIComponent) }),
    // Sent as they are.
    fc.record({ text: fc.constantFrom('%zz', '%00', '..', '%2e%2e%2f', '%ff', ';', '*', '%C0%AF') }),
  );
  return mood === 'valid' ? known : fc.oneof({ weight: mood === 'wild' ? 1 : 6, arbitrary: known }, strange);
}

function drawQuery(parameters: readonly Parameter[], mood: Mood): fc.Arbitrary<string> {
  const named = parameters.map(({ name, required, schema, example }) => {
    const wanted = asWanted({ schema, example });
    const wrong = fc.oneof({ weight: 2, arbitrary: wanted }, nearly(schema), wildValue);
    const pair = fc.tuple(fc.constant(name), mood === 'valid' ? wanted : wrong);
    const isSent = required && mood !== 'wild';
    return isSent ? pair : fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, pair);
  });
  const strangers = [...parameters.map(({ name }) => fc.constant(name)), wildText].map((name) =>
    fc.option(fc.tuple(name, wildValue), { freq: 8 }),
  );
  return fc.tuple(...named, ...(mood === 'wild' ? strangers : [])).map((drawn) => {
    const text = drawn
      .filter((pair) => pair !== null)
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(toText(value))}`)
      .join('&');
    return text === '' ? '' : `?${text.slice(0, 12_000)}`;
  });
}

/** What the document shows as an example, or any value that it allows. */
function asWanted({ schema, example }: { readonly schema: unknown; readonly example?: unknown }) {
  return example === undefined ? fitting(schema) : fc.oneof(fc.constant(example), fitting(schema));
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Characters that a header may hold. */
const headerText = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', maxLength: 60 }),
  fc.string({
    unit: fc.integer({ min: 0x80, max: 0xff }).map((code) => String.fromCharCode(code)),
    maxLength: 20,
  }),
);

const commonHeaders = {
  accept: fc.constantFrom('*/*', 'text/csv', 'application/x-ndjson', 'x', ''),
  'if-none-match': fc.oneof(fc.constantFrom('*', 'W/"x"', '"x", "y"'), headerText),
  'accept-encoding': fc.constantFrom('gzip', 'identity;q=0', '*'),
  'content-encoding': fc.constantFrom('gzip', 'identity', 'br', 'x', ''),
  expect: fc.constant('100-continue'),
  origin: fc.constantFrom('https://example.com', 'null', 'x'),
  range: fc.constant('bytes=0-1'),
  'x-http-method-override': fc.constant('DELETE'),
};

function drawHeaders(
  parameters: readonly Parameter[],
  { requestBody }: Operation,
  mood: Mood,
): fc.Arbitrary<Record<string, string>> {
  const wanted = Object.keys(requestBody?.content ?? { 'application/json': {} }).map((type) =>
    type.startsWith('multipart') ? `${type}; boundary=xyz` : type,
  );
  const strange = fc.oneof(fc.constantFrom('text/plain', 'application/xml', 'x', '; charset=x'), headerText);
  const type = mood === 'wild' ? fc.oneof(fc.constantFrom(...wanted), strange) : fc.constantFrom(...wanted);
  const own = parameters.map(({ name, schema }) => {
    const value = fitting(schema).map((drawn) => toText(drawn).replaceAll(/[^\x20-\x7e]/g, '?'));
    return [name, mood === 'valid' ? value : fc.oneof(value, headerText)] as const;
  });
  const others = mood === 'valid' ? own : [...own, ...Object.entries(commonHeaders)];
  // Blank: not sent.
  const rarely = others.map(([name, value]) => [
    name,
    fc.oneof({ weight: 7, arbitrary: fc.constant('') }, value),
  ]);
  return fc
    .record<Record<string, string>, string>({ 'content-type': type, ...Object.fromEntries(rarely) })
    .map((headers) => Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== '')));
}

function drawBody({ requestBody }: Operation, method: string, mood: Mood): fc.Arbitrary<Uint8Array | null> {
  const asBytes = (value: unknown) => Buffer.from(JSON.stringify(value));
  if (mood === 'wild' || (requestBody === undefined && mood === 'nearly valid')) {
    const wild = fc.oneof(
      wildValue.map(asBytes),
      fc.uint8Array({ maxLength: 300 }),
      fc.constant(Buffer.from('{"a":')),
    );
    return fc.oneof(fc.constant(null), wild);
  }
  if (requestBody === undefined) return fc.constant(method === 'GET' ? null : Buffer.alloc(0));
  const json = requestBody.content['application/json'];
  if (json === undefined) return drawFile();
  return (mood === 'valid' ? asWanted(json) : nearly(json.schema)).map(asBytes);
}

/** Files: tables, some of them packed or sent as a form, and garbage. */
function drawFile(): fc.Arbitrary<Uint8Array> {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom('1', '"', '$25.00', 'ada@example.com'),
  );
  const table = fc
    .array(fc.array(cell, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 })
    .map((rows) => rows.map((row) => row.join(',')).join('\n'));
  const changed = fc
    .tuple(
      fc.nat({ max: kickstarterCsv.length }),
      fc.nat({ max: 20 }),
      fc.string({ unit: 'binary', maxLength: 20 }),
    )
    .map(([at, length, text]) => kickstarterCsv.slice(0, at) + text + kickstarterCsv.slice(at + length));
  const plain = fc.oneof(fc.constant(kickstarterCsv), changed, table).map((text) => Buffer.from(text));
  const packed = fc
    .tuple(plain, fc.nat({ max: 60 }))
    .map(([text, cut]) => gzipSync(text).subarray(0, cut > 40 ? cut : undefined));
  const form = fc
    .tuple(
      plain,
      fc.constantFrom('name="file"; filename="a.csv"', 'name="campaign"', 'name=""', 'x'),
      fc.constantFrom('--\r\n', '', '\r\n'),
    )
    .map(([text, disposition, end]) =>
      Buffer.from(`--xyz\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${text}\r\n--xyz${end}`),
    );
  const magic = fc
    .tuple(
      fc.constantFrom('PK\x03\x04', '\x1f\x8b\x08', '\xff\xfe', '\xfe\xff', '\xd0\xcf\x11\xe0', '%PDF-'),
      fc.uint8Array({ maxLength: 200 }),
    )
    .map(([start, rest]) => Buffer.concat([Buffer.from(start, 'latin1'), rest]));
  return fc.oneof({ weight: 4, arbitrary: plain }, packed, form, magic, fc.uint8Array({ maxLength: 400 }));
}
