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
}

/** Of all workers together: a receiver that hangs holds no more slots than these. */
const AT_ONCE = { perEndpoint: 2, perMerchant: 5 };

/** How an attempt went, if one was made. */
type Attempt = AttemptRecord & Pick<AttemptResult, 'retryAfterMs'>;

/** A test event shows how the endpoint answers now; nobody waits three days for it. */
const TEST_EVENT = 'webhook.test';

/**
 * Makes one attempt at a delivery: claim, send, write down. What cannot be claimed is done, not due, or in other
 * hands. A worker that dies in between leaves a lease behind; the sweep brings the delivery back when it has run out,
 * and the receiver knows it by its `webhook-id`.
 */
export async function deliverNotification(
  { deliveryId }: JobPayloads['deliver-notification'],
  { signal }: Pick<JobContext, 'signal'>,
  options: DeliverOptions,
): Promise<void> {
  const { db, producer, logger, leaseMs } = options;
  const claim = await claimDelivery(db, deliveryId, { leaseMs, ...AT_ONCE });
  // Whoever keeps the receiver busy looks for what waits when it is done.
  if (claim.outcome !== 'claimed') return;
  const { delivery } = claim;
  await db.faultPoint('delivery.claimed');
  const result = await attemptOrExplain(delivery, signal, options);
  await db.faultPoint('delivery.answered');
  const delayMs = delayAfter(delivery, result);
  const { outcome, next, disabled } = await recordAttempt(db, delivery, result, delayMs);
  const { responseStatus, latencyMs, error } = result;
  const details = { deliveryId, attempt: delivery.attempt, outcome, responseStatus, latencyMs };
  if (error === null) logger.info(details, 'a message was delivered');
  else logger.warn({ ...details, reason: error }, 'a message could not be delivered');
  if (disabled) logger.warn({ deliveryId }, 'a webhook endpoint was switched off');
  const again = next === null ? [] : [{ ...next, delayMs: delayMs ?? 0 }];
  const upNext = (await findNextDeliveries(db, deliveryId, AT_ONCE.perEndpoint))
    // The job that found its receiver busy may not be gone yet, and would keep one of the same name away.
    .map((due) => ({ ...due, turn: `${due.turn}-after-${delivery.token}` }));
  if (upNext.length + again.length > 0) await producer.enqueueDeliveries([...upNext, ...again]);
}

/** What throws ends the delivery, or it would come again for ever. */
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
    options.logger.error({ deliveryId: delivery.id, err: error }, 'a message could not be put together');
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
  // Another worker, or this one after its next start, may have one.
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
