import { readingFrom, readPage } from '@pledgeline/db';
import { z } from 'zod';
import { cursorMembers } from '../../answers/cursor.js';
import { writeCursors } from '../../answers/list-page.js';
import type { AppContext } from '../../context.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { id, instant } from '../../contract/values.js';
import { idCursorParameter, limitParameter } from '../../read-query.js';

const listCampaigns = {
  operationId: 'listCampaigns',
  summary: 'Lists campaigns, oldest first',
  description: 'The first upload that names a campaign creates it.',
  tags: [tags.records],
  querystring: z.strictObject({ cursor: idCursorParameter, limit: limitParameter(200) }),
  response: {
    200: z.strictObject({
      campaigns: z.array(z.strictObject({ id, name: z.string(), createdAt: instant })),
      ...cursorMembers,
    }),
  },
};

/** `GET /v1/campaigns`: the merchant's campaigns, oldest first. The first upload to a campaign creates it. */
export async function campaignRoutes(app: Api, { database }: AppContext): Promise<void> {
  app.get('/', { schema: listCampaigns }, async ({ merchantId, query: { cursor: start, limit } }) => {
    const { beyond, order } = readingFrom(start, 'ASC');
    const place = start && { id: beyond === '>' ? { gt: start.key } : { lt: start.key } };
    const { rows, ...beside } = await readPage(
      { start, limit },
      (take) =>
        database.prisma.campaign.findMany({
          where: { merchantId, ...place },
          select: { id: true, name: true, createdAt: true },
          orderBy: { id: order === 'ASC' ? 'asc' : 'desc' },
          take,
        }),
      ({ id }) => id,
    );
    return { campaigns: rows, ...writeCursors(beside) };
  });
}
