import { listCampaigns as readCampaigns } from '@pledgeline/db';
import { z } from 'zod';
import { cursorMembers } from '../../answers/cursor.js';
import { writeCursors } from '../../answers/list-page.js';
import type { AppContext } from '../../context.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { idCursorParameter, limitParameter } from '../../read-query.js';
import { campaignSummary } from './campaign-operations.js';
import { addOneCampaignRoutes } from './one-campaign-routes.js';

const listCampaigns = {
  operationId: 'listCampaigns',
  summary: 'Lists campaigns, oldest first',
  description:
    'The first upload that names a campaign creates it. If it is refused at once, the campaign is not listed.',
  tags: [tags.records],
  querystring: z.strictObject({
    cursor: idCursorParameter,
    limit: limitParameter(200),
    archived: z
      .enum(['true', 'false'], 'must be "true" or "false"')
      .transform((text) => text === 'true')
      .optional()
      .describe('Whether to list archived ones as well.'),
  }),
  response: { 200: z.strictObject({ campaigns: z.array(campaignSummary), ...cursorMembers }) },
};

/** `/v1/campaigns`: the merchant's campaigns. */
export async function campaignRoutes(app: Api, context: AppContext): Promise<void> {
  const { database } = context;
  addOneCampaignRoutes(app, context);

  app.get('/', { schema: listCampaigns }, async ({ merchantId, query }) => {
    const { cursor: start, limit, archived } = query;
    const page = { start, limit, archived: archived === true };
    const { rows, ...beside } = await readCampaigns(database, merchantId, page);
    return { campaigns: rows, ...writeCursors(beside) };
  });
}
