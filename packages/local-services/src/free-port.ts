import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A loopback port that is not in use. It is below the range that the kernel uses for outgoing connections (32768 and up
 * on Linux), so that a server that is killed and restarted finds its port still free.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
