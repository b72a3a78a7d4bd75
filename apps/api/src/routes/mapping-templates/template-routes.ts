import { deleteTemplate, listTemplates, renameTemplate } from '@pledgeline/db';
import { z } from 'zod';
import { cursorMembers } from '../../answers/cursor.js';
import { sendPage } from '../../answers/list-page.js';
import type { AppContext } from '../../context.js';
import { columnAssignment } from '../../contract/mapping-answers.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { id, instant } from '../../contract/values.js';
import { Problem } from '../../problem.js';
import { jsonObject } from '../../read-json.js';
import { idCursorParameter, idInPath, limitParameter, lineParameter } from '../../read-query.js';

/** As `saveAs` of a mapping. */
const MAX_NAME_LENGTH = 100;

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
  querystring: z.strictObject({ cursor: idCursorParameter, limit: limitParameter(200) }),
  response: { 200: z.strictObject({ templates: z.array(template), ...cursorMembers }) },
};

const renamingOfTemplate = {
  operationId: 'renameMappingTemplate',
  summary: 'Renames a saved mapping',
  tags: [tags.mapping],
  params: z.object({ id: idInPath }),
  body: jsonObject({ name: lineParameter(MAX_NAME_LENGTH) }),
  response: { 200: template },
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
  app.get(
    '/',
    { schema: listOfTemplates },
    async ({ merchantId, query: { cursor: start, limit } }, reply) => {
      const templates = listTemplates(database, merchantId, { start, limit: limit + 1 });
      return sendPage(reply, templates, {
        start,
        noun: 'templates',
        limit,
        maxBytes: config.MAX_ANSWER_BYTES,
        present: (template) => template,
        keyOf: ({ id }) => id,
      });
    },
  );

  const ofRenaming = { problems: ['not_found'] } as const;
  app.patch(
    '/:id',
    { schema: renamingOfTemplate, config: ofRenaming },
    async ({ merchantId, params, body }) => {
      const renamed =
        params.id === null ? null : await renameTemplate(database, merchantId, params.id, body.name);
      if (renamed === null) throw noSuchTemplate();
      return renamed;
    },
  );

  const ofDeletion = { scope: 'admin', problems: ['not_found'] } as const;
  app.delete('/:id', { schema: deletionOfTemplate, config: ofDeletion }, async (request, reply) => {
    const { merchantId, params } = request;
    if (params.id !== null && (await deleteTemplate(database, merchantId, params.id))) {
      return reply.code(204).send();
    }
    throw noSuchTemplate();
  });
}

function noSuchTemplate(): Problem {
  return new Problem(
    'not_found',
    'There is no such template; GET /v1/mapping-templates lists those there are.',
  );
}
