import {
  createUpload,
  failUpload,
  listTemplates,
  type OpenUpload,
  type Seal,
  type SealedUpload,
  sealUpload,
} from '@pledgeline/db';
import type { FastifyBaseLogger } from 'fastify';
import type { AppContext } from '../context.js';
import type { Problem } from '../problem.js';
import { toProblem } from '../to-problem.js';
import { enqueueUpload } from './enqueue-upload.js';
import type { ReadingHints } from './read-table.js';
import { receiveFile } from './receive-file.js';

export interface UploadToReceive extends Omit<ReadingHints, 'templates'> {
  readonly merchantId: string;
  /** Name or id. */
  readonly campaign: string;
  readonly filename: string | undefined;
  /** Of a workbook: name or number, from 1. */
  readonly sheet: string | undefined;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** An upload that is here whole, and from now on the workers' business. */
export interface ReceivedUpload extends Seal {
  readonly id: string;
  readonly status: SealedUpload['status'];
  readonly campaignId: string;
  readonly campaign: string;
}

/**
 * Receives a file: opens the upload, stores its chunks, seals it, enqueues it. What cannot be received whole ends
 * as `FAILED` without chunks; half an import never remains.
 *
 * @throws Problem with the `upload` that failed, once there is one.
 */
export async function receiveUpload(
  context: AppContext,
  upload: UploadToReceive,
  logger: FastifyBaseLogger,
): Promise<ReceivedUpload> {
  const { database, config } = context;
  const open = await createUpload(database, { ...upload, requestedPlatform: upload.platform });
  let seal: Seal;
  let sealed: SealedUpload;
  try {
    const templates = new Map(
      (await listTemplates(database, upload.merchantId)).map((template) => [
        template.headerFingerprint,
        template,
      ]),
    );
    seal = await receiveFile(database, config, { ...upload, templates, uploadId: open.id });
    sealed = await sealUpload(database, open.id, seal);
  } catch (error) {
    throw await giveUp(context, open, error, logger);
  }
  await database.reach('upload.sealed');
  await enqueueUpload(context.producer, open.id, sealed.chunkIds, logger);
  await database.reach('upload.answering');
  return {
    ...seal,
    id: open.id,
    status: sealed.status,
    campaignId: open.campaignId,
    campaign: upload.campaign,
  };
}

async function giveUp(
  { database }: AppContext,
  { id }: OpenUpload,
  error: unknown,
  logger: FastifyBaseLogger,
): Promise<Problem> {
  const problem = await toProblem(error, database);
  try {
    await failUpload(database, id, { code: problem.code, message: problem.message });
  } catch (err) {
    logger.error({ err, uploadId: id }, 'Could not mark an upload as failed; the sweep will');
  }
  return problem.with({ upload: id });
}
