import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A proxy between the API and Postgres that can lose answers. */
export interface PostgresProxy {
  /** The URL of the same database through the proxy. */
  readonly url: string;
  /**
   * Lets the next seal be committed, but breaks the connection before the answer to the COMMIT arrives. With
   * `andStayAway`, all later connections are refused.
   */
  loseNextSeal(after?: 'andStayAway'): void;
  /** Accepts connections again. */
  comeBack(): void;
  /** How many answers were lost. */
  lost(): number;
  close(): Promise<void>;
}

/** Starts the proxy on a free port. */
export async function startPostgresProxy(databaseUrl: string): Promise<PostgresProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let order: 'pass' | 'lose' | 'loseAndStayAway' = 'pass';
  let isAway = false;
  let lostAnswers = 0;

  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };

  const server = createServer((client) => {
    if (isAway) {
      client.destroy();
      return;
    }
    const postgres = connect(Number(target.port), target.hostname);
    let isSealing = false;
    let isCommitting = false;
    for (const socket of [client, postgres]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    client.on('data', (bytes) => {
      if (order !== 'pass' && bytes.includes('SET sealed_at = now()')) isSealing = true;
      if (isSealing && bytes.includes('COMMIT\0')) isCommitting = true;
      postgres.write(bytes);
    });
    postgres.on('data', (bytes) => {
      if (!isCommitting) {
        client.write(bytes);
        return;
      }
      lostAnswers += 1;
      isAway = order === 'loseAndStayAway';
      order = 'pass';
      if (isAway) cutAll();
      client.destroy();
    });
    client.on('close', () => postgres.destroy());
    postgres.on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(typeof address === 'object' && address ? address.port : 0);
  return {
    url: url.href,
    loseNextSeal(after) {
      order = after === undefined ? 'lose' : 'loseAndStayAway';
    },
    comeBack() {
      isAway = false;
    },
    lost: () => lostAnswers,
    async close() {
      cutAll();
      server.close();
      await once(server, 'close');
    },
  };
}
