import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { vi } from 'vitest';

/** A request that is written byte by byte, for tests of badly behaved clients. */
export interface RawRequest {
  readonly socket: Socket;
  /** The answer so far. */
  answer(): string;
  /** Waits for an answer with a JSON body, or for the end of the connection. */
  answered(): Promise<string>;
}

/** Opens a connection and sends the head of a `POST /v1/uploads`. */
export function beginUpload(
  port: number,
  key: string,
  headers: readonly string[],
  query = 'campaign=Lamp&force=true',
): Promise<RawRequest> {
  return beginRequest(port, `POST /v1/uploads?${query}`, [`Authorization: Bearer ${key}`, ...headers]);
}

/** Opens a connection and sends a head, such as `GET /v1/uploads` with its headers. */
export async function beginRequest(
  port: number,
  methodAndPath: string,
  headers: readonly string[],
): Promise<RawRequest> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let text = '';
  socket.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  socket.on('error', () => undefined);
  socket.write([`${methodAndPath} HTTP/1.1`, 'Host: test', ...headers, '', ''].join('\r\n'));
  return {
    socket,
    answer: () => text,
    async answered() {
      const isOver = () => text.includes('}') || socket.closed;
      // Without an answer the test shows best what there is instead.
      await vi.waitUntil(isOver, { timeout: 20_000, interval: 20 }).catch(() => undefined);
      return text;
    },
  };
}
