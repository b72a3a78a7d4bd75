import { formatAmount, productKindSchema } from '@pledgeline/csv-core/map';
import { type CampaignSummary, summarizeCampaign, UnknownTimeZoneError } from '@pledgeline/db';
import { z } from 'zod';
import type { AppContext } from '../../context.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { amount, count, country, currency, id, shownStatus } from '../../contract/values.js';
import { idInPath } from '../../read-query.js';
import { timeZone } from '../notification-settings/settings-body.js';
import { wrongParameter } from '../records/record-query.js';
import { findCampaignId } from './find-campaign.js';

const summary = z
  .strictObject({
    pledged: z
      .array(
        z.strictObject({
          currency: currency.nullable(),
          status: shownStatus,
          pledges: count,
          amount,
        }),
      )
      .meta({ description: 'By currency and status.' }),
    units: z
      .array(
        z.strictObject({
          productId: id,
          kind: productKindSchema,
          name: z.string(),
          committed: count,
          unpaid: count.nullable(),
        }),
      )
      .meta({ description: 'The most wanted products, as the newest upload that has ended left them.' }),
    otherUnits: z.strictObject({ products: count, committed: count }),
    countries: z.array(z.strictObject({ country: country.nullable(), backers: count })).meta({
      description:
        'By the country that pledges are shipped to; a backer with pledges to two of them counts in both.',
    }),
    questions: z.array(
      z.strictObject({
        question: z.string(),
        answers: z
          .array(z.strictObject({ answer: z.string(), backers: count }))
          .meta({ description: 'The most frequent answers; long ones are cut.' }),
        otherAnswers: z
          .strictObject({ answers: count, backers: count })
          .meta({ description: 'How many other answers there are, and how often they are given in all.' }),
      }),
    ),
    otherQuestions: count.meta({ description: 'Questions that are left out.' }),
    days: z
      .array(z.strictObject({ day: z.string().meta({ format: 'date' }), pledges: count }))
      .meta({ description: 'Pledges by the day when they were made; the newest days that have any.' }),
    earlierPledges: count.meta({ description: 'Pledges before those days.' }),
    undatedPledges: count.meta({ description: 'Pledges of which no file says when they were made.' }),
  })
  .meta({ id: 'CampaignSummary' });

const getSummary = {
  operationId: 'getCampaignSummary',
  summary: 'Sums up a campaign: amounts, units, countries, answers and days',
  tags: [tags.records],
  params: z.strictObject({ id: idInPath }),
  querystring: z.strictObject({
    timeZone: timeZone.default('UTC').describe('Whose days are meant: an IANA name.'),
  }),
  response: { 200: summary },
};

/** `GET /v1/campaigns/:id/summary`. */
export async function summaryRoute(app: Api, { database }: AppContext): Promise<void> {
  const config = { problems: ['campaign_not_found'] } as const;
  app.get('/:id/summary', { schema: getSummary, config }, async ({ merchantId, params, query }) => {
    const campaignId = await findCampaignId(database, merchantId, params.id);
    const { pledged, ...rest } = await summarizeCampaign(database, campaignId, query).catch(refuseTimeZone);
    const present = (total: CampaignSummary['pledged'][number]) => ({
      ...total,
      amount: formatAmount(total.amount, total.currency),
    });
    return { pledged: pledged.map(present), ...rest };
  });
}

/** A name that Node knows and Postgres does not: an alias of its own, or a zone that is newer than the system of the database. */
function refuseTimeZone(error: unknown): never {
  if (!(error instanceof UnknownTimeZoneError)) throw error;
  throw wrongParameter('timeZone', 'must be a time zone that the database knows, such as Europe/Berlin');
}
