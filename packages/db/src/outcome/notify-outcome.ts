import type pg from 'pg';
import type { NotificationEvent, UploadFacts } from '../messages/notifications/facts.js';
import { writeNotification } from '../messages/notifications/write-notification.js';
import { readOutcome } from './read-outcome.js';

const events: Readonly<Record<UploadFacts['status'], NotificationEvent>> = {
  COMPLETED: 'upload.completed',
  FAILED: 'upload.failed',
  CANCELED: 'upload.canceled',
  NEEDS_MAPPING: 'upload.needs_mapping',
  NEEDS_REVIEW: 'upload.needs_review',
  UNDONE: 'upload.undone',
};

/**
 * Writes the notification about the outcome that an upload has just got. Call it in the transaction that sets the state,
 * after everything else was written: its facts are read back from the rows, so they cannot differ from them.
 */
export async function notifyOutcome(client: pg.ClientBase, uploadId: string): Promise<void> {
  const { merchantId, now, facts } = await readOutcome(client, uploadId);
  await writeNotification(client, { now, merchantId, uploadId, event: events[facts.status], facts });
}
