import { checkSchema, type Database, OutdatedSchemaError } from '@pledgeline/db';
import type { FastifyInstance } from 'fastify';
import pTimeout, { TimeoutError } from 'p-timeout';
import type { AppContext } from '../../context.js';
import { isDatabaseAway, REACH_TIMEOUT_MS } from '../../database-reach.js';
import { Problem } from '../../problem.js';

const later = { 'retry-after': '5' };

/** `GET /healthz` and `GET /readyz`: probes, which need no key. */
export async function healthRoutes(app: FastifyInstance, { probes, producer }: AppContext): Promise<void> {
  // Probes come every few seconds, so at the level "info" only their failures are logged.
  const quiet = app.log.level === 'info' ? ({ logLevel: 'warn' } as const) : {};

  app.get('/healthz', quiet, async () => ({ status: 'ok' }));

  app.get('/readyz', quiet, async () => {
    const [, hasQueue] = await Promise.all([refuseUnready(probes), producer.isReady()]);
    // Uploads are accepted without the queue: the sweep adds their jobs later.
    return { status: 'ready', database: 'ok', queue: hasQueue ? 'ok' : 'unavailable' };
  });
}

/**
 * Checks with one query that Postgres answers and that its schema suffices. A backup of an older release may have been
 * restored while this process runs.
 *
 * @throws Problem `schema_outdated` or `database_unavailable`
 */
async function refuseUnready(database: Database): Promise<void> {
  try {
    await pTimeout(checkSchema(database.pool), { milliseconds: REACH_TIMEOUT_MS });
  } catch (cause) {
    if (cause instanceof OutdatedSchemaError) {
      const { message, missing } = cause;
      throw new Problem('schema_outdated', message, { members: { missing }, headers: later, cause });
    }
    if (!(cause instanceof TimeoutError || (await isDatabaseAway(cause, database)))) throw cause;
    throw new Problem('database_unavailable', 'Postgres does not answer.', { headers: later, cause });
  }
}
