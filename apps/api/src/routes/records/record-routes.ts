import {
  type Batches,
  type Database,
  findCampaign,
  listBackers,
  listInventory,
  listPledges,
  listProducts,
  listSurveys,
  type RecordsQuery,
} from '@pledgeline/db';
import { z } from 'zod';
import { sendJson, writePage } from '../../answers/write-page.js';
import type { AppContext } from '../../context.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { nextId } from '../../contract/values.js';
import { Problem } from '../../problem.js';
import { cursorParameter, limitParameter, lineParameter } from '../../read-query.js';
import { presentPledge, presentRecord } from './present-record.js';
import { backer, inventory, pledge, product, survey } from './record-answers.js';

const listQuery = z.strictObject({
  campaign: lineParameter(200)
    .optional()
    .meta({ description: 'Name or id of the campaign. Required.', examples: ['Lamp'] }),
  after: cursorParameter.optional(),
  limit: limitParameter(1_000),
});

/** Lists of the imported records, one route per kind. */
export async function recordRoutes(app: Api, { database, config }: AppContext): Promise<void> {
  function addList<Row extends object>(
    { noun, entry }: { readonly noun: string; readonly entry: z.ZodType },
    list: (database: Database, query: RecordsQuery) => Batches<Row>,
    present: (row: Row) => unknown,
    cursorOf: (row: Row) => string,
  ): void {
    const schema = {
      operationId: `list${noun.charAt(0).toUpperCase()}${noun.slice(1)}`,
      summary: `Lists the ${noun} of a campaign`,
      tags: [tags.records],
      querystring: listQuery,
      response: { 200: z.strictObject({ [noun]: z.array(entry), next: nextId }) },
    };
    const problems = ['missing_campaign', 'campaign_not_found'] as const;
    app.get(`/${noun}`, { schema, config: { problems } }, async (request, reply) => {
      const { campaign, after, limit } = request.query;
      const campaignId = await findCampaignId(database, request.merchantId, campaign);
      const batches = list(database, { campaignId, after, limit: limit + 1 });
      const page = { noun, limit, maxBytes: config.MAX_ANSWER_BYTES, present, cursorOf };
      return sendJson(reply, await writePage(batches, page));
    });
  }

  addList({ noun: 'backers', entry: backer }, listBackers, presentRecord, ({ id }) => id);
  addList({ noun: 'products', entry: product }, listProducts, presentRecord, ({ id }) => id);
  addList({ noun: 'pledges', entry: pledge }, listPledges, presentPledge, ({ id }) => id);
  addList({ noun: 'surveys', entry: survey }, listSurveys, presentRecord, ({ pledgeId }) => pledgeId);
  addList(
    { noun: 'inventory', entry: inventory },
    listInventory,
    presentRecord,
    ({ productId }) => productId,
  );
}

async function findCampaignId(
  database: Database,
  merchantId: string,
  campaign: string | undefined,
): Promise<string> {
  if (campaign === undefined) {
    throw new Problem(
      'missing_campaign',
      'Say whose records: "?campaign=" with the name or id of a campaign.',
    );
  }
  const found = await findCampaign(database, merchantId, campaign);
  if (found) return found.id;
  throw new Problem(
    'campaign_not_found',
    'There is no such campaign; GET /v1/campaigns lists those there are.',
  );
}
