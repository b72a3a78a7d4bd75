import { Webhook } from 'standardwebhooks';

/** What a webhook reports to one receiver. */
export interface WebhookMessage {
  /** `webhook-id`: the same at every attempt. */
  readonly id: string;
  /** e.g. `upload.completed` */
  readonly type: string;
  /** When it happened. */
  readonly timestamp: Date;
  readonly data: Readonly<Record<string, unknown>>;
  /** When this attempt is made, if another clock is more reliable than that of this process. */
  readonly sentAt?: Date;
}

/** A message as it is sent. */
export interface SignedWebhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Signs a message as Standard Webhooks 1.0 specifies. The body is `{"type","timestamp","data"}`, and there is a
 * signature for every secret, the newest first.
 *
 * @param now when this attempt is made
 * @throws TypeError without a secret
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
