import { checkSchema, type Database, hasWall, OutdatedSchemaError } from '@pledgeline/db';
import pTimeout, { TimeoutError } from 'p-timeout';
import { z } from 'zod';
import type { AppContext } from '../../context.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { isDatabaseAway, REACH_TIMEOUT_MS } from '../../database-reach.js';
import { Problem } from '../../problem.js';

const checkHealth = {
  operationId: 'checkHealth',
  summary: 'Says that the process answers',
  description: 'Checks nothing else.',
  tags: [tags.service],
  response: { 200: z.strictObject({ status: z.literal('ok') }) },
};

const checkReadiness = {
  operationId: 'checkReadiness',
  summary: 'Says whether requests can be answered',
  description:
    'Without the queue, uploads are accepted as well: their jobs are added later. `rowLevelSecurity` says whether Postgres guards the rows of merchants as well; the API does in any case.',
  tags: [tags.service],
  response: {
    200: z.strictObject({
      status: z.literal('ready'),
      database: z.literal('ok'),
      queue: z.enum(['ok', 'unavailable']),
      rowLevelSecurity: z.enum(['ok', 'missing']),
    }),
  },
};

const later = { 'retry-after': '5' };

/** `GET /healthz` and `GET /readyz`: probes, which need no key. */
export async function healthRoutes(app: Api, { probes, producer }: AppContext): Promise<void> {
  // Probes come every few seconds, so at the level "info" only their failures are logged.
  const quiet = app.log.level === 'info' ? ({ logLevel: 'warn' } as const) : {};

  app.get('/healthz', { ...quiet, schema: checkHealth }, async () => ({ status: 'ok' as const }));

  const problems = ['internal_error', 'database_unavailable', 'schema_outdated'] as const;
  app.get('/readyz', { ...quiet, schema: checkReadiness, config: { problems } }, async () => {
    const [isWalled, hasQueue] = await Promise.all([refuseUnready(probes), producer.isReady()]);
    // Uploads are accepted without the queue: the sweep adds their jobs later.
    return {
      status: 'ready' as const,
      database: 'ok' as const,
      queue: hasQueue ? ('ok' as const) : ('unavailable' as const),
      rowLevelSecurity: isWalled ? ('ok' as const) : ('missing' as const),
    };
  });
}

/**
 * Checks that Postgres answers and that its schema suffices. A backup of an older release may have been restored while this
 * process runs.
 *
 * @returns whether it guards the rows of merchants
 * @throws Problem `schema_outdated` or `database_unavailable`
 */
async function refuseUnready(database: Database): Promise<boolean> {
  const look = async () => {
    await checkSchema(database.pool);
    return hasWall(database.pool);
  };
  try {
    return await pTimeout(look(), { milliseconds: REACH_TIMEOUT_MS });
  } catch (cause) {
    if (cause instanceof OutdatedSchemaError) {
      const { message, missing } = cause;
      throw new Problem('schema_outdated', message, { members: { missing }, headers: later, cause });
    }
    if (!(cause instanceof TimeoutError || (await isDatabaseAway(cause, database)))) throw cause;
    throw new Problem('database_unavailable', 'Postgres does not answer.', { headers: later, cause });
  }
}
