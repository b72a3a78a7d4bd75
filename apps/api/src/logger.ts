import { type FastifyBaseLogger, type FastifyRequest, fastify } from 'fastify';

/**
 * The JSON logger that Fastify would create by itself, created early so that the queue can use it as well. Of an address
 * only the path is logged: a query may hold names of files and campaigns.
 *
 * @param stream where the lines go; to stdout by default
 */
export function createLogger(
  level: string,
  stream?: { readonly write: (line: string) => void },
): FastifyBaseLogger {
  const options = { level, serializers: { req: describeRequest } };
  return fastify({ logger: stream === undefined ? options : { ...options, stream } }).log;
}

function describeRequest({ method, url, host, ip, socket }: FastifyRequest) {
  const remotePort = socket?.remotePort;
  const [path = ''] = url.split('?');
  return { method, url: path, host, remoteAddress: ip, ...(remotePort !== undefined && { remotePort }) };
}
