import {
  findKeyHolder,
  type KeyHolder,
  type ReadingHintValues,
  readUpload,
  type UploadReport,
} from '@pledgeline/db';
import type { FastifyRequest } from 'fastify';
import type { AppConfig, AppContext } from '../context.js';
import { uploadLinks } from '../links.js';
import { Problem } from '../problem.js';
import { createMeter } from './meter.js';

/** An idempotency key, its merchant, and where the file that comes with it goes, and how it is to be read. */
export interface KeyedRequest {
  readonly merchantId: string;
  /** Name or id. */
  readonly campaign: string;
  readonly hints: ReadingHintValues;
  /** Whether it is to be imported though its content was imported before. */
  readonly force: boolean;
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
 * Checks what can be known before the file is read: that the key is free, or belongs to an upload of the same campaign that
 * was read with the same hints, and has as many bytes.
 *
 * @param byteCount of the file, where the request says it
 * @throws Problem `idempotency_key_in_use` or `idempotency_key_reused`
 */
export async function checkKey(
  { database, config }: AppContext,
  request: KeyedRequest & { readonly byteCount: number | undefined },
): Promise<void> {
  const holder = await findKeyHolder(database.pool, request.merchantId, request.idempotencyKey);
  if (holder === null) return;
  refuseOther(request, holder, config.PUBLIC_URL);
  if (!holder.sealed) return refuseInUse(holder, config);
  const { byteCount } = request;
  if (byteCount !== undefined && byteCount !== holder.byteCount) {
    throw reused(holder, config.PUBLIC_URL, otherContent(holder, `this one has ${byteCount} bytes`));
  }
}

/**
 * The upload that holds the key of a request, once its file turns out to be the same: it is read to its end, and compared.
 *
 * @throws Problem `idempotency_key_in_use`, `idempotency_key_reused`, or what reading the file throws
 */
export async function readEarlierUpload(
  { database, config }: AppContext,
  request: Omit<KeyedRequest, 'idempotencyKey'> & { readonly pieces: AsyncIterable<Uint8Array> },
  holder: KeyHolder,
): Promise<UploadReport> {
  refuseOther(request, holder, config.PUBLIC_URL);
  if (!holder.sealed) refuseInUse(holder, config);
  const { byteCount, sha256 } = await measureAll(request.pieces, config.MAX_UPLOAD_BYTES);
  if (sha256 !== holder.sha256) {
    const now = `this one has ${byteCount} bytes with the SHA-256 ${sha256}`;
    throw reused(holder, config.PUBLIC_URL, otherContent(holder, now));
  }
  const report = await readUpload(database, request.merchantId, holder.uploadId);
  if (report !== null) return report;
  throw new Problem(
    'idempotency_key_in_use',
    `The upload ${holder.uploadId} of this Idempotency-Key was deleted at this moment. Send the file again.`,
    { headers: { 'retry-after': '1' } },
  );
}

/** Whether nothing of the holder's file came for so long that its process must be dead. */
export function isAbandoned({ sealed, silentMs }: KeyHolder, { SILENT_AFTER_MS }: AppConfig): boolean {
  return !sealed && silentMs >= SILENT_AFTER_MS;
}

async function measureAll(pieces: AsyncIterable<Uint8Array>, maxBytes: number) {
  const meter = createMeter(maxBytes);
  for await (const _piece of meter.measure(pieces));
  return meter.total();
}

function refuseOther(
  { campaign, hints, force }: Pick<KeyedRequest, 'campaign' | 'hints' | 'force'>,
  holder: KeyHolder,
  publicUrl: string | undefined,
): void {
  if (holder.campaign !== campaign && holder.campaignId !== campaign.toLowerCase()) {
    throw reused(holder, publicUrl, `an upload to the campaign "${holder.campaign}"`);
  }
  if (force && holder.isDuplicate) {
    throw reused(holder, publicUrl, 'a file that was sent without force=true');
  }
  const { hints: earlier } = holder;
  if (earlier === null) return;
  const names = [...new Set([...Object.keys(earlier), ...Object.keys(hints)])];
  const other = names.filter((name) => earlier[name] !== hints[name]);
  if (other.length === 0) return;
  const said = (values: ReadingHintValues) =>
    other.map((name) => (values[name] === undefined ? `no ${name}` : `${name}=${values[name]}`)).join(', ');
  throw reused(holder, publicUrl, `a file that was sent with ${said(earlier)}; this one has ${said(hints)}`);
}

function otherContent({ byteCount, sha256 }: KeyHolder, now: string): string {
  return `a file of ${byteCount} bytes with the SHA-256 ${sha256}; ${now}`;
}

function reused(holder: KeyHolder, publicUrl: string | undefined, what: string): Problem {
  return new Problem(
    'idempotency_key_reused',
    `This Idempotency-Key belongs to ${what}. Send each file with a key of its own; the same file again exactly as it was sent first.`,
    { members: { uploadId: holder.uploadId, links: uploadLinks(publicUrl, holder.uploadId) } },
  );
}

function refuseInUse(holder: KeyHolder, config: AppConfig): void {
  if (isAbandoned(holder, config)) return;
  const links = uploadLinks(config.PUBLIC_URL, holder.uploadId);
  throw new Problem(
    'idempotency_key_in_use',
    `The file of an earlier request with this Idempotency-Key is still being received. Wait, and ask GET ${links.self} until it says "sealed": true, and the file is here; or "status": "FAILED", and you can send it again with the same key. If its process has died, the key is free ${Math.round(config.SILENT_AFTER_MS / 1_000)} seconds after the last byte.`,
    { members: { uploadId: holder.uploadId, links }, headers: { 'retry-after': '5' } },
  );
}
