import {
  type Batches,
  type Database,
  exportRecords,
  findCampaign,
  listBackers,
  listInventory,
  listPledges,
  listProducts,
  listSurveys,
  type RecordSource,
  type RecordsQuery,
} from '@pledgeline/db';
import { z } from 'zod';
import { streamAnswer } from '../../answers/stream-answer.js';
import { sendJson, writePage } from '../../answers/write-page.js';
import type { ExportContext } from '../../context.js';
import { listAnswer } from '../../contract/export-answers.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { nextId } from '../../contract/values.js';
import { Problem } from '../../problem.js';
import { cursorParameter, limitParameter, lineParameter } from '../../read-query.js';
import { takeExportTurn } from '../../turns/merchant-turns.js';
import { acceptedFormat, formatParameter } from './export-format.js';
import { presentPledge, presentProduct, presentRecord } from './present-record.js';
import { backer, inventory, pledge, product, survey } from './record-answers.js';
import { recordLines } from './record-lines.js';

/** How many entries a page of JSON has, if the client does not say it. */
const PAGE_LENGTH = 50;

const listQuery = z.strictObject({
  campaign: lineParameter(200)
    .optional()
    .meta({ description: 'Name or id of the campaign. Required.', examples: ['Lamp'] }),
  after: cursorParameter.optional(),
  limit: limitParameter(1_000)
    .removeDefault()
    .optional()
    .describe(`How many entries at most. Default: ${PAGE_LENGTH} in a page of JSON, all in an export.`),
  format: formatParameter,
});

/** Lists of the imported records, one route per kind. */
export async function recordRoutes(app: Api, context: ExportContext): Promise<void> {
  const { database, config, exportTurns } = context;

  function addList<Row extends object>(
    { noun, entry }: { readonly noun: string; readonly entry: z.ZodObject },
    list: (source: RecordSource, query: RecordsQuery) => Batches<Row>,
    present: (row: Row) => Readonly<Record<string, unknown>>,
    cursorOf: (row: Row) => string,
  ): void {
    const schema = {
      operationId: `list${noun.charAt(0).toUpperCase()}${noun.slice(1)}`,
      summary: `Lists the ${noun} of a campaign`,
      tags: [tags.records],
      querystring: listQuery,
      response: { 200: listAnswer(z.strictObject({ [noun]: z.array(entry), next: nextId }), entry) },
    };
    const problems = ['missing_campaign', 'campaign_not_found'] as const;
    app.get(`/${noun}`, { schema, config: { problems } }, async (request, reply) => {
      const { campaign, after, format = acceptedFormat(request.headers.accept) } = request.query;
      const campaignId = await findCampaignId(database, request.merchantId, campaign);
      if (format !== 'json') {
        await takeExportTurn(exportTurns, request, reply);
        const { limit = Infinity } = request.query;
        const { type, begin, line } = recordLines(format, entry);
        return streamAnswer(reply, { type, filename: `${noun}.${format}` }, async (write) => {
          let first = begin;
          await exportRecords(database, list, { campaignId, after, limit }, async (rows) => {
            await write(`${first}${rows.map((row) => line(present(row))).join('')}`);
            first = '';
          });
          if (first !== '') await write(first);
        });
      }
      const { limit = PAGE_LENGTH } = request.query;
      const batches = list(database, { campaignId, after, limit: limit + 1 });
      const page = { noun, limit, maxBytes: config.MAX_ANSWER_BYTES, present, cursorOf };
      return sendJson(reply, await writePage(batches, page));
    });
  }

  addList({ noun: 'backers', entry: backer }, listBackers, presentRecord, ({ id }) => id);
  addList({ noun: 'products', entry: product }, listProducts, presentProduct, ({ id }) => id);
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
