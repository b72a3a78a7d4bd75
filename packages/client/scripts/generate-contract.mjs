// Writes the types of the API's contract to src/generated/contract.ts.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const document = new URL('../../../apps/api/openapi.json', import.meta.url);
const target = new URL('../src/generated/contract.ts', import.meta.url);

// What an answer holds is only read: a caller that changes it would change a copy.
const types = astToString(
  await openapiTS(await readFile(document, 'utf8'), { immutable: false, rootTypes: false }),
);
await mkdir(new URL('./', target), { recursive: true });
await writeFile(target, `// Written by scripts/generate-contract.mjs from apps/api/openapi.json.\n${types}`);
