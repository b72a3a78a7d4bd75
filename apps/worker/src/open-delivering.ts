import { createDatabase, type Database } from '@pledgeline/db';
import { createMailer, createWebhookSender, type Mailer } from '@pledgeline/delivery';
import type { JobHandlers, Logger, Producer } from '@pledgeline/queue';
import type { Env } from './env.js';
import { announce } from './jobs/announce.js';
import { deliverNotification } from './jobs/deliver-notification.js';
import { sweepDeliveries } from './jobs/sweep-deliveries.js';

/** Everything that tells merchants, with connections of its own. */
export interface Delivering {
  /** Attempts one delivery. */
  readonly deliver: JobHandlers['deliver-notification'];
  /** Sends off what there is to tell. Never throws. */
  announce(): Promise<void>;
  /** Brings back what was forgotten. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

export interface DeliveringOptions extends Pick<Database, 'faultPoint'> {
  readonly env: Env;
  readonly logger: Logger;
  readonly producer: Producer;
  /** Deliveries that one sweep enqueues at most. */
  readonly sweepLimit: number;
}

/** Claims wait for each other, under the lock of a merchant: chunks must not wait for connections behind them. */
const CONNECTIONS = 3;
/** A claim that waits longer is tried again by the queue. */
const LOCK_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 15_000;

export function openDelivering({
  env,
  logger,
  producer,
  faultPoint,
  sweepLimit,
}: DeliveringOptions): Delivering {
  const db = createDatabase({
    connectionString: env.DATABASE_URL,
    maxConnections: CONNECTIONS,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    lockTimeoutMs: LOCK_TIMEOUT_MS,
    applicationName: 'pledgeline-worker',
    faultPoint,
  });
  const timeoutMs = env.DELIVERY_TIMEOUT_MS;
  const sender = createWebhookSender({ timeoutMs, allowPrivate: env.ALLOW_PRIVATE_WEBHOOKS });
  const mailer = openMailer(env);
  const telling = { db, producer, logger, email: mailer !== null };
  const options = {
    ...telling,
    sender,
    mailer,
    publicUrl: env.PUBLIC_URL,
    // What an answer at the last moment takes to be written down is well within the second half.
    leaseMs: 2 * timeoutMs,
  };
  return {
    deliver: (payload, context) => deliverNotification(payload, context, options),
    announce: () => announce(telling),
    sweep: () => sweepDeliveries({ ...telling, overdueMs: env.PENDING_AFTER_MS, limit: sweepLimit }),
    async close() {
      sender.close();
      mailer?.close();
      await db.close();
    },
  };
}

function openMailer({ SMTP_URL, MAIL_FROM, DELIVERY_TIMEOUT_MS }: Env): Mailer | null {
  if (SMTP_URL === undefined || MAIL_FROM === undefined) return null;
  return createMailer({ url: SMTP_URL, from: MAIL_FROM, timeoutMs: DELIVERY_TIMEOUT_MS });
}
