import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import type { AppContext } from '../../context.js';
import { uploadLinks } from '../../links.js';
import { readQuery } from '../../read-query.js';
import { findEarlierUpload, readIdempotencyKey } from '../../receive/idempotency-key.js';
import { openIncomingFile } from '../../receive/open-incoming-file.js';
import { type Reception, receiveUpload } from '../../receive/receive-upload.js';
import { presentableName, readDestination, sendQuery } from './destination.js';
import { presentReceived } from './present-received.js';

/** `POST /v1/uploads`: the body is the file, or a form that holds it. */
export async function addSendRoute(app: FastifyInstance, context: AppContext): Promise<void> {
  const { config, database } = context;
  const inHand = new Set<Promise<unknown>>();
  // The database must outlive them: a receive that is cut off still has to say so there.
  app.addHook('onClose', async () => {
    await Promise.allSettled(inHand);
  });
  await app.register(multipart);

  app.post('/', async (request, reply) => {
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
    // A form may name them itself, before the file; everyone else is refused before a byte is read.
    const named = request.isMultipart() ? null : readDestination(query);
    if (named !== null && idempotencyKey !== undefined) {
      // Before a client that waits for "100 Continue" is asked for a file that nobody needs.
      const keyed = { merchantId, campaign: named.campaign, idempotencyKey };
      const earlier = await findEarlierUpload(database, keyed, config.PUBLIC_URL);
      if (earlier !== null) return answer({ upload: earlier, replayed: true });
    }
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
  });
}
