import { platforms } from '@pledgeline/csv-core';
import type { FastifyInstance } from 'fastify';

/** `GET /v1/platforms`: the platforms whose files can be imported. */
export async function platformRoutes(app: FastifyInstance): Promise<void> {
  app.get('/', async () => ({
    platforms: platforms.map(({ name, title, evidence, columns }) => ({
      name,
      title,
      evidence,
      requiredColumns: columns
        .filter((column) => column.required)
        .map(({ field, headers }) => ({ field, headers })),
    })),
  }));
}
