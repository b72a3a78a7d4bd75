import { deleteTemplate, listTemplates } from '@pledgeline/db';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { sendJson, writePage } from '../../answers/write-page.js';
import type { AppContext } from '../../context.js';
import { withQuery } from '../../plugins/refuse-parameters.js';
import { Problem } from '../../problem.js';
import { idParameter, limitParameter, readQuery } from '../../read-query.js';

const listQuery = z.strictObject({ before: idParameter.optional(), limit: limitParameter(1_000) });

const path = z.object({ id: idParameter });

/** `/v1/mapping-templates`: the merchant's saved mappings. `saveAs` of `PUT …/mapping` saves one. */
export async function templateRoutes(app: FastifyInstance, { database, config }: AppContext): Promise<void> {
  app.get('/', withQuery, async ({ merchantId, query }, reply) => {
    const { before, limit } = readQuery(listQuery, query);
    const templates = listTemplates(database, merchantId, { before, limit: limit + 1 });
    const page = await writePage(templates, {
      noun: 'templates',
      limit,
      maxBytes: config.MAX_ANSWER_BYTES,
      present: (template) => template,
      cursorOf: ({ id }) => id,
    });
    return sendJson(reply, page);
  });

  app.delete('/:id', async ({ merchantId, params }, reply) => {
    const { data } = path.safeParse(params);
    if (data && (await deleteTemplate(database, merchantId, data.id))) return reply.code(204).send();
    throw new Problem(
      'not_found',
      'There is no such template; GET /v1/mapping-templates lists those there are.',
    );
  });
}
