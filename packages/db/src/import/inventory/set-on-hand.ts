import type { Database } from '../../client.js';

/**
 * Says how many units of a product are there; null when nobody knows. Settlements count what pledges need, and never change
 * this. Returns whether the merchant has such a product.
 */
export async function setOnHand(
  { pool }: Pick<Database, 'pool'>,
  merchantId: string,
  productId: string,
  onHand: number | null,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    // A product that no settlement has counted yet has no row.
    `INSERT INTO inventory (product_id, campaign_id, on_hand, committed)
     SELECT p.id, p.campaign_id, $3::int, 0 FROM product p JOIN campaign c ON c.id = p.campaign_id
     WHERE p.id = $2 AND c.merchant_id = $1
     ON CONFLICT (product_id) DO UPDATE SET on_hand = EXCLUDED.on_hand, updated_at = now()`,
    [merchantId, productId, onHand],
  );
  return rowCount === 1;
}
