import type pg from 'pg';

/**
 * Keeps the messages about an upload that is about to be deleted, in the caller's transaction. They have their facts
 * themselves; only their links to the upload go.
 */
export async function keepNotifications(client: pg.ClientBase, uploadId: string): Promise<void> {
  await client.query('UPDATE notification SET upload_id = NULL WHERE upload_id = $1', [uploadId]);
}
