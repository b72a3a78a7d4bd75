import type pg from 'pg';
import { newId } from '../ids.js';

export type NotificationEvent =
  | 'upload.completed'
  | 'upload.failed'
  | 'upload.canceled'
  | 'upload.needs_mapping';

/**
 * Writes the one message about a state that an upload has just reached. Call it in the transaction that sets
 * the state, with the upload's row locked.
 */
export async function recordNotification(
  client: pg.PoolClient,
  uploadId: string,
  event: NotificationEvent,
  message: string,
): Promise<void> {
  await client.query(
    `INSERT INTO notification (id, merchant_id, upload_id, event, occurrence, message)
     SELECT $1, u.merchant_id, u.id, $3,
            1 + (SELECT count(*) FROM notification n WHERE n.upload_id = u.id), $4
     FROM csv_upload u WHERE u.id = $2`,
    [newId(), uploadId, event, message],
  );
}
