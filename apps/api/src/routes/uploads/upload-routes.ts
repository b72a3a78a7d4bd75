import { cancelUpload, listUploads, readUpload, retryUpload, type UploadReport } from '@pledgeline/db';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AppContext } from '../../context.js';
import { uploadLinks } from '../../links.js';
import { enqueueUpload } from '../../receive/enqueue-upload.js';
import { idParameter, limitParameter, readQuery } from '../../read-query.js';
import { findUpload } from './find-upload.js';
import { addIssueRoutes } from './issue-routes.js';
import { addSendRoute } from './send-route.js';

const listQuery = z.strictObject({ before: idParameter.optional(), limit: limitParameter(200) });

/** Sending files, and how far they are. */
export async function uploadRoutes(app: FastifyInstance, context: AppContext): Promise<void> {
  const { database, producer, config } = context;
  const present = (report: UploadReport) => ({ ...report, links: uploadLinks(config.PUBLIC_URL, report.id) });

  /** After a change: what became of the upload. */
  async function readAgain({ merchantId }: FastifyRequest, report: UploadReport) {
    return present((await readUpload(database, merchantId, report.id)) ?? report);
  }

  app.get('/', async (request) => {
    const { before, limit } = readQuery(listQuery, request.query);
    const found = await listUploads(database, request.merchantId, { before, limit: limit + 1 });
    const uploads = found.slice(0, limit).map(present);
    return { uploads, next: found.length > limit ? uploads.at(-1)?.id : null };
  });

  app.get('/:id', async (request) => present(await findUpload(database, request)));

  app.post('/:id/retry', async (request, reply) => {
    const upload = await findUpload(database, request);
    const chunkIds = await retryUpload(database, upload.id);
    await enqueueUpload(producer, upload.id, chunkIds, request.log);
    return reply.code(202).send(await readAgain(request, upload));
  });

  app.post('/:id/cancel', async (request) => {
    const upload = await findUpload(database, request);
    await cancelUpload(database, upload.id);
    return readAgain(request, upload);
  });

  addIssueRoutes(app, context);
  await addSendRoute(app, context);
}
