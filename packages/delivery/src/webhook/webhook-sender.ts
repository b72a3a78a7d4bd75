import { lookup as systemLookup } from 'node:dns';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { type AttemptResult, headBytes, readableHead } from '../attempt-result.js';
import { withDeadline } from '../deadline.js';
import type { AddressPolicy } from './address-policy.js';
import { checkWebhookUrl } from './check-webhook-url.js';
import { describeFailure } from './describe-failure.js';
import { guardLookup } from './guarded-lookup.js';
import { readRetryAfter } from './retry-after.js';
import { type SignedWebhook, signWebhook, type WebhookMessage } from './sign-webhook.js';

/** Where a message goes. */
export interface WebhookTarget {
  readonly url: string;
  /** Newest first; each signs, so that receivers may rotate. */
  readonly secrets: readonly string[];
}

export interface WebhookSender {
  /**
   * One attempt. Never rejects because of the receiver; a URL that may not be used is `refused`, a name that leads
   * to an address which is not public has `failed`. When `signal` aborts before there is an answer, it rejects with
   * its reason.
   *
   * @throws TypeError for a target without secrets
   */
  send(target: WebhookTarget, message: WebhookMessage, signal: AbortSignal): Promise<AttemptResult>;
  /** Ends the attempts that are under way; they have failed. */
  close(): void;
}

export interface WebhookSenderOptions extends AddressPolicy {
  /** For the whole attempt: resolving, connecting, answer. Milliseconds. */
  readonly timeoutMs: number;
  /** Further certificate authorities (PEM), for tests. */
  readonly ca?: string;
  /** `dns.lookup` by default; for tests. */
  readonly lookup?: LookupFunction;
}

/** Sends webhooks, each on a connection of its own, and only to addresses that the policy allows. */
export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const { timeoutMs, allowPrivate } = options;
  const agents = createAgents(options);

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
        const answer = await withDeadline(timeoutMs, signal, (ending) => post(url, signed, agents, ending));
        return result(judge(answer));
      } catch (error) {
        signal.throwIfAborted();
        return result({ ...noAnswer, outcome: 'failed', error: describeFailure(error, url.hostname) });
      }
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

const noAnswer = { responseStatus: null, responseHead: null, retryAfterMs: null } as const;

interface Agents {
  readonly http: RequestFilteringHttpAgent;
  readonly https: RequestFilteringHttpsAgent;
}

/**
 * Agents that check what a name leads to inside the socket's own lookup. Ours comes first and knows more ranges;
 * the library's looks at the same answer again.
 */
function createAgents({ allowPrivate, ca, lookup = systemLookup }: WebhookSenderOptions): Agents {
  const shared = {
    allowPrivateIPAddress: allowPrivate,
    lookup: guardLookup(lookup, { allowPrivate }),
    keepAlive: false,
    // Makes the socket ask for all addresses of a name, so that all are checked.
    autoSelectFamily: true,
    // Node.js gives up an address after 250 ms when there is another: too early for the other side of the world.
    autoSelectFamilyAttemptTimeout: 2_000,
  };
  return {
    http: new RequestFilteringHttpAgent(shared),
    https: new RequestFilteringHttpsAgent(
      ca === undefined ? shared : { ...shared, ca: [...rootCertificates, ca] },
    ),
  };
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly head: string | null;
}

async function post(url: URL, signed: SignedWebhook, agents: Agents, ending: AbortSignal): Promise<Answer> {
  const options = { method: 'POST', headers: signed.headers, signal: ending };
  const request =
    url.protocol === 'https:'
      ? httpsRequest(url, { ...options, agent: agents.https })
      : httpRequest(url, { ...options, agent: agents.http });
  try {
    const answered = answerTo(request);
    request.end(signed.body);
    const response = await answered;
    return {
      status: response.statusCode ?? 0,
      retryAfter: response.headers['retry-after'],
      head: readableHead(await readHead(response)),
    };
  } finally {
    request.destroy();
  }
}

function answerTo(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    // Not once: what fails after the answer has a listener then, too.
    request.on('error', reject);
    request.once('close', () => reject(new Error('The connection closed without an answer')));
  });
}

/** The first bytes of an answer's body. The rest is not read: breaking off closes the connection. */
async function readHead(response: IncomingMessage): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of response) {
      pieces.push(piece);
      length += piece.length;
      if (length >= headBytes) break;
    }
  } catch {
    // The status has arrived and decides; a body that breaks off or takes too long changes nothing.
  }
  return Buffer.concat(pieces);
}

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
