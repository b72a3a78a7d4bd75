import { lookup as systemLookup } from 'node:dns';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { rootCertificates } from 'node:tls';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { headBytes, readableHead } from '../attempt-result.js';
import { guardLookup } from './guarded-lookup.js';
import type { SignedWebhook } from './sign-webhook.js';
import type { WebhookSenderOptions } from './webhook-sender-options.js';

/** One of each kind, with the same checks. */
export interface Agents {
  readonly http: RequestFilteringHttpAgent;
  readonly https: RequestFilteringHttpsAgent;
}

/**
 * Agents that check what a name leads to inside the socket's own lookup. Ours comes first and knows more ranges;
 * the library's looks at the same answer again.
 */
export function createAgents({ allowPrivate, ca, lookup = systemLookup }: WebhookSenderOptions): Agents {
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

/** What a receiver answered. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly head: string | null;
}

/** One request, on a connection of its own that is gone afterwards. */
export async function post(
  url: URL,
  signed: SignedWebhook,
  agents: Agents,
  ending: AbortSignal,
): Promise<Answer> {
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
