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
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { sendJson, writePage } from '../../answers/write-page.js';
import type { AppContext } from '../../context.js';
import { withQuery } from '../../plugins/refuse-parameters.js';
import { Problem } from '../../problem.js';
import { idParameter, limitParameter, lineParameter, readQuery } from '../../read-query.js';
import { presentPledge, presentRecord } from './present-record.js';

const listQuery = z.strictObject({
  campaign: lineParameter(200).optional(),
  after: idParameter.optional(),
  limit: limitParameter(1_000),
});

/** Lists of the imported records, one route per kind. */
export async function recordRoutes(app: FastifyInstance, { database, config }: AppContext): Promise<void> {
  function addList<Row extends object>(
    noun: string,
    list: (database: Database, query: RecordsQuery) => Batches<Row>,
    present: (row: Row) => unknown,
    cursorOf: (row: Row) => string,
  ): void {
    app.get(`/${noun}`, withQuery, async (request, reply) => {
      const { campaign, after, limit } = readQuery(listQuery, request.query);
      const campaignId = await findCampaignId(database, request.merchantId, campaign);
      const batches = list(database, { campaignId, after, limit: limit + 1 });
      const page = { noun, limit, maxBytes: config.MAX_ANSWER_BYTES, present, cursorOf };
      return sendJson(reply, await writePage(batches, page));
    });
  }

  addList('backers', listBackers, presentRecord, ({ id }) => id);
  addList('products', listProducts, presentRecord, ({ id }) => id);
  addList('pledges', listPledges, presentPledge, ({ id }) => id);
  addList('surveys', listSurveys, presentRecord, ({ pledgeId }) => pledgeId);
  addList('inventory', listInventory, presentRecord, ({ productId }) => productId);
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
