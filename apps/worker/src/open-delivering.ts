import { createDatabase, type Database } from '@pledgeline/db';
import { createMailer, createWebhookSender, type Mailer } from '@pledgeline/delivery';
import type { JobHandlers, Logger, Producer } from '@pledgeline/queue';
import type { Env } from './env.js';
import { deliverNotification } from './jobs/deliver-notification.js';
import { routeAndEnqueue } from './jobs/route-and-enqueue.js';
import { sweepDeliveries } from './jobs/sweep-deliveries.js';

/** Everything that sends messages to merchants, with database connections of its own. */
export interface Delivering {
  /** Attempts one delivery. */
  readonly deliver: JobHandlers['deliver-notification'];
  /** Routes new notifications and enqueues their deliveries. Never throws. */
  routeAndEnqueue(): Promise<void>;
  /** Does the same, and enqueues overdue deliveries again. */
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

/** Connections for deliveries alone. Claims wait for each other under the lock of a merchant, and chunks must not wait behind them. */
const CONNECTIONS = 3;
/** If a claim waits longer for a lock, its job fails, and the queue tries it again. */
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
  const routing = { db, producer, logger, email: mailer !== null };
  const options = {
    ...routing,
    sender,
    mailer,
    publicUrl: env.PUBLIC_URL,
    // An answer that comes at the last moment has the second half of the lease to be recorded.
    leaseMs: 2 * timeoutMs,
    overdueMs: env.PENDING_AFTER_MS,
  };
  return {
    deliver: (payload, context) => deliverNotification(payload, context, options),
    routeAndEnqueue: () => routeAndEnqueue(routing),
    sweep: () => sweepDeliveries({ ...routing, overdueMs: env.PENDING_AFTER_MS, limit: sweepLimit }),
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
