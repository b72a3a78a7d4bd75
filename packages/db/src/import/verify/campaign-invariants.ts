import { assumedStatus, committedStatuses } from '@pledgeline/csv-core/map';
import { withLists, wronglyMarked } from '../gone/gone-sql.js';
import { type Invariant, sqlInvariant } from './upload-check.js';

const campaignOf = '(SELECT campaign_id FROM csv_upload WHERE id = $1)';

/** Invariants of the records of the upload's campaign. */
export const campaignInvariants: readonly Invariant[] = [
  sqlInvariant(
    'inventory',
    'While no import of the campaign runs, its inventory equals a recount of the items of its pledges.',
    `SELECT format('%s %s: %s in the inventory, %s counted', p.kind, p.key,
                   coalesce(i.committed::text, 'nothing'), coalesce(counted.units, 0)) AS problem
     FROM product p LEFT JOIN inventory i ON i.product_id = p.id LEFT JOIN (
       SELECT item.product_id, sum(item.quantity) AS units
       FROM pledge_item item JOIN pledge l ON l.id = item.pledge_id
       WHERE l.campaign_id = ${campaignOf} AND coalesce(l.status, $2::"PledgeStatus") = ANY ($3::"PledgeStatus"[])
         AND l.gone_sequence IS NULL
       GROUP BY 1) counted ON counted.product_id = p.id
     WHERE p.campaign_id = ${campaignOf} AND i.committed IS DISTINCT FROM coalesce(counted.units, 0)
       AND NOT EXISTS (SELECT 1 FROM csv_upload WHERE campaign_id = p.campaign_id AND status IN ('PROCESSING', 'UNDOING', 'REMAPPING'))
     ORDER BY p.kind, p.key`,
    [assumedStatus, committedStatuses],
  ),
  {
    check: 'gone-pledges',
    promise:
      'While no import of the campaign runs, the pledges that are GONE are those that its complete uploads do not name.',
    async find(client, uploadId) {
      const { rows: campaigns } = await client.query<{ id: string }>(
        `SELECT c.id FROM csv_upload u JOIN campaign c ON c.id = u.campaign_id
         WHERE u.id = $1 AND NOT EXISTS (SELECT 1 FROM csv_upload WHERE campaign_id = c.id AND status = 'PROCESSING')`,
        [uploadId],
      );
      const [campaign] = campaigns;
      if (!campaign) return [];
      const { rows } = await client.query<{ problem: string }>(
        `${withLists} SELECT format('%s %s: gone since %s, and should be since %s', l.platform, l.external_id,
                  coalesce(l.gone_sequence::text, 'never'), coalesce(derived.gone::text, 'never')) AS problem
         FROM ${wronglyMarked} ORDER BY l.id`,
        [campaign.id, null],
      );
      return rows.map(({ problem }) => problem);
    },
  },
  sqlInvariant(
    'record-links',
    'No pledge is without its backer, no item without its product, no survey without its pledge.',
    `SELECT format('%s %s', count, what) AS problem FROM (
       SELECT count(*) AS count, 'pledges without their backer' AS what FROM pledge l
       LEFT JOIN backer b ON b.id = l.backer_id AND b.campaign_id = l.campaign_id
       WHERE l.campaign_id = ${campaignOf} AND b.id IS NULL
       UNION ALL
       SELECT count(*), 'items without their product' FROM pledge l JOIN pledge_item i ON i.pledge_id = l.id
       LEFT JOIN product p ON p.id = i.product_id AND p.campaign_id = l.campaign_id
       WHERE l.campaign_id = ${campaignOf} AND p.id IS NULL
       UNION ALL
       SELECT count(*), 'surveys without their pledge' FROM survey s
       LEFT JOIN pledge l ON l.id = s.pledge_id AND l.campaign_id = s.campaign_id
       WHERE s.campaign_id = ${campaignOf} AND l.id IS NULL) found
     WHERE count > 0`,
  ),
];
