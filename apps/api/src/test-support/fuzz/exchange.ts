import { once } from 'node:events';
import { type Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DrawnConnection } from './draw-connections.js';
import type { DrawnRequest } from './draw-requests.js';

/** What came back. */
export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly requestId: string;
  readonly body: string;
}

/** A request or a connection that gets no answer or no end in this time hangs. */
const PATIENCE_MS = 10_000;

/** @returns null when the server has cut the connection, as it may while it reads a body */
export function exchange(
  { port, key, agent }: { readonly port: number; readonly key: string; readonly agent: Agent },
  address: string,
  { method, headers, body }: DrawnRequest,
): Promise<Answered | null> {
  return new Promise((resolve, reject) => {
    const sent = request({
      host: '127.0.0.1',
      port,
      method,
      path: address,
      agent,
      headers: {
        ...headers,
        authorization: `Bearer ${key}`,
        ...(body === null ? {} : { 'content-length': body.length }),
      },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    sent.on('error', (error) =>
      'code' in error && /^(?:ECONNRESET|EPIPE)$/.test(String(error.code)) ? resolve(null) : reject(error),
    );
    sent.on('response', (response) => {
      const type = response.headers['content-type'] ?? '';
      const requestId = String(response.headers['x-request-id'] ?? '');
      const status = response.statusCode ?? 0;
      const pieces: Uint8Array[] = [];
      const end = () => resolve({ status, type, requestId, body: Buffer.concat(pieces).toString('utf8') });
      // A stream of events has no end.
      if (type.startsWith('text/event-stream')) {
        response.on('error', () => undefined);
        response.destroy();
        end();
        return;
      }
      response.on('data', (piece: Uint8Array) => pieces.push(piece));
      response.on('end', end);
      response.on('error', reject);
    });
    sent.end(body ?? undefined);
  });
}

/** Writes bytes, ends this side, and waits until the server ends its own. @throws Error when it does not */
export async function converse(port: number, { text, cuts }: DrawnConnection): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  const pieces: Uint8Array[] = [];
  socket.on('data', (piece: Uint8Array) => pieces.push(piece));
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  let from = 0;
  for (const cut of [...cuts, text.length]) {
    if (!socket.writable) break;
    socket.write(Buffer.from(text.slice(from, cut), 'latin1'));
    from = Math.max(from, cut);
    if (cuts.length > 0) await sleep(1);
  }
  socket.end();
  const waited = new AbortController();
  const late = sleep(PATIENCE_MS, 'late', { signal: waited.signal }).catch(() => 'closed');
  const outcome = await Promise.race([closed, late]);
  waited.abort();
  socket.destroy();
  if (outcome === 'late')
    throw new Error(`The connection is still open; so far it has answered: ${Buffer.concat(pieces)}`);
  return Buffer.concat(pieces).toString('latin1');
}
