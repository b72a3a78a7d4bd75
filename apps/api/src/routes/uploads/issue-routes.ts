import { groupIssues, isIssueCursor, listIssues } from '@pledgeline/db';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AppContext } from '../../context.js';
import { withQuery } from '../../plugins/refuse-parameters.js';
import { limitParameter, lineParameter, readQuery } from '../../read-query.js';
import { findUpload } from './find-upload.js';

const listQuery = z.strictObject({
  after: z.string().refine(isIssueCursor, 'must be the "next" of the page before').optional(),
  limit: limitParameter(1_000),
  code: lineParameter(100).optional(),
  severity: z.enum(['error', 'warning'], 'must be "error" or "warning"').optional(),
});

/** `GET …/issues` and `…/issues/summary`: what is wrong with an upload and its rows. */
export function addIssueRoutes(app: FastifyInstance, { database }: AppContext): void {
  app.get('/:id/issues', withQuery, async (request) => {
    const query = readQuery(listQuery, request.query);
    const upload = await findUpload(database, request);
    return listIssues(database, upload.id, query);
  });

  app.get('/:id/issues/summary', async (request) => {
    const upload = await findUpload(database, request);
    return { groups: await groupIssues(database, upload.id, { examples: 3 }) };
  });
}
