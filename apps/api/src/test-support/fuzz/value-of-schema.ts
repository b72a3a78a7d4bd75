import fc from 'fast-check';
import { z } from 'zod';

/** What of a JSON Schema the document uses for input. */
const schemaShape = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  format: z.string().optional(),
  anyOf: z.array(z.unknown()).optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  items: z.unknown().optional(),
  minItems: z.number().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
  propertyNames: z.unknown().optional(),
});
type Schema = z.infer<typeof schemaShape>;

/** Longer texts would only make the run slower. */
const MAX_TEXT = 300;

/** Values that have broken programs: of other types, too large, empty, or with characters that are hard to store. */
export const wildValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: MAX_TEXT }),
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    '\0',
    'null',
    '-1',
    '1e309',
    'NaN',
    '__proto__',
    'constructor',
    "' OR 1=1 --",
    '%00',
    '../../etc/passwd',
    '\u202egpj.exe',
    '\ud83d\ude00'.repeat(60),
    'x'.repeat(20_000),
    [],
    {},
    [[[[[[[[]]]]]]]],
    { toString: 1, valueOf: 2 },
    -1,
    0,
    -0,
    0.1,
    2 ** 31,
    2 ** 53,
    1e308,
    true,
  ),
);

/** Values that a schema allows, apart from its patterns. */
export function fitting(declared: unknown): fc.Arbitrary<unknown> {
  const schema = schemaShape.parse(declared);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(fitting));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string':
      return textOf(schema);
    case 'integer':
      return integerOf(schema);
    case 'number':
      return fc.double({ noNaN: true, min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(fitting(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: 5 });
    case 'object':
      return objectOf(schema, fitting);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

/** Values that are wrong in one place or a few. */
export function nearly(declared: unknown): fc.Arbitrary<unknown> {
  const schema = schemaShape.parse(declared);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(nearly));
  if (schema.type === 'object') {
    const withStranger = fc
      .tuple(objectOf(schema, mostly), fc.string({ maxLength: 20 }), wildValue)
      .map(([object, name, value]) => ({ ...object, [name]: value }));
    return fc.oneof(objectOf({ ...schema, required: [] }, mostly), objectOf(schema, mostly), withStranger);
  }
  if (schema.type === 'array') return fc.array(mostly(schema.items ?? {}), { maxLength: 5 });
  if (schema.type === 'integer') {
    const { minimum = 0, maximum = 0 } = schema;
    return fc.constantFrom(minimum - 1, maximum + 1, minimum, maximum, minimum + 0.5);
  }
  if (schema.type === 'string') {
    const { minLength = 0, maxLength = 100 } = schema;
    return fc
      .tuple(
        fc.constantFrom(minLength - 1, minLength, maxLength, maxLength + 1),
        fc.constantFrom('x', ' ', '\u0007', 'ü'),
      )
      .map(([length, letter]) => letter.repeat(Math.max(0, length)));
  }
  return wildValue;
}

/** Valid more often than not. */
export function mostly(declared: unknown): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 5, arbitrary: fitting(declared) }, { weight: 1, arbitrary: wildValue });
}

function textOf({ format, minLength = 0, maxLength = MAX_TEXT }: Schema): fc.Arbitrary<string> {
  switch (format) {
    case 'uuid':
      return fc.uuid();
    case 'date-time':
      return fc
        .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
        .map((date) => date.toISOString());
    case 'uri':
      return fc.oneof(
        fc.webUrl(),
        fc.constantFrom('https://example.com/hook', 'https://127.0.0.1/', 'ftp://x', 'http:'),
      );
    default:
      return fc.oneof(
        fc.string({ unit: 'grapheme-ascii', minLength, maxLength: Math.min(maxLength, 40) }),
        fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, MAX_TEXT) }),
      );
  }
}

function integerOf({ minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER }: Schema) {
  return fc.integer({ min: minimum, max: maximum });
}

function objectOf(
  { properties = {}, required = [], additionalProperties, propertyNames }: Schema,
  memberOf: (schema: unknown) => fc.Arbitrary<unknown>,
): fc.Arbitrary<Record<string, unknown>> {
  const declared = Object.fromEntries(
    Object.entries(properties).map(([name, each]) => [name, memberOf(each)]),
  );
  const isRequired = required.filter((name) => name in declared);
  const known = fc.record<Record<string, unknown>, string>(declared, {
    requiredKeys: isRequired,
    noNullPrototype: true,
  });
  if (typeof additionalProperties !== 'object') return known;
  const name = fitting(propertyNames ?? { type: 'string' }).map(String);
  const others = fc.dictionary(name, memberOf(additionalProperties), { maxKeys: 4, noNullPrototype: true });
  return fc.tuple(known, others).map(([first, second]) => ({ ...first, ...second }));
}
