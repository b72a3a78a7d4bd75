import { type FastifyBaseLogger, fastify } from 'fastify';

/** The JSON logger that Fastify would create by itself, created early so that the queue can use it as well. */
export function createLogger(level: string): FastifyBaseLogger {
  return fastify({ logger: { level } }).log;
}
