import { cancelUpload, listUploads, readUpload, retryUpload, type UploadReport } from '@pledgeline/db';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { FileContext } from '../../context.js';
import { withQuery } from '../../plugins/refuse-parameters.js';
import { idParameter, limitParameter, readQuery } from '../../read-query.js';
import { enqueueUpload } from '../../receive/enqueue-upload.js';
import { findUpload } from './find-upload.js';
import { addIssueRoutes } from './issue-routes.js';
import { addMappingRoutes } from './mapping-routes.js';
import { presentFile } from './present-files.js';
import { presentListed, presentUpload } from './present-upload.js';
import { addSendRoute } from './send-route.js';

const filesQuery = z.strictObject({
  after: z.coerce.number('must be the "next" of the page before').int().min(-1).default(-1),
  limit: limitParameter(200),
});

const listQuery = z.strictObject({ before: idParameter.optional(), limit: limitParameter(200) });

/** `/v1/uploads`: sending files, and following their import. */
export async function uploadRoutes(app: FastifyInstance, context: FileContext): Promise<void> {
  const { database, producer, config } = context;
  const present = (report: UploadReport) => presentUpload(report, config.PUBLIC_URL);

  /** Reads an upload again after a change. */
  async function readAgain({ merchantId }: FastifyRequest, report: UploadReport) {
    return present((await readUpload(database, merchantId, report.id)) ?? report);
  }

  app.get('/', withQuery, async (request) => {
    const { before, limit } = readQuery(listQuery, request.query);
    const { rows, next } = await listUploads(database, request.merchantId, { before, limit });
    return { uploads: rows.map((report) => presentListed(report, config.PUBLIC_URL)), next };
  });

  app.get('/:id', async (request) => present(await findUpload(database, request)));

  app.get('/:id/files', withQuery, async (request) => {
    const { after, limit } = readQuery(filesQuery, request.query);
    const { files } = await findUpload(database, request);
    const page = files.slice(after + 1, after + 1 + limit);
    const last = after + page.length;
    return { files: page.map(presentFile), next: last + 1 < files.length ? last : null };
  });

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
  addMappingRoutes(app, context);
  await addSendRoute(app, context);
}
