import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { sendJson } from '../../answers/write-page.js';
import type { FileContext } from '../../context.js';
import { inspectBody } from '../../inspect/inspect-body.js';
import { openTemplates } from '../../mapping/template-lookup.js';
import { readQuery } from '../../read-query.js';
import { createBodyReader } from '../../receive/body-reader.js';
import { openIncomingFile } from '../../receive/open-incoming-file.js';
import { toReadingOptions } from '../../receive/reading-options.js';
import { takeFileTurn } from '../../turns/merchant-turns.js';
import { hintParameters, readHints } from '../uploads/reading-hints.js';

const inspectQuery = z.strictObject(hintParameters);

/** `POST /v1/inspect`: what an upload of the file would become, by its first bytes. Writes nothing. */
export async function inspectRoute(
  app: FastifyInstance,
  { database, config, fileTurns, memory }: FileContext,
): Promise<void> {
  await app.register(multipart);

  app.post('/', { config: { hasQuery: true, hasOwnTurns: true } }, async (request, reply) => {
    const query = readQuery(inspectQuery, request.query);
    const giveBack = await takeFileTurn(fileTurns, request, reply);
    try {
      const file = await openIncomingFile(request, reply, config);
      const hints = readHints({ ...file.fields, ...query });
      const templates = await openTemplates(database, request.merchantId);
      const inspection = await inspectBody({
        pieces: file.pieces,
        reader: createBodyReader(toReadingOptions(config, hints, { templates, memory })),
        maxBytes: config.MAX_INSPECT_BYTES,
        maxRowLength: config.MAX_ROW_LENGTH,
        maxAnswerLength: config.MAX_ANSWER_BYTES,
      });
      return sendJson(reply, inspection);
    } finally {
      giveBack();
    }
  });
}
