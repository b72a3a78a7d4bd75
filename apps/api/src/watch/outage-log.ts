import type { FastifyBaseLogger } from 'fastify';

/** Logs an outage once when it begins and once when it ends. */
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
