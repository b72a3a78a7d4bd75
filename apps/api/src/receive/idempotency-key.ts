import { type Database, findKeyHolder, type KeyHolder, readUpload, type UploadReport } from '@pledgeline/db';
import type { FastifyRequest } from 'fastify';
import { uploadLinks } from '../links.js';
import { Problem } from '../problem.js';

/** An idempotency key, its merchant, and the campaign of the file that comes with it. */
export interface KeyedRequest {
  readonly merchantId: string;
  /** Name or id. */
  readonly campaign: string;
  readonly idempotencyKey: string;
}

/**
 * Reads the `Idempotency-Key` of a request as it was sent. Quotes around it, which the IETF draft demands, are part of
 * it.
 *
 * @throws Problem `invalid_idempotency_key`
 */
export function readIdempotencyKey({ raw }: FastifyRequest): string | undefined {
  const [key, ...more] = raw.rawHeaders.filter(
    (_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === 'idempotency-key',
  );
  if (key === undefined) return undefined;
  if (more.length === 0 && /^[\x20-\x7e]{1,255}$/.test(key)) return key;
  throw new Problem(
    'invalid_idempotency_key',
    'Send one Idempotency-Key of 1 to 255 printable ASCII characters, such as a UUID that you make for each file; or leave the header out.',
  );
}

/**
 * Finds the upload of an earlier request with the same key; null when the key is free.
 *
 * @throws Problem `idempotency_key_in_use` or `idempotency_key_reused`
 */
export async function findEarlierUpload(
  database: Database,
  request: KeyedRequest,
  publicUrl: string | undefined,
): Promise<UploadReport | null> {
  const holder = await findKeyHolder(database.pool, request.merchantId, request.idempotencyKey);
  return holder && readEarlierUpload(database, request, holder, publicUrl);
}

/**
 * As {@link findEarlierUpload}, when the upload that holds the key is known.
 *
 * @throws Problem `idempotency_key_in_use` or `idempotency_key_reused`
 */
export async function readEarlierUpload(
  database: Database,
  { merchantId, campaign }: Omit<KeyedRequest, 'idempotencyKey'>,
  holder: KeyHolder,
  publicUrl: string | undefined,
): Promise<UploadReport> {
  const links = uploadLinks(publicUrl, holder.uploadId);
  const members = { uploadId: holder.uploadId, links };
  if (holder.campaign !== campaign && holder.campaignId !== campaign.toLowerCase()) {
    throw new Problem(
      'idempotency_key_reused',
      `This Idempotency-Key belongs to an upload to the campaign "${holder.campaign}". Send a file for another campaign with a key of its own.`,
      { members },
    );
  }
  const report = holder.sealed ? await readUpload(database, merchantId, holder.uploadId) : null;
  if (report !== null) return report;
  throw new Problem(
    'idempotency_key_in_use',
    `The file of an earlier request with this Idempotency-Key is still being received. Wait, and ask GET ${links.self} until it says "sealed": true, and the file is here; or "status": "FAILED", and you can send it again with the same key.`,
    { members, headers: { 'retry-after': '5' } },
  );
}
