import { platforms } from '@pledgeline/csv-core';
import { z } from 'zod';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';

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

const listPlatforms = {
  operationId: 'listPlatforms',
  summary: 'Lists the platforms whose files are known, and the columns they require',
  tags: [tags.uploads],
  response: { 200: z.strictObject({ platforms: z.array(platform) }) },
};

/** `GET /v1/platforms`: the platforms whose files can be imported. */
export async function platformRoutes(app: Api): Promise<void> {
  app.get('/', { schema: listPlatforms }, async () => ({
    platforms: platforms.map(({ name, title, evidence, columns }) => ({
      name,
      title,
      evidence,
      requiredColumns: columns
        .filter((column) => column.required)
        .map(({ field, headers }) => ({ field, headers })),
    })),
  }));
}
