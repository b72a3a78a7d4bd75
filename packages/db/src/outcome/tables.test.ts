import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

/** The tables of each wing; `merchant`, `api_key` and `page_session` belong to both. */
const tables = {
  import: [
    'backer',
    'campaign',
    'csv_upload',
    'csv_upload_chunk',
    'csv_upload_file',
    'inventory',
    'mapping_template',
    'pledge',
    'pledge_item',
    'product',
    'survey',
  ],
  messages: ['delivery', 'delivery_attempt', 'notification', 'notification_settings', 'webhook_endpoint'],
};

const TABLE = /\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z_]+)/g;

async function tablesOf(wing: keyof typeof tables): Promise<ReadonlySet<string>> {
  const folder = new URL(`../${wing}/`, import.meta.url);
  const files = await readdir(folder, { recursive: true });
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  const texts = await Promise.all(sources.map((file) => readFile(new URL(file, folder), 'utf8')));
  return new Set(texts.flatMap((text) => [...text.matchAll(TABLE)].map(([, table = '']) => table)));
}

// The imports are kept apart by `pnpm run arrows`, which does not read SQL.
it.each([
  { wing: 'import', other: 'messages' },
  { wing: 'messages', other: 'import' },
] as const)('the SQL of $wing/ names its own tables and none of $other/', async ({ wing, other }) => {
  const named = await tablesOf(wing);
  expect(tables[other].filter((table) => named.has(table))).toEqual([]);
  expect(tables[wing].filter((table) => named.has(table))).not.toEqual([]);
});
