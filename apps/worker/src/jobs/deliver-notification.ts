import {
  type AttemptRecord,
  type ClaimedDelivery,
  claimDelivery,
  type Database,
  findNextDeliveries,
  recordAttempt,
} from '@pledgeline/db';
import {
  type AttemptResult,
  composeMail,
  delayBeforeNext,
  type Mailer,
  maxAttempts,
  type WebhookSender,
} from '@pledgeline/delivery';
import type { JobContext, JobPayloads, Logger, Producer } from '@pledgeline/queue';
import { composeNotice } from './compose-notice.js';
import { composeWebhook } from './compose-webhook.js';

export interface DeliverOptions {
  readonly db: Database;
  readonly producer: Pick<Producer, 'enqueueDeliveries'>;
  readonly logger: Logger;
  readonly sender: WebhookSender;
  /** Null when there is no mail server. */
  readonly mailer: Mailer | null;
  readonly publicUrl: string | undefined;
  /** Longer than the sender and the mailer take at most. */
  readonly leaseMs: number;
  /** After how long the sweep looks for deliveries that are overdue. */
  readonly overdueMs: number;
}

/** Limits over all workers, so that a receiver that hangs cannot hold more slots than these. */
const AT_ONCE = { perEndpoint: 2, perMerchant: 5 };

/** The result of an attempt, also of one that was not sent. */
type Attempt = AttemptRecord & Pick<AttemptResult, 'retryAfterMs'>;

/** A test event shows how the endpoint answers now, so it has one attempt. */
const TEST_EVENT = 'webhook.test';

/**
 * Makes one attempt at a delivery: claim, send, record. A delivery that cannot be claimed is done, not due, or claimed by
 * another worker. A worker that dies in between leaves a lease behind. When the lease has run out, the sweep enqueues the
 * delivery again; the receiver recognises the repetition by its `webhook-id`.
 */
export async function deliverNotification(
  { deliveryId }: JobPayloads['deliver-notification'],
  { signal }: Pick<JobContext, 'signal'>,
  options: DeliverOptions,
): Promise<void> {
  const { db, producer, logger, leaseMs, overdueMs } = options;
  const claim = await claimDelivery(db, deliveryId, { leaseMs, restMs: overdueMs, ...AT_ONCE });
  // When the receiver is busy, the attempt that keeps it busy enqueues what waits (see `upNext`).
  if (claim.outcome !== 'claimed') return;
  const { delivery } = claim;
  await db.faultPoint('delivery.claimed');
  const result = await attemptOrExplain(delivery, signal, options);
  await db.faultPoint('delivery.answered');
  const delayMs = delayAfter(delivery, result);
  const { outcome, next, disabled } = await recordAttempt(db, delivery, result, delayMs);
  const { responseStatus, latencyMs, error } = result;
  const details = { deliveryId, attempt: delivery.attempt, outcome, responseStatus, latencyMs };
  if (error === null) logger.info(details, 'A message was delivered');
  else logger.warn({ ...details, reason: error }, 'A message could not be delivered');
  if (disabled) logger.warn({ deliveryId }, 'A webhook endpoint was switched off');
  const again = next === null ? [] : [{ ...next, delayMs: delayMs ?? 0 }];
  const upNext = (await findNextDeliveries(db, deliveryId, AT_ONCE))
    // The job that found its receiver busy may still exist, and a job with the same id would not be added.
    .map((due) => ({ ...due, turn: `${due.turn}-after-${delivery.token}` }));
  if (upNext.length + again.length > 0) await producer.enqueueDeliveries([...upNext, ...again]);
}

/** An error in our own code ends the delivery; otherwise it would be attempted for ever. */
async function attemptOrExplain(
  delivery: ClaimedDelivery,
  signal: AbortSignal,
  options: DeliverOptions,
): Promise<Attempt> {
  if (delivery.attemptOfRound > maxAttempts) {
    return notSent('refused', 'Each attempt ended with the process that made it. This is a fault of ours.');
  }
  try {
    return await attempt(delivery, signal, options);
  } catch (error) {
    if (signal.aborted) return notSent('interrupted', 'The worker was stopped before there was an answer.');
    options.logger.error({ deliveryId: delivery.id, err: error }, 'A message could not be put together');
    return notSent('refused', 'The message could not be put together. This is a fault of ours.');
  }
}

async function attempt(
  { id, message, receiver, startedAt }: ClaimedDelivery,
  signal: AbortSignal,
  { sender, mailer, publicUrl }: DeliverOptions,
): Promise<Attempt> {
  if (receiver.channel === 'webhook') {
    return sender.send(receiver, { ...composeWebhook(id, message, publicUrl), sentAt: startedAt }, signal);
  }
  // Tried again: another worker, or this one after its next start, may have a mail server.
  if (mailer === null) return notSent('failed', 'This worker has no mail server (SMTP_URL).');
  const mail = composeMail(composeNotice(message, receiver, publicUrl), receiver);
  return mailer.send({ ...mail, to: receiver.address, id }, signal);
}

function notSent(outcome: Attempt['outcome'], error: string): Attempt {
  return { outcome, responseStatus: null, responseHead: null, error, latencyMs: 0, retryAfterMs: null };
}

function delayAfter({ attemptOfRound, message }: ClaimedDelivery, result: Attempt): number | null {
  if (result.outcome !== 'failed' || message.event === TEST_EVENT) return null;
  return delayBeforeNext(attemptOfRound, result.retryAfterMs);
}
