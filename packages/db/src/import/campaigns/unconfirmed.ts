import type pg from 'pg';

/**
 * Whether the campaign `c` is only a name that refused uploads have left: it was made by an upload, and each of its uploads
 * failed before it was sealed, so there has never been anything in it. Its row stays because those uploads refer to it. The
 * next upload to it makes it a campaign like others, and takes its place in the lists at once.
 *
 * It is read from the uploads and stored nowhere, so there is no moment at which it is not true, whichever process fails an
 * upload or opens one.
 */
export const isOnlyNamed = `(c.unconfirmed AND NOT EXISTS (
  SELECT 1 FROM csv_upload named WHERE named.campaign_id = c.id AND (named.sealed_at IS NOT NULL OR named.status <> 'FAILED')))`;

/** Says that there is something in the campaign of an upload. The lock of the upload comes before that of the campaign. */
export async function confirmCampaign(client: pg.ClientBase, uploadId: string): Promise<void> {
  await client.query(
    `UPDATE campaign SET unconfirmed = false
     WHERE unconfirmed AND id = (SELECT campaign_id FROM csv_upload WHERE id = $1)`,
    [uploadId],
  );
}

/** Makes a campaign that is only named one that was made on purpose. Null when the merchant has none with this name. */
export async function adoptNamed(
  source: Pick<pg.ClientBase, 'query'> | pg.Pool,
  merchantId: string,
  name: string,
): Promise<string | null> {
  const { rows } = await source.query<{ id: string }>(
    `UPDATE campaign c SET unconfirmed = false WHERE merchant_id = $1 AND name = $2 AND ${isOnlyNamed} RETURNING id`,
    [merchantId, name],
  );
  return rows[0]?.id ?? null;
}

/** Takes the name from a campaign that is only named, so that another one can have it. */
export async function freeName(client: pg.ClientBase, merchantId: string, name: string): Promise<void> {
  await client.query(
    'SELECT 1 FROM campaign WHERE merchant_id = $1 AND name = $2 AND unconfirmed FOR UPDATE',
    [merchantId, name],
  );
  // In a statement of its own, which sees an upload that was opened while the first one waited.
  await client.query(
    `UPDATE campaign c SET name = 'refused ' || id WHERE merchant_id = $1 AND name = $2 AND ${isOnlyNamed}`,
    [merchantId, name],
  );
}
