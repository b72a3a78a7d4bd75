import { z } from 'zod';
import type { AppContext } from '../../context.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { id, instant, nextId } from '../../contract/values.js';
import { cursorParameter, limitParameter } from '../../read-query.js';

const listCampaigns = {
  operationId: 'listCampaigns',
  summary: 'Lists campaigns, oldest first',
  description: 'The first upload that names a campaign creates it.',
  tags: [tags.records],
  querystring: z.strictObject({ after: cursorParameter.optional(), limit: limitParameter(200) }),
  response: {
    200: z.strictObject({
      campaigns: z.array(z.strictObject({ id, name: z.string(), createdAt: instant })),
      next: nextId,
    }),
  },
};

/** `GET /v1/campaigns`: the merchant's campaigns, oldest first. The first upload to a campaign creates it. */
export async function campaignRoutes(app: Api, { database }: AppContext): Promise<void> {
  app.get('/', { schema: listCampaigns }, async ({ merchantId, query: { after, limit } }) => {
    const found = await database.prisma.campaign.findMany({
      where: { merchantId, ...(after === undefined ? {} : { id: { gt: after } }) },
      select: { id: true, name: true, createdAt: true },
      orderBy: { id: 'asc' },
      take: limit + 1,
    });
    const campaigns = found.slice(0, limit);
    return { campaigns, next: found.length > limit ? (campaigns.at(-1)?.id ?? null) : null };
  });
}
