import type { FastifyInstance } from 'fastify';
import type { AppContext } from '../../context.js';
import { isDatabaseReachable } from '../../database-reach.js';
import { Problem } from '../../problem.js';

/** For whoever watches the process. No key is asked for. */
export async function healthRoutes(app: FastifyInstance, { database, producer }: AppContext): Promise<void> {
  // Probes come every few seconds: only their failures are worth a line, unless everything is.
  const quiet = app.log.level === 'info' ? ({ logLevel: 'warn' } as const) : {};

  app.get('/healthz', quiet, async () => ({ status: 'ok' }));

  app.get('/readyz', quiet, async () => {
    const [hasDatabase, hasQueue] = await Promise.all([isDatabaseReachable(database), producer.isReady()]);
    if (!hasDatabase) {
      throw new Problem('database_unavailable', 'Postgres does not answer.', {
        headers: { 'retry-after': '5' },
      });
    }
    // Uploads are accepted without the queue: the sweep adds their jobs later.
    return { status: 'ready', database: 'ok', queue: hasQueue ? 'ok' : 'unavailable' };
  });
}
