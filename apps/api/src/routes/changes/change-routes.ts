import {
  applyReview,
  type ChangeKey,
  discardReview,
  type DraftReport,
  isOutdated,
  listChanges,
  readDraft,
  readUpload,
  requestHistory,
  type UploadReport,
} from '@pledgeline/db';
import type { FastifyRequest } from 'fastify';
import { sendPage } from '../../answers/list-page.js';
import type { AppContext } from '../../context.js';
import type { Api } from '../../contract/route-types.js';
import { Problem } from '../../problem.js';
import { enqueueUpload } from '../../receive/enqueue-upload.js';
import { findUpload } from '../uploads/find-upload.js';
import { presentUpload } from '../uploads/present-upload.js';
import { applyOfUpload, discardOfUpload, listOfChanges } from './change-operations.js';
import { expandFields, presentChange } from './changed-fields.js';

/** `/v1/uploads/:id/changes` and the moves around it: what an upload would change, and whether it does. */
export function addChangeRoutes(app: Api, { database, producer, config }: AppContext): void {
  async function readAgain({ merchantId }: Pick<FastifyRequest, 'merchantId'>, report: UploadReport) {
    return presentUpload((await readUpload(database, merchantId, report.id)) ?? report, config.PUBLIC_URL);
  }

  const ofList = { problems: ['upload_not_found', 'upload_not_done', 'rows_purged'] as const };
  app.get('/:id/changes', { schema: listOfChanges, config: ofList }, async (request, reply) => {
    const { cursor: start, limit, kind, type, field } = request.query;
    const upload = await findUpload(database, request);
    const draft = await findDraft(upload);
    const isThere = draft.status === 'READY' || draft.status === 'DONE';
    const query = { start, limit: limit + 1, kinds: kind, types: type, fields: expandFields(field) };
    return sendPage(reply, isThere ? listChanges(database, draft.id, query) : nothing(), {
      start,
      noun: 'changes',
      limit,
      maxBytes: config.MAX_ANSWER_BYTES,
      present: presentChange,
      keyOf: (change): ChangeKey => [change.type, change.id],
      members: {
        status: upload.status,
        draft: {
          kind: draft.kind,
          status: draft.status,
          outdated: draft.status === 'READY' && (await isOutdated(database, draft)),
          percent: draft.percent,
          error: draft.lastError,
        },
        totals: draft.totals && presentTotals(upload, draft.totals),
      },
    });
  });
}
