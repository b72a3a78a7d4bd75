import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { expect, it } from 'vitest';
import * as door from './index.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const requireBuiltIn = createRequire(import.meta.url);

it('The README of unpack has an example that prints what its comments say', async () => {
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
  const { outputText } = transpileModule(example, { compilerOptions });
  const run: unknown = new Function(
    'require',
    'exports',
    'console',
    `return (async () => {${outputText}})();`,
  );
  if (typeof run !== 'function') throw new Error('the example is no program');
  const printed: unknown[] = [];
  const load = (name: string): unknown => (name === '@pledgeline/unpack' ? door : requireBuiltIn(name));
  await run(load, {}, { log: (...values: unknown[]) => printed.push(...values) });
  const expected = [...example.matchAll(/console\.log\(.*?\); \/\/ (.*)/g)].map((match) => match[1]);
  expect(printed.map((value) => JSON.stringify(value))).toEqual(expected);
  expect(printed).toHaveLength(2);
});

it('The README of unpack explains every error code', () => {
  const source = readFileSync(new URL('./unpack-error.ts', import.meta.url), 'utf8');
  const codes = [...source.matchAll(/^ {2}\| '(\w+)'/gm)].map((match) => match[1]);
  expect(codes.length).toBeGreaterThan(5);
  for (const code of codes) expect(readme).toContain(`\`${code}\``);
});
