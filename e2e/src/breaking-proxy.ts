import { connect, createServer, type Server, type Socket } from 'node:net';

/** A proxy whose connections break. */
export interface BreakingProxy {
  readonly url: string;
  /** How many connections have been broken. */
  broken(): number;
  close(): Promise<void>;
}

/**
 * Stands between a client and an API.
 *
 * @param breaks after how many bytes of the client the first, second, … connection breaks that has as many; then none does
 */
export async function startBreakingProxy(target: string, breaks: readonly number[]): Promise<BreakingProxy> {
  const port = Number(new URL(target).port);
  let broken = 0;
  const clients = new Set<Socket>();
  const server: Server = createServer((client) => {
    const api = connect(port, '127.0.0.1');
    let bytes = 0;
    clients.add(client);
    client.on('data', (piece) => {
      bytes += piece.length;
      const end = breaks[broken];
      if (end === undefined || bytes < end) return void api.write(piece);
      broken += 1;
      client.destroy();
    });
    api.pipe(client);
    client.on('error', () => undefined).on('close', () => api.destroy());
    api.on('error', () => undefined).on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    broken: () => broken,
    async close() {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      // Those that are kept open for the next request.
      for (const client of clients) client.destroy();
      await closed;
    },
  };
}
