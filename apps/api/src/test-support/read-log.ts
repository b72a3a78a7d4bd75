import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import { createLogger } from '../logger.js';

const lineSchema = z.looseObject({ level: z.number(), msg: z.string() });

/** The log of an API, kept for a test to read. */
export interface ReadableLog {
  readonly logger: FastifyBaseLogger;
  /** All lines so far, as they are written. */
  readonly text: () => string;
  /** The messages of the lines that report an error. */
  readonly errors: () => readonly string[];
}

/** Makes a logger that writes every line, whatever its level, into memory. */
export function openReadableLog(): ReadableLog {
  const lines: string[] = [];
  const logger = createLogger('trace', { write: (line) => void lines.push(line) });
  return {
    logger,
    text: () => lines.join(''),
    errors: () =>
      lines
        .map((line) => lineSchema.parse(JSON.parse(line)))
        .filter(({ level }) => level >= 50)
        .map(({ msg }) => msg),
  };
}
