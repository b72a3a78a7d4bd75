import { platforms } from '@pledgeline/csv-core';
import type { FastifyInstance } from 'fastify';

/** What files can be sent. */
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
