import { Webhook } from 'standardwebhooks';

/** What happened, for one receiver. */
export interface WebhookMessage {
  /** `webhook-id`: the same at every attempt. */
  readonly id: string;
  /** e.g. `upload.completed` */
  readonly type: string;
  /** When it happened. */
  readonly timestamp: Date;
  readonly data: Readonly<Record<string, unknown>>;
  /** When this attempt is made; now, by the clock of this process, unless another one is to be trusted more. */
  readonly sentAt?: Date;
}

/** A message as it goes over the wire. */
export interface SignedWebhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Standard Webhooks 1.0: the body is `{"type","timestamp","data"}`, and every secret signs, the newest first.
 *
 * @param now When this attempt is made.
 */
export function signWebhook(message: WebhookMessage, secrets: readonly string[], now: Date): SignedWebhook {
  if (secrets.length === 0) throw new TypeError('A webhook needs a secret to be signed with');
  const { id, type, timestamp, data } = message;
  const body = JSON.stringify({ type, timestamp: timestamp.toISOString(), data });
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, now, body));
  return {
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': signatures.join(' '),
      'content-type': 'application/json',
      'user-agent': 'Pledgeline-Webhooks/1',
    },
    body,
  };
}
