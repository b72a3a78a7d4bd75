import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { AppConfig } from '../context.js';

/** Headers of answers that a page of another origin may read. */
const exposedHeaders = [
  'Allow',
  'ETag',
  'Idempotency-Replayed',
  'Location',
  'Pledgeline-Duplicate-Of',
  'Pledgeline-Upload',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'Tus-Resumable',
  'Upload-Expires',
  'Upload-Length',
  'Upload-Metadata',
  'Upload-Offset',
  'X-Request-Id',
];

/** Lets pages of the configured origins use the API in a browser. By default none may. */
export async function allowOrigins(app: FastifyInstance, { CORS_ORIGINS }: AppConfig): Promise<void> {
  if (CORS_ORIGINS.length === 0) return;
  await app.register(cors, {
    origin: [...CORS_ORIGINS],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders,
    maxAge: 600,
    // The route of the address answers, so that the answer also says which methods it has.
    preflightContinue: true,
    strictPreflight: false,
  });
}
