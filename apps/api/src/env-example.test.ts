import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { environmentSchema } from './env.js';

const example = await readFile(new URL('../.env.example', import.meta.url), 'utf8');
/** Every variable, set or commented out, with the line above it. */
const variables = [...example.matchAll(/^(?<above>.*)\n(?:# )?(?<name>[A-Z_]+)=(?<value>.*)$/gm)].map(
  ({ groups }) => ({
    above: groups?.['above'] ?? '',
    name: groups?.['name'] ?? '',
    value: groups?.['value'],
  }),
);

it('.env.example names every variable that the API reads, each with a comment', () => {
  expect(variables.map(({ name }) => name)).toEqual(Object.keys(environmentSchema.shape));
  for (const { above } of variables) expect(above).toMatch(/^# .+\.$/);
});

it('.env.example shows the defaults', () => {
  // An empty variable counts as not set.
  const values = Object.fromEntries(variables.flatMap(({ name, value }) => (value ? [[name, value]] : [])));
  const { DATABASE_URL, REDIS_URL, PUBLIC_URL } = values;
  const defaults = environmentSchema.parse({ DATABASE_URL, REDIS_URL, PUBLIC_URL });
  expect(environmentSchema.parse(values)).toEqual(defaults);
});
