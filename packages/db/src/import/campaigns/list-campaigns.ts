import type { Database } from '../../client.js';
import { readingFrom } from '../../page-start.js';
import { type Page, type PageQuery, readPage } from '../../read-page.js';
import type { CampaignReport } from './campaign-report.js';
import { isOnlyNamed } from './unconfirmed.js';

/** A campaign in a list. */
export type ListedCampaign = Pick<CampaignReport, 'id' | 'name' | 'archivedAt' | 'createdAt'>;

/** A merchant's campaigns, oldest first, from the start of a page on. Without names that refused uploads have left. */
export function listCampaigns(
  db: Database,
  merchantId: string,
  { start, limit, archived }: PageQuery & { readonly archived: boolean },
): Promise<Page<ListedCampaign>> {
  const { beyond, order } = readingFrom(start, 'ASC');
  return readPage(
    { start, limit },
    async (take) => {
      const { rows } = await db.pool.query<ListedCampaign>(
        `SELECT c.id, c.name, c.archived_at AS "archivedAt", c.created_at AS "createdAt" FROM campaign c
         WHERE c.merchant_id = $1 AND c.deleted_at IS NULL AND ($2 OR c.archived_at IS NULL)
           AND ($3::uuid IS NULL OR c.id ${beyond} $3) AND NOT ${isOnlyNamed}
         ORDER BY c.id ${order} LIMIT $4`,
        [merchantId, archived, start?.key ?? null, take],
      );
      return rows;
    },
    ({ id }) => id,
  );
}
