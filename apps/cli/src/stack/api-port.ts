import { createServer } from 'node:net';
import { CliError } from '../cli-error.js';

/** Finds a port of 127.0.0.1 for the API: the wanted one, or any free one. @throws CliError if that one is taken */
export async function apiPort(wanted: number | undefined): Promise<number> {
  const port = await tryPort(wanted ?? 0);
  if (port !== null) return port;
  throw new CliError(`Port ${wanted} is taken.`, {
    hint: 'Stop what uses it, or choose another one with --port.',
  });
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const given = typeof address === 'object' && address !== null ? address.port : null;
      server.close(() => resolve(given));
    });
  });
}
