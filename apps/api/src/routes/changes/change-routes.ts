import { formatAmount } from '@pledgeline/csv-core/map';
import {
  applyRemap,
  applyReview,
  type Batches,
  type ChangeKey,
  type DraftReport,
  type DraftTotals,
  discardRemap,
  discardReview,
  listChanges,
  type RecordChange,
  readDraft,
  readUpload,
  requestHistory,
  startRedo,
  startRemap,
  startUndo,
  type UploadReport,
} from '@pledgeline/db';
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import { sendPage } from '../../answers/list-page.js';
import type { AppContext } from '../../context.js';
import type { Api } from '../../contract/route-types.js';
import { readRemap } from '../../mapping/read-remap.js';
import { Problem } from '../../problem.js';
import { enqueueDraft, enqueueUpload } from '../../receive/enqueue-upload.js';
import { findUpload } from '../uploads/find-upload.js';
import { presentUpload } from '../uploads/present-upload.js';
import {
  applyOfUpload,
  discardOfUpload,
  listOfChanges,
  redoOfUpload,
  remapOfUpload,
  undoOfUpload,
} from './change-operations.js';
import { expandFields, presentChange } from './changed-fields.js';

const ofMove = {
  problems: ['upload_not_found', 'illegal_move', 'campaign_held', 'rows_purged', 'review_outdated'] as const,
};

/** `/v1/uploads/:id/changes` and the moves around it: what an upload changes, and whether it does. */
export function addChangeRoutes(app: Api, context: AppContext): void {
  const { database, producer, config } = context;

  async function readAgain({ merchantId }: Pick<FastifyRequest, 'merchantId'>, report: UploadReport) {
    return presentUpload((await readUpload(database, merchantId, report.id)) ?? report, config.PUBLIC_URL);
  }

  const ofList = { problems: ['upload_not_found', 'upload_not_done', 'rows_purged'] as const };
  app.get('/:id/changes', { schema: listOfChanges, config: ofList }, async (request, reply) => {
    const { cursor: start, limit, kind, type, field } = request.query;
    const upload = await findUpload(database, request);
    const draft = await findDraft(context, upload, request.log);
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
        draft: presentDraft(upload, draft),
        totals: draft.totals && presentTotals(upload, draft.totals),
      },
    });
  });

  app.post('/:id/apply', { schema: applyOfUpload, config: ofMove }, async (request, reply) => {
    const upload = await findUpload(database, request);
    if ((await readDraft(database, upload.id))?.kind === 'REMAP') {
      await enqueueDraft(producer, await applyRemap(database, upload.id), request.log);
    } else {
      const { outcome, chunkIds } = await applyReview(database, upload.id);
      await enqueueUpload(producer, upload.id, chunkIds, request.log);
      if (outcome === 'outdated') throw outdated();
    }
    return reply.code(202).send(await readAgain(request, upload));
  });

  app.post('/:id/discard', { schema: discardOfUpload, config: ofMove }, async (request) => {
    const upload = await findUpload(database, request);
    const draft = await readDraft(database, upload.id);
    await (draft?.kind === 'REMAP' ? discardRemap : discardReview)(database, upload.id);
    return readAgain(request, upload);
  });

  app.post('/:id/undo', { schema: undoOfUpload, config: ofMove }, async (request, reply) => {
    const upload = await findUpload(database, request);
    await enqueueDraft(producer, await startUndo(database, upload.id), request.log);
    return reply.code(202).send(await readAgain(request, upload));
  });

  app.post('/:id/redo', { schema: redoOfUpload, config: ofMove }, async (request, reply) => {
    const upload = await findUpload(database, request);
    await enqueueUpload(producer, upload.id, await startRedo(database, upload.id), request.log);
    return reply.code(202).send(await readAgain(request, upload));
  });

  const ofRemap = {
    problems: [...ofMove.problems, 'unknown_platform', 'mapping_incomplete', 'order_too_long'] as const,
  };
  app.post('/:id/remap', { schema: remapOfUpload, config: ofRemap }, async (request, reply) => {
    const upload = await findUpload(database, request);
    const mappings = await readRemap(database, upload.id, request.body);
    const draft = await startRemap(database, upload.id, mappings, { review: request.body.review ?? false });
    await enqueueDraft(producer, draft, request.log);
    return reply.code(202).send(await readAgain(request, upload));
  });
}

/** The draft of an upload. One that has ended and was not reviewed gets one now. */
async function findDraft(
  { database, producer }: AppContext,
  { id, status }: UploadReport,
  logger: FastifyBaseLogger,
): Promise<DraftReport> {
  const known = await readDraft(database, id);
  const isOfUpload =
    known?.kind === 'REVIEW' ||
    (known?.kind === 'REMAP' && status === 'REMAPPING') ||
    // Its changes are not listed; it says how far the undo has come.
    (known?.kind === 'UNDO' && status === 'UNDOING');
  if (known !== null && isOfUpload) return known;
  if (status !== 'COMPLETED' && status !== 'FAILED' && status !== 'CANCELED') {
    throw new Problem(
      'upload_not_done',
      status === 'UNDONE'
        ? 'The upload was taken back, so it has changed nothing. POST …/redo brings it back.'
        : 'What an upload changes is known when all of its rows are read. Wait for its end.',
    );
  }
  const { draft, enqueue } = await requestHistory(database, id);
  if (enqueue !== null) await enqueueDraft(producer, enqueue, logger);
  return draft;
}

async function* nothing(): Batches<RecordChange> {}

function outdated(): Problem {
  return new Problem(
    'review_outdated',
    'The campaign has changed since the review, so nothing was imported. The review is made anew: look at the changes when the upload waits again, and apply them then.',
  );
}

function presentDraft(upload: UploadReport, draft: DraftReport) {
  const { kind, status, isOutdated, position, total, lastError } = draft;
  const ofChunks = kind === 'REVIEW' ? upload.progress.percent : total === 0 ? 0 : (100 * position) / total;
  return {
    kind,
    status,
    outdated: isOutdated,
    percent: status === 'READY' || status === 'DONE' ? 100 : Math.min(99, Math.floor(ofChunks)),
    error: lastError,
  };
}

function presentTotals({ rows }: UploadReport, { records, campaign }: DraftTotals) {
  const { total, imported, rejected, leftOut } = rows;
  return {
    rows: { total, imported, rejected, leftOut },
    records,
    campaign: campaign && {
      ...campaign,
      money: campaign.money.map(({ amount, ...of }) => ({
        ...of,
        amount: {
          before: formatAmount(amount.before, of.currency),
          after: formatAmount(amount.after, of.currency),
        },
      })),
    },
  };
}
