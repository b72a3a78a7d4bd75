import { type Database, readUpload, type UploadReport } from '@pledgeline/db';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Problem } from '../../problem.js';
import { idParameter } from '../../read-query.js';

const path = z.object({ id: idParameter });

/**
 * Finds the upload in the path. An upload of another merchant is treated as one that does not exist.
 *
 * @throws Problem `upload_not_found`
 */
export async function findUpload(
  database: Database,
  { merchantId, params }: FastifyRequest,
): Promise<UploadReport> {
  const { data } = path.safeParse(params);
  const upload = data && (await readUpload(database, merchantId, data.id));
  if (upload) return upload;
  throw new Problem('upload_not_found', 'There is no such upload; GET /v1/uploads lists those there are.');
}
