import {
  cancelUpload,
  changeUpload,
  deleteUpload,
  listFiles,
  listUploads,
  readUpload,
  retryUpload,
  type UploadReport,
} from '@pledgeline/db';
import type { FastifyRequest } from 'fastify';
import { sendPage } from '../../answers/list-page.js';
import type { FileContext } from '../../context.js';
import type { Api } from '../../contract/route-types.js';
import { ifMatchHeader, matchCheck } from '../../plugins/preconditions.js';
import { enqueueUpload } from '../../receive/enqueue-upload.js';
import { findCampaignId } from '../campaigns/find-campaign.js';
import { addChangeRoutes } from '../changes/change-routes.js';
import { findUpload } from './find-upload.js';
import { addIssueRoutes } from './issue-routes.js';
import { addMappingRoutes } from './mapping-routes.js';
import { presentListed, presentUpload } from './present-upload.js';
import { addRejectedRoute } from './rejected-route.js';
import { addSendRoute } from './send-route.js';
import {
  cancelOfUpload,
  changeOfUpload,
  deleteOfUpload,
  listOfFiles,
  listOfUploads,
  retryOfUpload,
  showUpload,
} from './upload-operations.js';

/** `/v1/uploads`: sending files, and following their import. */
export async function uploadRoutes(app: Api, context: FileContext): Promise<void> {
  const { database, producer, config } = context;
  const present = (report: UploadReport) => presentUpload(report, config.PUBLIC_URL);

  /** Reads an upload again after a change. */
  async function readAgain({ merchantId }: Pick<FastifyRequest, 'merchantId'>, report: UploadReport) {
    return present((await readUpload(database, merchantId, report.id)) ?? report);
  }

  const ofList = { problems: ['campaign_not_found'] } as const;
  app.get('/', { schema: listOfUploads, config: ofList }, async ({ merchantId, query }, reply) => {
    const { cursor: start, limit, campaign, status, platform } = query;
    const campaignId =
      campaign === undefined ? undefined : await findCampaignId(database, merchantId, campaign);
    const filters = { status, platform, campaignId };
    const uploads = listUploads(database, merchantId, { start, limit: limit + 1, ...filters });
    return sendPage(reply, uploads, {
      start,
      noun: 'uploads',
      limit,
      maxBytes: config.MAX_ANSWER_BYTES,
      present: (report) => presentListed(report, config.PUBLIC_URL),
      keyOf: ({ id }) => id,
    });
  });

  const problems = ['upload_not_found'] as const;
  const ofOne = { problems, hasEntityTag: true } as const;
  app.get('/:id', { schema: showUpload, config: ofOne }, async (request) =>
    present(await findUpload(database, request)),
  );

  app.get('/:id/files', { schema: listOfFiles, config: { problems } }, async (request, reply) => {
    const { cursor: start, limit } = request.query;
    const { id } = await findUpload(database, request);
    return sendPage(reply, listFiles(database, id, { start, limit: limit + 1 }), {
      start,
      noun: 'files',
      limit,
      maxBytes: config.MAX_ANSWER_BYTES,
      present: ({ file }) => file,
      keyOf: ({ index }) => index,
    });
  });

  const ofMove = { problems: [...problems, 'illegal_move', 'campaign_held'] as const };
  app.post('/:id/retry', { schema: retryOfUpload, config: ofMove }, async (request, reply) => {
    const upload = await findUpload(database, request);
    const chunkIds = await retryUpload(database, upload.id);
    await enqueueUpload(producer, upload.id, chunkIds, request.log);
    return reply.code(202).send(await readAgain(request, upload));
  });

  app.post('/:id/cancel', { schema: cancelOfUpload, config: ofMove }, async (request) => {
    const upload = await findUpload(database, request);
    await cancelUpload(database, upload.id);
    return readAgain(request, upload);
  });

  const ofChange = {
    problems: [...problems, 'illegal_move', 'campaign_not_found', 'changed_meanwhile'],
    requestHeaders: ifMatchHeader.optional,
    hasEntityTag: true,
  } as const;
  app.patch('/:id', { schema: changeOfUpload, config: ofChange }, async (request) => {
    const upload = await findUpload(database, request);
    const check = matchCheck(request, present);
    await changeUpload(database, request.merchantId, upload.id, request.body, check);
    return readAgain(request, upload);
  });

  const ofDelete = {
    problems: [...ofMove.problems, 'changed_meanwhile'],
    requestHeaders: ifMatchHeader.optional,
    scope: 'admin',
  } as const;
  app.delete('/:id', { schema: deleteOfUpload, config: ofDelete }, async (request, reply) => {
    const { id } = await findUpload(database, request);
    await deleteUpload(database, request.merchantId, id, matchCheck(request, present));
    return reply.code(204).send();
  });

  addChangeRoutes(app, context);
  addIssueRoutes(app, context);
  addRejectedRoute(app, context);
  addMappingRoutes(app, context);
  await addSendRoute(app, context);
}
