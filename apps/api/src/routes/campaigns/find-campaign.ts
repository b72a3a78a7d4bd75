import { type Database, findCampaign } from '@pledgeline/db';
import { Problem } from '../../problem.js';

/**
 * The id of a campaign that a client names, by its name or its id. A campaign of another merchant is treated as one that does not
 * exist, and so is null: a text in a path that is no id.
 *
 * @throws Problem `campaign_not_found`
 */
export async function findCampaignId(
  database: Database,
  merchantId: string,
  idOrName: string | null,
): Promise<string> {
  const found = idOrName === null ? null : await findCampaign(database, merchantId, idOrName);
  if (found !== null) return found.id;
  throw new Problem(
    'campaign_not_found',
    `There is no ${idOrName === null ? 'such campaign' : `campaign "${idOrName}"`}; GET /v1/campaigns lists those there are.`,
  );
}
