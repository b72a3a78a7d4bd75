// Writes what the client knows of the API, from its contract, to src/generated: types, and the names of cursors.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const document = JSON.parse(
  await readFile(new URL('../../../apps/api/openapi.json', import.meta.url), 'utf8'),
);
const generated = new URL('../src/generated/', import.meta.url);

await mkdir(generated, { recursive: true });
await write('contract.ts', astToString(await openapiTS(document, { alphabetize: true })));
await write(
  'cursor-names.ts',
  `/** The parameter of each list that takes the \`next\` of a page. */
export const cursorNames = ${JSON.stringify(Object.fromEntries(cursorNames(document)), null, 2)} as const;
`,
);

function* cursorNames({ paths }) {
  for (const [path, { get }] of Object.entries(paths)) {
    const answer = get?.responses['200']?.content?.['application/json']?.schema;
    if (answer?.properties?.next === undefined) continue;
    const names = get.parameters.map(({ name }) => name);
    const name = ['cursor', 'after', 'before'].find((each) => names.includes(each));
    if (name === undefined) throw new Error(`The list ${path} has no parameter that takes its cursor.`);
    yield [path, name];
  }
}

async function write(name, text) {
  const header = '// Written by scripts/generate-contract.mjs from apps/api/openapi.json.\n';
  await writeFile(new URL(name, generated), `${header}${text}`);
}
