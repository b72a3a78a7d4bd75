import fc from 'fast-check';
import * as z from 'zod/mini';
import { anyString } from '../values/any-string.testing.js';

/**
 * Values that a schema accepts, and such that it just refuses. Knows the kinds of schema that records are made of.
 *
 * @param weight how many parts of a value are ordinary, for one that is not: the more parts, the more it has to be
 */
export function valuesNear(schema: z.core.$ZodType, weight: number): fc.Arbitrary<unknown> {
  return mostly(weight, shapedValues(schema, weight), strayValue);
}

function mostly<T>(weight: number, usual: fc.Arbitrary<T>, ...others: fc.Arbitrary<T>[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: weight * others.length, arbitrary: usual }, ...others);
}

const strayValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, 0, -0, -1, 1.5, Number.NaN, 2 ** 31, 2 ** 53, 1n),
  fc.constantFrom<unknown>('', '1', 'US', '1.00', '2024-03-01T09:30:00.000Z', new String('US')),
  fc.constantFrom<unknown>([], [null], {}, Object.create(null), new Date(0), new Map(), () => 'US'),
  anyString,
);

function shapedValues(schema: z.core.$ZodType, weight: number): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodMiniObject) return objectsNear(schema, weight);
  if (schema instanceof z.ZodMiniNullable)
    return fc.option(valuesNear(schema.def.innerType, weight), { freq: 2 });
  if (schema instanceof z.ZodMiniArray) return arraysNear(schema, weight);
  if (schema instanceof z.ZodMiniRecord) return recordsNear(schema, weight);
  if (schema instanceof z.ZodMiniEnum) return fc.constantFrom<unknown>(...schema.options);
  if (schema instanceof z.ZodMiniString) return stringsNear(schema, weight);
  if (schema instanceof z.ZodMiniNumberFormat) return integersNear(schema, weight);
  throw new Error(`No values for ${schema._zod.def.type}.`);
}

class Instance {}

function objectsNear(schema: z.ZodMiniObject, weight: number): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.entries(schema.def.shape).map(([name, field]) => [name, valuesNear(field, weight)]),
  );
  const objects: fc.Arbitrary<object> = fc.record(fields);
  return mostly(
    weight,
    objects,
    fc.record(fields, { requiredKeys: [] }),
    objects.map((object) => ({ ...object, unheardOf: 1 })),
    objects.map((object) => Object.create(object)),
    objects.map((object) => Object.assign(new Instance(), object)),
  );
}

function arraysNear(schema: z.ZodMiniArray, weight: number): fc.Arbitrary<unknown> {
  const arrays = fc.array(valuesNear(schema.def.element, weight), { maxLength: 4 });
  const withHole = arrays.map((array) => Object.assign([...array], { length: array.length + 1 }));
  return mostly<unknown>(
    weight,
    arrays,
    withHole,
    arrays.map((array) => ({ ...array, length: array.length })),
  );
}

function recordsNear(schema: z.ZodMiniRecord, weight: number): fc.Arbitrary<unknown> {
  const key = mostly(
    weight,
    shapedValues(schema.def.keyType, weight).map(String),
    fc.constantFrom('', '1', 'constructor', 'toString', 'length'),
  );
  const records: fc.Arbitrary<object> = fc.dictionary(key, valuesNear(schema.def.valueType, weight), {
    maxKeys: 4,
  });
  return mostly(
    weight,
    records,
    records.map((record) => Object.assign(new Instance(), record)),
  );
}

/** Characters of one unit and of two, and half of one of two. */
const character = fc.constantFrom('x', 'é', '1', '😀', '\ud83d');

function stringsNear(schema: z.ZodMiniString, weight: number): fc.Arbitrary<string> {
  const patterns = (schema.def.checks ?? []).flatMap((check) =>
    check instanceof z.core.$ZodCheckRegex ? [check._zod.def.pattern] : [],
  );
  if (patterns.length > 0) {
    const matching = fc.oneof(...patterns.map((pattern) => fc.stringMatching(pattern)));
    return mostly(
      weight,
      matching,
      matching.map((text) => `${text}\n`),
      matching.map((text) => text.slice(1)),
    );
  }
  const { minLength: min = 0, maxLength: max = 10 } = z.toJSONSchema(schema);
  const edges = [min - 1, min, 2 * min - 1, max / 2, max / 2 + 1, max, max + 1].filter(
    (length) => length >= 0,
  );
  return mostly(
    weight,
    fc.string({ unit: character, minLength: min, maxLength: Math.min(max, min + 8) }),
    fc.tuple(character, fc.constantFrom(...edges)).map(([unit, length]) => unit.repeat(length)),
  );
}

function integersNear(schema: z.ZodMiniNumberFormat, weight: number): fc.Arbitrary<number> {
  const { minimum: min = -(2 ** 53), maximum: max = 2 ** 53 } = z.toJSONSchema(schema);
  return mostly(
    weight,
    fc.double({ min, max, noNaN: true }).map(Math.round),
    fc.constantFrom(min - 1, min, min + 0.5, max, max + 1, 2 ** 53 - 1, 1 - 2 ** 53),
  );
}
