import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { Webhook } from 'standardwebhooks';
import { createCertificate } from './certificate.js';
import { portOf } from './port-of.js';

/** A received request. */
export interface ReceivedWebhook {
  /** `webhook-id`, or empty. */
  readonly id: string;
  /** `webhook-timestamp`, or empty. */
  readonly timestamp: string;
  /** `webhook-signature`, or empty. */
  readonly signature: string;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/**
 * A status, with headers and a body if given; `hang`: accept and never answer; `reset`: reset the connection; `close`:
 * close it without an answer.
 */
export type ReceiverAnswer =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
    }
  | 'hang'
  | 'reset'
  | 'close';

/** An answer, or a function that makes one. `ordinal` numbers the received requests from 1. */
export type AnswerHow = ReceiverAnswer | ((webhook: ReceivedWebhook, ordinal: number) => ReceiverAnswer);

export interface Receiver {
  /** Without a path. */
  readonly url: string;
  /** The certificate to trust, PEM; undefined without https. */
  readonly ca: string | undefined;
  /** In the order in which they arrived. */
  readonly received: readonly ReceivedWebhook[];
  /** How many connections were accepted so far, with or without a request. */
  readonly accepted: number;
  /** How many connections are open now. */
  readonly open: number;
  /** Sets the answer from now on. The default is 204. */
  answer(how: AnswerHow): void;
  /** Verifies a webhook with the official library and returns the parsed body. Throws when the signature is wrong. */
  verify(webhook: ReceivedWebhook, secret: string): unknown;
  /** Breaks off open connections and stops listening. */
  close(): Promise<void>;
}

/** Starts a real HTTP(S) receiver on a free port of 127.0.0.1 that keeps every request. */
export async function startReceiver(options: { readonly https?: boolean } = {}): Promise<Receiver> {
  const certificate = options.https === true ? await createCertificate() : undefined;
  const server = certificate ? createHttpsServer(certificate) : createHttpServer();
  const received: ReceivedWebhook[] = [];
  const sockets = new Set<Socket>();
  let accepted = 0;
  let how: AnswerHow = { status: 204 };

  server.on('connection', (socket: Socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', (request, response) => {
    // In many tests the sender breaks off.
    receive(request, response).catch(() => response.destroy());
  });
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const webhook = await read(request);
    const ordinal = received.push(webhook);
    await reply(response, typeof how === 'function' ? how(webhook, ordinal) : how);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `${certificate ? 'https' : 'http'}://127.0.0.1:${portOf(server)}`,
    ca: certificate?.cert,
    received,
    get accepted() {
      return accepted;
    },
    get open() {
      return sockets.size;
    },
    answer(next) {
      how = next;
    },
    verify: verifyWebhook,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function read(request: IncomingMessage): Promise<ReceivedWebhook> {
  const { headers, method = '', url: path = '' } = request;
  return {
    id: String(headers['webhook-id'] ?? ''),
    timestamp: String(headers['webhook-timestamp'] ?? ''),
    signature: String(headers['webhook-signature'] ?? ''),
    method,
    path,
    headers,
    body: (await buffer(request)).toString(),
    receivedAt: Date.now(),
  };
}

async function reply(response: ServerResponse, answer: ReceiverAnswer): Promise<void> {
  if (answer === 'hang') return;
  if (answer === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (answer === 'close') {
    response.socket?.end();
    return;
  }
  response.writeHead(answer.status, answer.headers);
  response.flushHeaders();
  const { body = '' } = answer;
  if (typeof body === 'string') response.end(body);
  else await pipeline(Readable.from(body), response);
}

function verifyWebhook(webhook: ReceivedWebhook, secret: string): unknown {
  return new Webhook(secret).verify(webhook.body, {
    'webhook-id': webhook.id,
    'webhook-timestamp': webhook.timestamp,
    'webhook-signature': webhook.signature,
  });
}
