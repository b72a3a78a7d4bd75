import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import type { AppContext } from '../../context.js';
import { uploadLinks } from '../../links.js';
import { readQuery } from '../../read-query.js';
import { openIncomingFile } from '../../receive/open-incoming-file.js';
import { receiveUpload } from '../../receive/receive-upload.js';
import { presentableName, readDestination, sendQuery } from './destination.js';
import { presentReceived } from './present-received.js';

/** `POST /v1/uploads`: the body is the file, or a form that holds it. */
export async function addSendRoute(app: FastifyInstance, context: AppContext): Promise<void> {
  const { config } = context;
  const inHand = new Set<Promise<unknown>>();
  // The database must outlive them: a receive that is cut off still has to say so there.
  app.addHook('onClose', async () => {
    await Promise.allSettled(inHand);
  });
  await app.register(multipart);

  app.post('/', async (request, reply) => {
    const query = readQuery(sendQuery, request.query);
    // A form may name them itself, before the file; everyone else is refused before a byte is read.
    const named = request.isMultipart() ? null : readDestination(query);
    const file = await openIncomingFile(request, reply, config);
    const destination = named ?? readDestination({ ...file.fields, ...query });
    const receiving = receiveUpload(
      context,
      {
        merchantId: request.merchantId,
        ...destination,
        filename: query.filename ?? presentableName(file.filename),
        pieces: file.pieces,
      },
      request.log,
    );
    inHand.add(receiving);
    const upload = await receiving.finally(() => inHand.delete(receiving));
    const links = uploadLinks(config.PUBLIC_URL, upload.id);
    return reply
      .code(202)
      .header('location', links.self)
      .send({ ...presentReceived(upload), links });
  });
}
