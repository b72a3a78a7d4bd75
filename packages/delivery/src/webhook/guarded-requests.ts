import { lookup as systemLookup } from 'node:dns';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { rootCertificates } from 'node:tls';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { headBytes, readableHead } from '../attempt-result.js';
import { guardLookup } from './guarded-lookup.js';
import type { SignedWebhook } from './sign-webhook.js';
import type { WebhookSenderOptions } from './webhook-sender-options.js';

/** An HTTP and an HTTPS agent with the same checks. */
export interface Agents {
  readonly http: RequestFilteringHttpAgent;
  readonly https: RequestFilteringHttpsAgent;
}

/**
 * Creates agents that check the addresses of a name inside the socket's own lookup. Our check comes first and knows
 * more ranges; the library checks the same addresses again.
 */
export function createAgents({ allowPrivate, ca, lookup = systemLookup }: WebhookSenderOptions): Agents {
  const shared = {
    allowPrivateIPAddress: allowPrivate,
    lookup: guardLookup(lookup, { allowPrivate }),
    keepAlive: false,
    // Makes the socket look up all addresses of a name, so that all are checked.
    autoSelectFamily: true,
    // By default Node.js tries the next address after 250 ms, which is too early for a distant server.
    autoSelectFamilyAttemptTimeout: 2_000,
  };
  return {
    http: new RequestFilteringHttpAgent(shared),
    https: new RequestFilteringHttpsAgent(
      ca === undefined ? shared : { ...shared, ca: [...rootCertificates, ca] },
    ),
  };
}

/** The answer of a receiver. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly head: string | null;
}

/** Sends one request on a connection of its own, which is closed afterwards. */
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
    // `on`, not `once`: an error after the answer needs a listener as well.
    request.on('error', reject);
    request.once('close', () => reject(new Error('The connection closed without an answer')));
  });
}

/** Reads the first bytes of an answer's body. The rest is not read: leaving the loop closes the connection. */
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
    // Only the status decides. It has arrived, so a body that breaks off or takes too long changes nothing.
  }
  return Buffer.concat(pieces);
}
