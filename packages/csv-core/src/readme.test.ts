import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { describe, expect, it } from 'vitest';
import * as wholeFiles from './import.js';
import * as main from './index.js';
import { fileIssueCodes, keepCells, type RowChunk } from './index.js';
import * as mapping from './map.js';

/** What an example gets for the name of an entry. */
function entry(name: string): unknown {
  const entries: Readonly<Record<string, unknown>> = {
    '@pledgeline/csv-core': main,
    '@pledgeline/csv-core/import': wholeFiles,
    '@pledgeline/csv-core/map': mapping,
  };
  return entries[name];
}

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README of csv-core', () => {
  const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map((match) => match[1] ?? '');

  it.each(examples)('has examples that print what their comments promise: example %#', (example) => {
    const expected = [...example.matchAll(/console\.log\(.*\).*?; \/\/ (.*)|console\.log\(.*\), \/\/ (.*)/g)];
    const printed: string[] = [];
    const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
    const code = transpileModule(example, { compilerOptions }).outputText;
    const run: unknown = new Function('require', 'exports', 'console', code);
    if (typeof run !== 'function') throw new Error('The example is not a program.');
    const log = (...values: unknown[]) => printed.push(values.join(' '));
    run(entry, {}, { log });
    expect(printed).toEqual(expected.map((match) => match[1] ?? match[2]));
    expect(printed).toHaveLength(4);
  });

  it('shows the record that its first example makes', () => {
    const file = /const file = `(.*?)`;/s.exec(examples[0] ?? '')?.[1] ?? '';
    const chunks: RowChunk[] = [];
    const table = wholeFiles.openTextImport({
      packer: keepCells,
      onChunk: (chunk) => chunks.push(chunk),
    });
    table.push(new TextEncoder().encode(file));
    const options = mapping.mapOptions(table.end());
    const records = chunks.flatMap(
      ({ headers, rows, firstRow, lines }) =>
        mapping.mapKeys(headers, rows, { ...options, firstRow, lines }).records,
    );
    const shown: unknown = JSON.parse(/```json\n(.*?)```/s.exec(readme)?.[1] ?? '');
    expect(records[0]).toEqual(shown);
  });

  it('lists every issue code', () => {
    const listed = [...readme.matchAll(/^\| *`(\w+)` *\| *(?:error|warning) *\|/gm)].map((match) => match[1]);
    const folder = fileURLToPath(new URL('.', import.meta.url));
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(
        (path) => /^(fields|mapping|values|map-keys)/.test(path) && /(?<!\.test|\.testing)\.ts$/.test(path),
      )
      .map((path) => readFileSync(join(folder, path), 'utf8'))
      .join('\n');
    const used = [
      ...sources.matchAll(/addIssue(?:To)?\(\s*[\w.]+,\s*'(?:error|warning)',\s*'(\w+)'/g),
      ...sources.matchAll(/code: '(\w+)'/g),
      ...sources.matchAll(/\? '(value_too_long)' : 'invalid_value'/g),
    ].map((match) => match[1]);
    // No field is read with `parseBoolean` yet.
    const expected = new Set(
      [...used, 'invalid_value', ...fileIssueCodes].filter(
        (code) => code !== 'invalid_boolean' && code !== 'unknown_platform',
      ),
    );
    expect(new Set(listed)).toEqual(expected);
  });
});
