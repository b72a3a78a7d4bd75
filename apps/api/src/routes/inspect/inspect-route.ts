import multipart from '@fastify/multipart';
import { z } from 'zod';
import { sendJsonPieces } from '../../answers/send-json.js';
import type { FileContext } from '../../context.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { inspectBody } from '../../inspect/inspect-body.js';
import { openEarlierReadings } from '../../mapping/earlier-lookup.js';
import { openTemplates } from '../../mapping/template-lookup.js';
import { fileProblems } from '../../problem.js';
import { createBodyReader } from '../../receive/body-reader.js';
import { openIncomingFile } from '../../receive/open-incoming-file.js';
import { toReadingOptions } from '../../receive/reading-options.js';
import { takeFileTurn } from '../../turns/merchant-turns.js';
import { hintParameters, readHints } from '../uploads/reading-hints.js';
import { inspection } from './inspect-answer.js';

const inspectFile = {
  operationId: 'inspectFile',
  summary: 'Shows what an upload of a file would become, by its first bytes',
  description: 'Writes nothing. The body is as that of an upload.',
  tags: [tags.uploads],
  querystring: z.strictObject(hintParameters),
  response: { 200: inspection },
};

const ofInspection = {
  problems: [
    'unknown_platform',
    'unknown_encoding',
    'invalid_multipart',
    'upload_interrupted',
    'upload_too_large',
    'archive_too_large_to_inspect',
    'unsupported_encoding',
    'missing_file',
    ...fileProblems,
    'too_many_uploads',
    'too_little_memory',
    'storage_unavailable',
  ],
  takesFile: true,
  hasOwnTurns: true,
} as const;

/** `POST /v1/inspect`: what an upload of the file would become, by its first bytes. Writes nothing. */
export async function inspectRoute(
  app: Api,
  { database, config, fileTurns, memory }: FileContext,
): Promise<void> {
  await app.register(multipart);

  app.post('/', { schema: inspectFile, config: ofInspection }, async (request, reply) => {
    const { query } = request;
    const giveBack = await takeFileTurn(fileTurns, request, reply);
    try {
      const file = await openIncomingFile(request, reply, config);
      const hints = readHints({ ...file.fields, ...query });
      const templates = await openTemplates(database, request.merchantId);
      const earlier = openEarlierReadings(database, request.merchantId);
      const inspection = await inspectBody({
        pieces: file.pieces,
        reader: createBodyReader(toReadingOptions(config, hints, { templates, earlier, memory })),
        maxBytes: config.MAX_INSPECT_BYTES,
        maxRowLength: config.MAX_ROW_LENGTH,
        maxAnswerLength: config.MAX_ANSWER_BYTES,
      });
      return sendJsonPieces(reply, inspection);
    } finally {
      giveBack();
    }
  });
}
