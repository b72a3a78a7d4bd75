import { platforms } from '@pledgeline/csv-core';
import { cutPage, type PageStart } from '@pledgeline/db';
import { z } from 'zod';
import { cursorMembers, cursorParameter } from '../../answers/cursor.js';
import { writeCursors } from '../../answers/list-page.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { limitParameter } from '../../read-query.js';

const platform = z.strictObject({
  name: z.string().meta({ examples: ['kickstarter'] }),
  title: z.string().meta({ examples: ['Kickstarter'] }),
  evidence: z.string().meta({ description: 'How well its files are known, and from which source.' }),
  requiredColumns: z.array(
    z.strictObject({
      field: z.string(),
      headers: z.array(z.string()).meta({ description: 'The names that the column may have.' }),
    }),
  ),
});

const names = platforms.map(({ name }) => name);
const platformCursor = cursorParameter(z.string().refine((name) => names.includes(name)));

const listPlatforms = {
  operationId: 'listPlatforms',
  summary: 'Lists the platforms whose files are known, and the columns they require',
  tags: [tags.uploads],
  querystring: z.strictObject({ cursor: platformCursor, limit: limitParameter(200) }),
  response: { 200: z.strictObject({ platforms: z.array(platform), ...cursorMembers }) },
};

/** `GET /v1/platforms`: the platforms whose files can be imported. */
export async function platformRoutes(app: Api): Promise<void> {
  app.get('/', { schema: listPlatforms }, async ({ query: { cursor: start, limit } }) => {
    const from = start === undefined ? platforms : listedFrom(start);
    const { rows, ...beside } = cutPage(from, { start, limit }, ({ name }) => name);
    return {
      platforms: rows.map(({ name, title, evidence, columns }) => ({
        name,
        title,
        evidence,
        requiredColumns: columns
          .filter((column) => column.required)
          .map(({ field, headers }) => ({ field, headers })),
      })),
      ...writeCursors(beside),
    };
  });
}

function listedFrom({ side, key }: PageStart): typeof platforms {
  const at = platforms.findIndex(({ name }) => name === key);
  return side === 'after' ? platforms.slice(at + 1) : platforms.slice(0, Math.max(at, 0)).reverse();
}
