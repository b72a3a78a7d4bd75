import multipart from '@fastify/multipart';
import { z } from 'zod';
import type { FileContext } from '../../context.js';
import type { Api } from '../../contract/route-types.js';
import { fileProblems } from '../../problem.js';
import { checkKey, readIdempotencyKey } from '../../receive/idempotency-key.js';
import { contentLength, openIncomingFile } from '../../receive/open-incoming-file.js';
import { toHintValues } from '../../receive/reading-options.js';
import { type Reception, receiveUpload } from '../../receive/receive-upload.js';
import { takeFileTurn } from '../../turns/merchant-turns.js';
import { presentableName, readDestination } from './destination.js';
import { presentDuplicate, presentUpload } from './present-upload.js';
import { sendUpload } from './upload-operations.js';

const config = {
  problems: [
    'missing_campaign',
    'unknown_platform',
    'unknown_encoding',
    'invalid_multipart',
    'campaign_not_found',
    'campaign_archived',
    'upload_interrupted',
    'upload_not_open',
    'idempotency_key_in_use',
    'upload_too_large',
    'unsupported_encoding',
    'invalid_idempotency_key',
    'idempotency_key_reused',
    'missing_file',
    ...fileProblems,
    'too_many_uploads',
    'too_little_memory',
    'storage_unavailable',
  ],
  requestHeaders: z.object({
    'Idempotency-Key': z
      .string()
      .max(255)
      .optional()
      .meta({ description: 'A text that you make for each file, such as a UUID.' }),
  }),
  takesFile: true,
  hasLocation: true,
  hasOwnTurns: true,
} as const;

/** `POST /v1/uploads`: the body is the file, or a form that holds it. */
export async function addSendRoute(app: Api, context: FileContext): Promise<void> {
  const { config: limits, fileTurns } = context;
  const inHand = new Set<Promise<unknown>>();
  // Closing waits for them, because an upload that is cut off still has to be failed in the database.
  app.addHook('onClose', async () => {
    await Promise.allSettled(inHand);
  });
  await app.register(multipart);

  app.post('/', { schema: sendUpload, config }, async (request, reply) => {
    const { merchantId, query } = request;
    const idempotencyKey = readIdempotencyKey(request);
    const answer = ({ kind, isReplay, upload }: Reception) => {
      const presented = presentUpload(upload, limits.PUBLIC_URL);
      reply.header('location', presented.links.self);
      if (isReplay) reply.header('idempotency-replayed', 'true');
      if (kind === 'duplicate') return reply.code(200).send(presentDuplicate(presented));
      return reply.code(202).send(presented);
    };
    // A form may hold these parameters as fields. Any other request is refused before a byte is read.
    const named = request.isMultipart() ? null : readDestination(query, { source: 'address' });
    if (named !== null && idempotencyKey !== undefined) {
      // Checked before "100 Continue" asks the client for a file that is not needed.
      await checkKey(context, {
        merchantId,
        campaign: named.campaign,
        hints: toHintValues(named),
        force: named.force,
        idempotencyKey,
        byteCount: contentLength(request),
      });
    }
    const giveBack = await takeFileTurn(fileTurns, request, reply);
    try {
      const file = await openIncomingFile(request, reply, limits);
      const destination = named ?? readDestination({ ...file.fields, ...query }, { source: 'form' });
      const receiving = receiveUpload(
        context,
        {
          merchantId,
          ...destination,
          idempotencyKey,
          // A form is longer than the file in it.
          expectedBytes: named === null ? undefined : contentLength(request),
          filename: query.filename ?? presentableName(file.filename),
          pieces: file.pieces,
        },
        request.log,
      );
      inHand.add(receiving);
      return answer(await receiving.finally(() => inHand.delete(receiving)));
    } finally {
      giveBack();
    }
  });
}
