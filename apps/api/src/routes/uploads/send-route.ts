import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import type { FileContext } from '../../context.js';
import { uploadLinks } from '../../links.js';
import { readQuery } from '../../read-query.js';
import { findEarlierUpload, readIdempotencyKey } from '../../receive/idempotency-key.js';
import { openIncomingFile } from '../../receive/open-incoming-file.js';
import { type Reception, receiveUpload } from '../../receive/receive-upload.js';
import { takeFileTurn } from '../../turns/merchant-turns.js';
import { presentableName, readDestination, sendQuery } from './destination.js';
import { presentReceived } from './present-received.js';

/** `POST /v1/uploads`: the body is the file, or a form that holds it. */
export async function addSendRoute(app: FastifyInstance, context: FileContext): Promise<void> {
  const { config, database, fileTurns } = context;
  const inHand = new Set<Promise<unknown>>();
  // Closing waits for them, because an upload that is cut off still has to be failed in the database.
  app.addHook('onClose', async () => {
    await Promise.allSettled(inHand);
  });
  await app.register(multipart);

  app.post('/', { config: { hasQuery: true, hasOwnTurns: true } }, async (request, reply) => {
    const { merchantId } = request;
    const idempotencyKey = readIdempotencyKey(request);
    const query = readQuery(sendQuery, request.query);
    const answer = ({ upload, replayed }: Reception) => {
      const links = uploadLinks(config.PUBLIC_URL, upload.id);
      return reply
        .code(202)
        .header('location', links.self)
        .headers(replayed ? { 'idempotency-replayed': 'true' } : {})
        .send({ ...presentReceived(upload), links });
    };
    // A form may hold these parameters as fields. Any other request is refused before a byte is read.
    const named = request.isMultipart() ? null : readDestination(query);
    if (named !== null && idempotencyKey !== undefined) {
      // Checked before "100 Continue" asks the client for a file that is not needed.
      const keyed = { merchantId, campaign: named.campaign, idempotencyKey };
      const earlier = await findEarlierUpload(database, keyed, config.PUBLIC_URL);
      if (earlier !== null) return answer({ upload: earlier, replayed: true });
    }
    const giveBack = await takeFileTurn(fileTurns, request, reply);
    try {
      const file = await openIncomingFile(request, reply, config);
      const destination = named ?? readDestination({ ...file.fields, ...query });
      const receiving = receiveUpload(
        context,
        {
          merchantId,
          ...destination,
          idempotencyKey,
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
