import {
  cancelUpload,
  listFiles,
  listUploads,
  readUpload,
  retryUpload,
  type UploadReport,
} from '@pledgeline/db';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sendJson, writePage } from '../../answers/write-page.js';
import type { FileContext } from '../../context.js';
import { withQuery } from '../../plugins/refuse-parameters.js';
import { idParameter, limitParameter, readQuery } from '../../read-query.js';
import { enqueueUpload } from '../../receive/enqueue-upload.js';
import { findUpload } from './find-upload.js';
import { addIssueRoutes } from './issue-routes.js';
import { addMappingRoutes } from './mapping-routes.js';
import { presentListed, presentUpload } from './present-upload.js';
import { addSendRoute } from './send-route.js';

const filesQuery = z.strictObject({
  after: z.coerce.number('must be the "next" of the page before').int().min(-1).max(1_000_000).default(-1),
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

  app.get('/', withQuery, async (request, reply) => {
    const { before, limit } = readQuery(listQuery, request.query);
    const uploads = listUploads(database, request.merchantId, { before, limit: limit + 1 });
    const page = await writePage(uploads, {
      noun: 'uploads',
      limit,
      maxBytes: config.MAX_ANSWER_BYTES,
      present: (report) => presentListed(report, config.PUBLIC_URL),
      cursorOf: ({ id }) => id,
    });
    return sendJson(reply, page);
  });

  app.get('/:id', async (request) => present(await findUpload(database, request)));

  app.get('/:id/files', withQuery, async (request, reply) => {
    const { after, limit } = readQuery(filesQuery, request.query);
    const { id } = await findUpload(database, request);
    const page = await writePage(listFiles(database, id, { after, limit: limit + 1 }), {
      noun: 'files',
      limit,
      maxBytes: config.MAX_ANSWER_BYTES,
      present: ({ file }) => file,
      cursorOf: ({ index }) => index,
    });
    return sendJson(reply, page);
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
