import {
  type Database,
  findCampaign,
  listBackers,
  listInventory,
  listPledges,
  listProducts,
  listSurveys,
  type Page,
  type RecordsQuery,
} from '@pledgeline/db';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
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
export async function recordRoutes(app: FastifyInstance, { database }: AppContext): Promise<void> {
  function addList<Row extends object>(
    noun: string,
    list: (database: Database, query: RecordsQuery) => Promise<Page<Row>>,
    present: (row: Row) => unknown,
  ): void {
    app.get(`/${noun}`, withQuery, async (request) => {
      const { campaign, after, limit } = readQuery(listQuery, request.query);
      const campaignId = await findCampaignId(database, request.merchantId, campaign);
      const { rows, next } = await list(database, { campaignId, after, limit });
      return { [noun]: rows.map(present), next };
    });
  }

  addList('backers', listBackers, presentRecord);
  addList('products', listProducts, presentRecord);
  addList('pledges', listPledges, presentPledge);
  addList('surveys', listSurveys, presentRecord);
  addList('inventory', listInventory, presentRecord);
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
