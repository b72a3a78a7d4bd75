import { deleteTemplate, listTemplates } from '@pledgeline/db';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AppContext } from '../../context.js';
import { Problem } from '../../problem.js';
import { idParameter } from '../../read-query.js';

const path = z.object({ id: idParameter });

/** `/v1/mapping-templates`: the merchant's saved mappings. `saveAs` of `PUT …/mapping` saves one. */
export async function templateRoutes(app: FastifyInstance, { database }: AppContext): Promise<void> {
  app.get('/', async ({ merchantId }) => ({ templates: await listTemplates(database, merchantId) }));

  app.delete('/:id', async ({ merchantId, params }, reply) => {
    const { data } = path.safeParse(params);
    if (data && (await deleteTemplate(database, merchantId, data.id))) return reply.code(204).send();
    throw new Problem(
      'not_found',
      'There is no such template; GET /v1/mapping-templates lists those there are.',
    );
  });
}
