import type { AttemptResult } from '../attempt-result.js';
import { withDeadline } from '../deadline.js';
import { checkWebhookUrl } from './check-webhook-url.js';
import { describeFailure } from './describe-failure.js';
import type { Agents, Answer } from './guarded-requests.js';
import { readRetryAfter } from './retry-after.js';
import { signWebhook, type WebhookMessage } from './sign-webhook.js';
import type { WebhookSenderOptions } from './webhook-sender-options.js';

/** The endpoint that a message is sent to. */
export interface WebhookTarget {
  readonly url: string;
  /** The newest first. Each of them signs, so that receivers can change from one to the next. */
  readonly secrets: readonly string[];
}

export interface WebhookSender {
  /**
   * Makes one attempt. Never rejects because of the receiver. It is `refused` for a URL that may not be used, and has
   * `failed` for a name with an address that is not public. When `signal` aborts before there is an answer, it rejects
   * with the signal's reason.
   *
   * @throws TypeError for a target without secrets
   */
  send(target: WebhookTarget, message: WebhookMessage, signal: AbortSignal): Promise<AttemptResult>;
  /** Ends the attempts under way; their outcome is `failed`. */
  close(): void;
}

/** Sends webhooks, each on a connection of its own, and only to addresses that the policy allows. */
export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const { timeoutMs, allowPrivate } = options;
  // Loaded with the first attempt: a process that only checks URLs saves 10 MB.
  const loading = () => import('./guarded-requests.js');
  let opened: Promise<Agents> | undefined;
  const openAgents = () => {
    opened ??= loading().then(({ createAgents }) => createAgents(options));
    return opened;
  };

  return {
    async send(target, message, signal) {
      const started = performance.now();
      const result = (rest: Omit<AttemptResult, 'latencyMs'>): AttemptResult => ({
        ...rest,
        latencyMs: Math.round(performance.now() - started),
      });
      signal.throwIfAborted();
      const signed = signWebhook(message, target.secrets, message.sentAt ?? new Date());
      const checked = checkWebhookUrl(target.url, { allowPrivate });
      if ('problem' in checked) return result({ ...noAnswer, outcome: 'refused', error: checked.problem });
      const url = new URL(checked.url);
      try {
        const { post } = await loading();
        const agents = await openAgents();
        const answer = await withDeadline(timeoutMs, signal, (ending) => post(url, signed, agents, ending));
        return result(judge(answer));
      } catch (error) {
        signal.throwIfAborted();
        return result({ ...noAnswer, outcome: 'failed', error: describeFailure(error, url.hostname) });
      }
    },
    close() {
      void opened?.then(({ http, https }) => {
        http.destroy();
        https.destroy();
      });
    },
  };
}

const noAnswer = { responseStatus: null, responseHead: null, retryAfterMs: null } as const;

function judge({ status, retryAfter, head }: Answer): Omit<AttemptResult, 'latencyMs'> {
  const answer = { responseStatus: status, responseHead: head };
  if (status >= 200 && status < 300) {
    return { ...answer, outcome: 'delivered', error: null, retryAfterMs: null };
  }
  if (status === 410) {
    return {
      ...answer,
      outcome: 'gone',
      error: 'The receiver answered 410: it wants no more messages.',
      retryAfterMs: null,
    };
  }
  const error =
    status >= 300 && status < 400
      ? `The receiver answered ${status}, a redirect, which is never followed. Enter the URL it leads to.`
      : `The receiver answered ${status}. Only 2xx says that it has the message.`;
  return { ...answer, outcome: 'failed', error, retryAfterMs: readRetryAfter(retryAfter, Date.now()) };
}
