import { deleteTemplate, listTemplates } from '@pledgeline/db';
import { z } from 'zod';
import { sendJson, writePage } from '../../answers/write-page.js';
import type { AppContext } from '../../context.js';
import { columnAssignment } from '../../contract/mapping-answers.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { id, instant, nextId } from '../../contract/values.js';
import { Problem } from '../../problem.js';
import { cursorParameter, idInPath, limitParameter } from '../../read-query.js';

const template = z
  .strictObject({
    id,
    name: z.string(),
    headerFingerprint: z.string().meta({ description: 'SHA-256 of the header row, in hexadecimal digits.' }),
    platform: z.string(),
    columns: z.array(columnAssignment).nullable(),
    createdAt: instant,
  })
  .meta({ id: 'MappingTemplate' });

const listOfTemplates = {
  operationId: 'listMappingTemplates',
  summary: 'Lists saved mappings, newest first',
  description: 'A file with the same header row is imported by the saved mapping.',
  tags: [tags.mapping],
  querystring: z.strictObject({ before: cursorParameter.optional(), limit: limitParameter(1_000) }),
  response: { 200: z.strictObject({ templates: z.array(template), next: nextId }) },
};

const deletionOfTemplate = {
  operationId: 'deleteMappingTemplate',
  summary: 'Deletes a saved mapping',
  tags: [tags.mapping],
  params: z.object({ id: idInPath }),
  response: { 204: z.undefined() },
};

/** `/v1/mapping-templates`: the merchant's saved mappings. `saveAs` of `PUT …/mapping` saves one. */
export async function templateRoutes(app: Api, { database, config }: AppContext): Promise<void> {
  app.get('/', { schema: listOfTemplates }, async ({ merchantId, query: { before, limit } }, reply) => {
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

  const problems = ['not_found'] as const;
  app.delete('/:id', { schema: deletionOfTemplate, config: { problems } }, async (request, reply) => {
    const { merchantId, params } = request;
    if (params.id !== null && (await deleteTemplate(database, merchantId, params.id))) {
      return reply.code(204).send();
    }
    throw new Problem(
      'not_found',
      'There is no such template; GET /v1/mapping-templates lists those there are.',
    );
  });
}
