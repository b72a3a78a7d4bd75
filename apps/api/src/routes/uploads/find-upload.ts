import { type Database, readUpload, type UploadReport } from '@pledgeline/db';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../problem.js';

/** A request with the id of an upload in its path; null when the text there is no id. */
type Request = Pick<FastifyRequest, 'merchantId'> & { readonly params: { readonly id: string | null } };

/**
 * Finds the upload in the path. An upload of another merchant is treated as one that does not exist.
 *
 * @throws Problem `upload_not_found`
 */
export async function findUpload(database: Database, { merchantId, params }: Request): Promise<UploadReport> {
  const upload = params.id === null ? null : await readUpload(database, merchantId, params.id);
  if (upload) return upload;
  throw new Problem('upload_not_found', 'There is no such upload; GET /v1/uploads lists those there are.');
}
