import type { FastifyBaseLogger } from 'fastify';

/** Says once that messages cannot be read, and once that they can again. */
export interface OutageLog {
  failed(err: unknown): void;
  worked(): void;
}

export function createOutageLog(logger: FastifyBaseLogger): OutageLog {
  let isOut = false;
  return {
    failed(err) {
      if (!isOut) logger.warn({ err }, 'Messages cannot be read for the event streams; they wait');
      isOut = true;
    },
    worked() {
      if (isOut) logger.info('Messages can be read again for the event streams');
      isOut = false;
    },
  };
}
