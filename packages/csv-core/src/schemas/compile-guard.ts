import { z } from 'zod';

/** True only for values that the schema accepts unchanged. After false, the schema itself has to decide. */
export type Guard = (value: unknown) => boolean;

/**
 * Compiles a schema into a quick check for values that are nearly always valid. Zod makes an object for the result of
 * each field, which for millions of rows takes longer than reading them. A guard makes no objects; only the values that
 * it does not accept are validated by Zod.
 *
 * Supports the schemas and checks that our records use. For any other schema the guard is always false.
 */
export function compileGuard(schema: z.core.$ZodType): Guard {
  if (schema instanceof z.ZodObject) return objectGuard(schema);
  if (schema instanceof z.ZodNullable) {
    const inner = compileGuard(schema.unwrap());
    return (value) => value === null || inner(value);
  }
  if (schema instanceof z.ZodArray && !schema.def.checks?.length) {
    const element = compileGuard(schema.element);
    return (value) => Array.isArray(value) && value.every(element);
  }
  if (schema instanceof z.ZodRecord) return recordGuard(schema);
  if (schema instanceof z.ZodEnum) {
    const options = new Set<unknown>(schema.options);
    return (value) => options.has(value);
  }
  if (schema instanceof z.ZodString) return stringGuard(schema);
  if (schema instanceof z.ZodNumberFormat && schema.format === 'safeint') return integerGuard(schema);
  return undecided;
}

const undecided: Guard = () => false;

function objectGuard(schema: z.ZodObject): Guard {
  const fields = Object.entries(schema.shape).map(([name, field]) => ({
    name,
    nullable: field instanceof z.ZodNullable,
    accepts: compileGuard(field instanceof z.ZodNullable ? field.unwrap() : field),
  }));
  return (value) => {
    if (!isPlainObject(value)) return false;
    for (const field of fields) {
      const part = value[field.name];
      // Null is checked first, because most fields of most records are null.
      if (!(part === null ? field.nullable : field.accepts(part))) return false;
    }
    return true;
  };
}

function recordGuard(schema: z.ZodRecord): Guard {
  const [acceptsKey, accepts] = [compileGuard(schema.keyType), compileGuard(schema.valueType)];
  return (value) => {
    if (!isPlainObject(value)) return false;
    for (const key in value) if (!acceptsKey(key) || !accepts(value[key])) return false;
    return true;
  };
}

function stringGuard(schema: z.ZodString): Guard {
  let [min, max] = [0, Number.POSITIVE_INFINITY];
  const patterns: RegExp[] = [];
  for (const check of schema.def.checks ?? []) {
    if (check instanceof z.core.$ZodCheckMinLength) min = Math.max(min, check._zod.def.minimum);
    else if (check instanceof z.core.$ZodCheckMaxLength) max = Math.min(max, check._zod.def.maximum);
    else if (check instanceof z.core.$ZodCheckRegex) patterns.push(check._zod.def.pattern);
    else return undecided;
  }
  const fits: Guard = (value) => typeof value === 'string' && value.length >= min && value.length <= max;
  const [pattern, ...others] = patterns;
  if (pattern === undefined) return fits;
  if (others.length > 0) return undecided;
  return (value) => typeof value === 'string' && fits(value) && pattern.test(value);
}

function integerGuard(schema: z.ZodNumberFormat): Guard {
  let [min, max] = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  for (const check of schema.def.checks ?? []) {
    if (check instanceof z.core.$ZodCheckGreaterThan && check._zod.def.inclusive) {
      min = Math.max(min, Number(check._zod.def.value));
    } else if (check instanceof z.core.$ZodCheckLessThan && check._zod.def.inclusive) {
      max = Math.min(max, Number(check._zod.def.value));
    } else return undecided;
  }
  return (value) => Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
