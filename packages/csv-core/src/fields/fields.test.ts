import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { pledgeSchema, pledgeStatusSchema } from '../schemas/pledge.js';
import {
  amountSchema,
  countrySchema,
  currencySchema,
  instantSchema,
  lineSchema,
  textSchema,
} from '../schemas/scalars.js';
import { fieldNames, fields, fieldsOf } from './fields.js';

/** The schema of the stored value for each kind of field that pledges have. */
const stored: Readonly<Record<string, unknown>> = {
  code: lineSchema,
  country: countrySchema,
  currency: currencySchema,
  dateTime: instantSchema,
  line: lineSchema,
  money: amountSchema,
  phone: lineSchema,
  status: pledgeStatusSchema,
  text: textSchema,
};
const pledge = new Map<string, unknown>(
  Object.entries(pledgeSchema.shape).map(([name, schema]) => [
    name,
    schema instanceof z.ZodMiniNullable ? schema.def.innerType : schema,
  ]),
);

describe('the table of fields', () => {
  it.each([...fieldsOf('pledge'), ...fieldsOf('address')])(
    'has the same kind for %s as the schema of a pledge',
    (field) => {
      expect(pledge.get(field)).toBe(stored[fields[field].kind.name]);
    },
  );

  it('lets fields stand in only for required fields', () => {
    const standIns = fieldNames.flatMap((field) => fields[field].standsInFor ?? []);
    const required: readonly string[] = fieldNames.filter((field) => fields[field].required);
    expect(standIns.length).toBeGreaterThan(0);
    expect(standIns.filter((field) => !required.includes(field))).toEqual([]);
  });

  it('has a different label for each field', () => {
    const labels = fieldNames.map((field) => fields[field].label);
    expect(new Set(labels).size).toBe(labels.length);
  });
});
