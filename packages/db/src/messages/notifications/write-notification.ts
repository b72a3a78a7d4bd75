import type pg from 'pg';
import { newIdAt } from '../../ids.js';
import { describeNotification, oneLine } from './describe-notification.js';
import type { NotificationEvent, NotificationFacts } from './facts.js';

/** A message to be written. */
export interface NewNotification {
  /** By the clock of Postgres. */
  readonly now: Date;
  readonly merchantId: string;
  /** Null when it is not about an upload. */
  readonly uploadId: string | null;
  readonly event: NotificationEvent;
  readonly facts: NotificationFacts;
}

/** Writes a message, as facts and as text, in the transaction that makes the facts true. It is sent after the commit. */
export async function writeNotification(
  client: pg.ClientBase,
  { now, merchantId, uploadId, event, facts }: NewNotification,
): Promise<void> {
  await client.query(
    `INSERT INTO notification (id, merchant_id, upload_id, event, occurrence, message, facts)
     VALUES ($1, $2, $3, $4, 1 + (SELECT count(*) FROM notification WHERE upload_id = $3), $5, $6)`,
    [newIdAt(now), merchantId, uploadId, event, oneLine(describeNotification(facts)), JSON.stringify(facts)],
  );
}
