import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { envSchema } from './env.js';

const example = await readFile(new URL('../.env.example', import.meta.url), 'utf8');
/** Set or commented out, with the line above. */
const variables = [...example.matchAll(/^(?<above>.*)\n(?:# )?(?<name>[A-Z_]+)=(?<value>.*)$/gm)].map(
  ({ groups }) => ({
    above: groups?.['above'] ?? '',
    name: groups?.['name'] ?? '',
    value: groups?.['value'],
  }),
);
const exampleValues = Object.fromEntries(
  variables.flatMap(({ name, value }) => (value ? [[name, value]] : [])),
);

it('.env.example of the worker names every variable that the worker reads, each with a comment', () => {
  expect(variables.map(({ name }) => name)).toEqual(Object.keys(envSchema.shape));
  for (const { above } of variables) expect(above).toMatch(/^# .+\.$/);
});

it('.env.example of the worker shows the defaults', () => {
  const { DATABASE_URL, REDIS_URL, ...optional } = exampleValues;
  const defaults = envSchema.parse({ DATABASE_URL, REDIS_URL });
  expect(envSchema.parse({ DATABASE_URL, REDIS_URL, ...optional })).toEqual(defaults);
});

it('the worker refuses FAULTS in production', () => {
  const variables = { ...exampleValues, FAULTS: 'chunk.claimed=kill' };
  expect(envSchema.safeParse(variables).success).toBe(true);
  const { error } = envSchema.safeParse({ ...variables, NODE_ENV: 'production' });
  expect(error?.issues).toMatchObject([{ path: ['FAULTS'], message: 'must not be set in production' }]);
});
