import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AppContext } from '../../context.js';
import { withQuery } from '../../plugins/refuse-parameters.js';
import { idParameter, limitParameter, readQuery } from '../../read-query.js';

const listQuery = z.strictObject({ after: idParameter.optional(), limit: limitParameter(200) });

/** `GET /v1/campaigns`: the merchant's campaigns, oldest first. The first upload to a campaign creates it. */
export async function campaignRoutes(app: FastifyInstance, { database }: AppContext): Promise<void> {
  app.get('/', withQuery, async (request) => {
    const { after, limit } = readQuery(listQuery, request.query);
    const found = await database.prisma.campaign.findMany({
      where: { merchantId: request.merchantId, ...(after === undefined ? {} : { id: { gt: after } }) },
      select: { id: true, name: true, createdAt: true },
      orderBy: { id: 'asc' },
      take: limit + 1,
    });
    const campaigns = found.slice(0, limit);
    return { campaigns, next: found.length > limit ? campaigns.at(-1)?.id : null };
  });
}
