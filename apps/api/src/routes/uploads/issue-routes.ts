import { groupIssues, listIssues } from '@pledgeline/db';
import type { AppContext } from '../../context.js';
import type { Api } from '../../contract/route-types.js';
import { findUpload } from './find-upload.js';
import { listOfIssues, summaryOfIssues } from './upload-operations.js';

const config = { problems: ['upload_not_found'] } as const;

/** `GET …/issues` and `…/issues/summary`: what is wrong with an upload and its rows. */
export function addIssueRoutes(app: Api, { database }: AppContext): void {
  app.get('/:id/issues', { schema: listOfIssues, config }, async (request) => {
    const upload = await findUpload(database, request);
    return listIssues(database, upload.id, request.query);
  });

  app.get('/:id/issues/summary', { schema: summaryOfIssues, config }, async (request) => {
    const upload = await findUpload(database, request);
    return { groups: await groupIssues(database, upload.id, { examples: 3 }) };
  });
}
