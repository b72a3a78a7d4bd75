import { type FastifyBaseLogger, fastify } from 'fastify';

/** The JSON logger that Fastify would make for itself, made early so that the queue can have it as well. */
export function createLogger(level: string): FastifyBaseLogger {
  return fastify({ logger: { level } }).log;
}
