import {
  createUpload,
  type Database,
  failSilentUpload,
  failUpload,
  findChunksToEnqueue,
  KeyTakenError,
  type OpenUpload,
  type ReadingHintValues,
  readUpload,
  sealUnlessDuplicate,
  sealUpload,
  type UploadReport,
} from '@pledgeline/db';
import type { FastifyBaseLogger } from 'fastify';
import type { AppConfig, AppContext, FileContext } from '../context.js';
import { uploadLinks } from '../links.js';
import { openEarlierReadings } from '../mapping/earlier-lookup.js';
import { openTemplates } from '../mapping/template-lookup.js';
import { Problem } from '../problem.js';
import { toProblem } from '../to-problem.js';
import { createBodyReader } from './body-reader.js';
import { enqueueUpload } from './enqueue-upload.js';
import { countFiles } from './held-files.js';
import { isAbandoned, readEarlierUpload } from './idempotency-key.js';
import { type ReadingHints, toHintValues, toReadingOptions } from './reading-options.js';
import { receiveFile } from './receive-file.js';
import { limitSuggestions } from './suggestion-limit.js';

export interface UploadToReceive extends ReadingHints {
  readonly merchantId: string;
  /** Name or id. */
  readonly campaign: string;
  readonly filename: string | undefined;
  readonly idempotencyKey: string | undefined;
  /** Imports it though the same content was imported before. */
  readonly force: boolean;
  /** Compares it with its campaign first, and writes nothing until it is applied. */
  readonly review: boolean;
  /** Bytes of the whole file, where the client says how many. */
  readonly expectedBytes: number | undefined;
  /** Whether it is the whole campaign. */
  readonly complete: boolean;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/**
 * The outcome of an upload request: it is accepted as a new upload, or answered with an earlier one that has the same content
 * (`duplicate`); then nothing of it is stored.
 */
export interface Reception {
  readonly kind: 'accepted' | 'duplicate';
  /** Whether an earlier request with the same idempotency key was answered so. */
  readonly isReplay: boolean;
  readonly upload: UploadReport;
}

/**
 * Receives a file: opens the upload, stores its chunks, seals it and enqueues it. If the file cannot be received
 * completely, the upload becomes `FAILED` without chunks, so half an import never remains.
 *
 * @throws Problem with the failed `upload`, if it was opened
 */
export async function receiveUpload(
  context: FileContext,
  upload: UploadToReceive,
  logger: FastifyBaseLogger,
): Promise<Reception> {
  const { database, producer } = context;
  const hints = toHintValues(upload);
  const open = await openUpload(context, { ...upload, hints });
  if (open instanceof KeyTakenError) {
    const earlier = await readEarlierUpload(context, { ...upload, hints }, open.holder);
    return { kind: open.holder.isDuplicate ? 'duplicate' : 'accepted', isReplay: true, upload: earlier };
  }
  const received = await fillUpload(context, upload, open, logger);
  if (received.kind === 'accepted') {
    await database.faultPoint('upload.sealed');
    await enqueueUpload(producer, open.id, received.chunkIds, logger);
    await database.faultPoint('upload.answering');
  }
  return { kind: received.kind, isReplay: false, upload: received.upload };
}

/** Opens an upload. If another one has its idempotency key and its process is dead, it is failed first, as the sweep would. */
async function openUpload(
  { database, config }: AppContext,
  upload: UploadToReceive & { readonly hints: ReadingHintValues },
): Promise<OpenUpload | KeyTakenError> {
  for (;;) {
    try {
      return await createUpload(database, { ...upload, requestedPlatform: upload.platform });
    } catch (error) {
      if (!(error instanceof KeyTakenError)) throw error;
      const { holder } = error;
      if (!isAbandoned(holder, config)) return error;
      await failSilentUpload(database, holder.uploadId, config.SILENT_AFTER_MS);
    }
  }
}

interface FilledUpload {
  readonly kind: 'accepted' | 'duplicate';
  readonly upload: UploadReport;
  /** The chunks to enqueue. */
  readonly chunkIds: readonly string[];
}

async function fillUpload(
  context: FileContext,
  upload: UploadToReceive,
  open: OpenUpload,
  logger: FastifyBaseLogger,
): Promise<FilledUpload> {
  const { database, config } = context;
  const memory = context.memory.forOne();
  const suggestions = limitSuggestions(memory);
  const held = countFiles(memory);
  let isSealing = false;
  try {
    const templates = await openTemplates(database, upload.merchantId);
    const earlier = openEarlierReadings(database, upload.merchantId);
    const reader = createBodyReader(toReadingOptions(config, upload, { templates, earlier, memory }));
    const { MAX_UPLOAD_BYTES: maxBytes } = config;
    const file = { uploadId: open.id, pieces: upload.pieces, maxBytes, reader, suggestions, held };
    const seal = await receiveFile(database, file);
    isSealing = true;
    const sealed = upload.force
      ? await sealUpload(database, open.id, seal)
      : await sealUnlessDuplicate(database, open.id, seal);
    if (sealed.status === 'DUPLICATE') return await readDuplicate(database, upload, sealed.earlierId);
    const { chunkIds } = sealed;
    const report = await readUpload(database, upload.merchantId, open.id);
    if (report === null) throw campaignDeleted(open.id);
    return { kind: 'accepted', upload: report, chunkIds };
  } catch (error) {
    const problem = (await toProblem(error, database)).with({ uploadId: open.id });
    return await giveUp(context, upload, { id: open.id, problem, isSealing }, logger);
  } finally {
    suggestions.release();
    held.release();
  }
}

/** An upload that was just sealed is not there any more only when its campaign is not. */
function campaignDeleted(id: string): Problem {
  return new Problem(
    'upload_not_open',
    `The campaign of the upload ${id} was deleted at this moment. Send the file again, to another campaign.`,
  );
}

/** @throws Problem `upload_not_open` */
async function readDuplicate(
  database: Database,
  { merchantId }: UploadToReceive,
  earlierId: string,
): Promise<FilledUpload> {
  const report = await readUpload(database, merchantId, earlierId);
  if (report !== null) return { kind: 'duplicate', upload: report, chunkIds: [] };
  throw new Problem(
    'upload_not_open',
    `The same content was here already, as the upload ${earlierId}, which was deleted at this moment. Send it again.`,
  );
}

interface GivenUp {
  readonly id: string;
  readonly problem: Problem;
  /** Whether the seal was under way: the database may have sealed the upload, and only its answer was lost. */
  readonly isSealing: boolean;
}

/**
 * Fails the upload, unless it turns out to be sealed: then only an answer was lost, and the upload is accepted.
 *
 * @throws Problem with what went wrong
 */
async function giveUp(
  { database, config }: AppContext,
  { merchantId }: UploadToReceive,
  { id, problem, isSealing }: GivenUp,
  logger: FastifyBaseLogger,
): Promise<FilledUpload> {
  let sealed: FilledUpload | null;
  try {
    const isFailed = await failUpload(database, id, { code: problem.code, message: problem.message });
    sealed = isFailed ? null : await findSealed(database, merchantId, id);
  } catch (err) {
    logger.error({ err, uploadId: id }, 'Could not mark an upload as failed; the sweep will');
    const isUnknown = isSealing || problem.code === 'database_unavailable';
    throw isUnknown ? unknownOutcome(config, id, problem.cause) : problem;
  }
  if (sealed === null) throw problem;
  logger.warn({ err: problem.cause, uploadId: id }, 'An upload was sealed, though the answer was lost');
  return sealed;
}

async function findSealed(database: Database, merchantId: string, id: string): Promise<FilledUpload | null> {
  const chunkIds = await findChunksToEnqueue(database, id);
  const report = chunkIds && (await readUpload(database, merchantId, id));
  return report && { kind: 'accepted', upload: report, chunkIds };
}

function unknownOutcome({ PUBLIC_URL }: AppConfig, id: string, cause: unknown): Problem {
  const links = uploadLinks(PUBLIC_URL, id);
  return new Problem(
    'database_unavailable',
    `The database cannot say what became of the upload. Ask GET ${links.self} in a few seconds: with "sealed": true the file is here and is imported; otherwise send it again. Sending it again is harmless in any case: the same rows change nothing a second time.`,
    { members: { uploadId: id, links }, headers: { 'retry-after': '5' }, cause },
  );
}
