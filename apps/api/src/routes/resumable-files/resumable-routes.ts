import {
  type ExceededLimit,
  findResumableFile,
  forgetResumableFile,
  type ResumableFile,
  reserveFile,
} from '@pledgeline/db';
import { FileStore } from '@tus/file-store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppConfig, FileContext, OfAllMerchants } from '../../context.js';
import type { Api } from '../../contract/route-types.js';
import { fileProblems, Problem } from '../../problem.js';
import { tooLarge } from '../../receive/meter.js';
import { patienceOf, readBody } from '../../receive/read-pieces.js';
import { readFileMetadata, toDestination } from '../../resumable/file-metadata.js';
import { type FinishedFile, finishFile, removeBytes } from '../../resumable/finish-file.js';
import { FILE_LIFE_MS, tidyFiles } from '../../resumable/tidy-files.js';
import { answerTus, fileNotFound, type TusAnswer, type TusRequest } from '../../resumable/tus-server.js';
import { takeFileTurn } from '../../turns/merchant-turns.js';
import {
  createHeaders,
  createOperation,
  deleteOperation,
  fileHeaders,
  partHeaders,
  partOperation,
  stateOperation,
  tusHeaders,
  tusRequestHeaders,
} from './resumable-operations.js';

/** Where the routes are. */
const ADDRESS = '/v1/resumable-files';
const UPLOAD = 'pledgeline-upload';
const DUPLICATE = 'pledgeline-duplicate-of';
/** The type of a part of a file. */
const PART = 'application/offset+octet-stream';
/** Most files of one merchant that are not complete. */
const MERCHANT_FILES = 20;

const problems = [
  'unsupported_tus_version',
  'resumable_file_busy',
  'upload_interrupted',
  'upload_too_large',
  'too_many_uploads',
] as const;
/** What the upload of a complete file may be refused with. */
const ofUpload = [
  'missing_campaign',
  'campaign_not_found',
  'unknown_platform',
  'unknown_encoding',
  'upload_not_open',
  'idempotency_key_in_use',
  'idempotency_key_reused',
  ...fileProblems,
  'too_little_memory',
  'storage_unavailable',
] as const;

/** `/v1/resumable-files`: files that are sent in parts, by the tus protocol (https://tus.io), until they are uploads. */
export async function resumableRoutes(app: Api, context: FileContext & OfAllMerchants): Promise<void> {
  const { database, ofAllMerchants, config: limits, fileTurns } = context;
  const store = new FileStore({
    directory: limits.RESUMABLE_DIR,
    expirationPeriodInMilliseconds: FILE_LIFE_MS,
  });
  tidyFiles(app, ofAllMerchants, store);
  const inHand = new Set<Promise<unknown>>();
  // Closing waits for them, because an upload that is cut off still has to be failed in the database.
  app.addHook('onClose', async () => {
    await Promise.allSettled(inHand);
  });

  /** Lets the library answer, in a turn of the merchant. */
  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    file: ResumableFile,
    method: TusRequest['method'],
  ): Promise<TusAnswer> {
    const giveBack = await takeFileTurn(fileTurns, request, reply);
    const working = (async () => {
      const onComplete = async () => {
        const { metadata } = await store.getUpload(file.id);
        const destination = toDestination(metadata);
        const whole = { file, merchantId: request.merchantId, destination };
        return uploadHeaders(await finishFile(context, store, whole, request.log));
      };
      const tus = { id: file.id, address: ADDRESS, method, headers: request.headers, onComplete };
      const body = readBody(request.raw, patienceOf(limits));
      const answered = await answerTus(context, store, { ...tus, body }, request.log);
      if (method !== 'HEAD' || answered.headers['upload-offset'] !== String(file.size)) return answered;
      // A request that brought the last byte did not live to make the upload.
      return { ...answered, headers: { ...answered.headers, ...(await onComplete()) } };
    })();
    inHand.add(working);
    try {
      return await working;
    } catch (error) {
      // It became an upload while this request waited for the one that made it, so its bytes are gone.
      const now = await findResumableFile(database, request.merchantId, file.id);
      if (method === 'POST' || !now?.uploadId) throw error;
      return ended(now, { ...now, uploadId: now.uploadId }, method === 'HEAD' ? 200 : 204);
    } finally {
      inHand.delete(working);
      giveBack();
    }
  }

  const send = (reply: FastifyReply, { status, headers }: TusAnswer) =>
    reply
      .code(status)
      .headers({ ...headers, 'cache-control': 'no-store' })
      .send();

  // What a client of the protocol may ask before it sends anything.
  const optionsHeaders = {
    'tus-resumable': '1.0.0',
    'tus-version': '1.0.0',
    'tus-extension': 'creation,creation-with-upload,expiration,termination',
    'tus-max-size': String(limits.MAX_UPLOAD_BYTES),
  };

  const ofCreate = {
    optionsHeaders,
    problems: [...problems, ...ofUpload, 'too_many_resumable_files', 'no_room'] as const,
    requestHeaders: createHeaders,
    answerHeaders: { ...tusHeaders, ...fileHeaders },
    hasLocation: true,
    hasOwnTurns: true,
  } as const;
  app.post('/', { schema: createOperation, config: ofCreate }, async (request, reply) => {
    requireTus(request);
    const size = readSize(request, limits);
    readFileMetadata(text(request.headers['upload-metadata']));
    const file = { merchantId: request.merchantId, size, lifeMs: FILE_LIFE_MS };
    // All merchants share the disk.
    const reserved = await reserveFile(ofAllMerchants, file, {
      merchantFiles: MERCHANT_FILES,
      merchantBytes: limits.MAX_MERCHANT_RESUMABLE_BYTES,
      totalBytes: limits.MAX_RESUMABLE_BYTES,
    });
    if ('exceeded' in reserved) throw noRoom(reserved.exceeded, limits);
    const { id } = reserved;
    const made = {
      id,
      size,
      expiresAt: new Date(Date.now() + FILE_LIFE_MS),
      uploadId: null,
      isDuplicate: false,
    };
    try {
      return send(reply, await answer(request, reply, made, 'POST'));
    } catch (error) {
      // The client never learns of it, so it would only take room.
      await removeBytes(store, id);
      await forgetResumableFile(database, id);
      throw error;
    }
  });

  /** Finds the file in the path. One of another merchant is treated as one that does not exist. */
  async function findFile({
    merchantId,
    params: { id },
  }: Pick<FastifyRequest, 'merchantId'> & { readonly params: { readonly id: string | null } }) {
    const file = id === null ? null : await findResumableFile(database, merchantId, id);
    if (file === null) throw fileNotFound();
    return file;
  }

  const ofOne = {
    optionsHeaders,
    problems: [...problems, ...ofUpload, 'resumable_file_not_found'] as const,
    requestHeaders: tusRequestHeaders,
    answerHeaders: { ...tusHeaders, ...fileHeaders },
    hasOwnTurns: true,
    scope: 'write',
  } as const;
  // HEAD as well: Fastify answers it like GET, without the body.
  app.get('/:id', { schema: stateOperation, config: ofOne }, async (request, reply) => {
    const file = await findFile(request);
    if (request.method === 'HEAD') requireTus(request);
    const { headers } =
      file.uploadId === null
        ? await answer(request, reply, file, 'HEAD')
        : ended(file, { ...file, uploadId: file.uploadId }, 200);
    reply.headers({ ...headers, 'cache-control': 'no-store' });
    const { id, size, expiresAt } = file;
    return {
      id,
      offset: Number(headers['upload-offset']),
      size,
      uploadId: headers[UPLOAD] ?? null,
      duplicateOf: headers[DUPLICATE] ?? null,
      expiresAt,
    };
  });

  const ofPart = {
    ...ofOne,
    problems: [...ofOne.problems, 'wrong_offset'] as const,
    requestHeaders: partHeaders,
  } as const;
  app.patch('/:id', { schema: partOperation, config: ofPart }, async (request, reply) => {
    const file = await findFile(request);
    requireTus(request);
    requirePart(request);
    if (file.uploadId !== null) {
      return send(reply, ended(file, { ...file, uploadId: file.uploadId }, 204));
    }
    return send(reply, await answer(request, reply, file, 'PATCH'));
  });

  app.delete('/:id', { schema: deleteOperation, config: ofOne }, async (request, reply) => {
    const file = await findFile(request);
    requireTus(request);
    const answered =
      file.uploadId === null
        ? await answer(request, reply, file, 'DELETE')
        : ended(file, { ...file, uploadId: file.uploadId }, 204);
    await forgetResumableFile(database, file.id);
    return send(reply, answered);
  });
}

/** The state of a file that has become an upload: its bytes are gone from the disk. */
function ended({ size }: ResumableFile, finished: FinishedFile, status: number): TusAnswer {
  const offset = { 'upload-offset': String(size), 'upload-length': String(size) };
  return { status, headers: { ...offset, ...uploadHeaders(finished), 'tus-resumable': '1.0.0' } };
}

/** The headers that say which upload a file has become. */
function uploadHeaders({ uploadId, isDuplicate }: FinishedFile): Readonly<Record<string, string>> {
  return { [UPLOAD]: uploadId, ...(isDuplicate && { [DUPLICATE]: uploadId }) };
}

/** @throws Problem `unsupported_tus_version` */
function requireTus({ headers }: FastifyRequest): void {
  if (headers['tus-resumable'] === '1.0.0') return;
  throw new Problem(
    'unsupported_tus_version',
    'Send "Tus-Resumable: 1.0.0": files are sent in parts here by the tus protocol (https://tus.io). To send one at once, use POST /v1/uploads.',
    { headers: { 'tus-version': '1.0.0' } },
  );
}

/** @throws Problem `unsupported_media_type` or `invalid_request` */
function requirePart({ headers }: FastifyRequest): void {
  if (headers['content-type'] !== PART) {
    throw new Problem('unsupported_media_type', `Send the part of the file with "Content-Type: ${PART}".`);
  }
  if (!/^\d{1,15}$/.test(text(headers['upload-offset']) ?? '')) {
    throw new Problem(
      'invalid_request',
      'Send "Upload-Offset" with the number of bytes that are here already; HEAD says how many they are.',
    );
  }
}

/** @throws Problem `invalid_request` or `upload_too_large` */
function readSize({ headers }: FastifyRequest, { MAX_UPLOAD_BYTES }: AppConfig): number {
  const size = Number(headers['upload-length'] || Number.NaN);
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new Problem('invalid_request', 'Send "Upload-Length" with the number of bytes of the whole file.');
  }
  if (size > MAX_UPLOAD_BYTES) throw tooLarge(MAX_UPLOAD_BYTES);
  return size;
}

function text(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

function noRoom(exceeded: ExceededLimit, limits: AppConfig): Problem {
  const headers = { 'retry-after': '60' };
  switch (exceeded) {
    case 'merchantFiles':
      return new Problem(
        'too_many_resumable_files',
        `${MERCHANT_FILES} files of yours are not complete. Send their last parts, or remove them with DELETE.`,
        { headers },
      );
    case 'merchantBytes':
      return new Problem(
        'too_many_resumable_files',
        `Your files that are not complete may have ${limits.MAX_MERCHANT_RESUMABLE_BYTES} bytes together, as announced. Send their last parts, or remove them with DELETE.`,
        { headers },
      );
    case 'totalBytes':
      return new Problem(
        'no_room',
        'There is no room for the file at this moment. Try again in a minute, or send it at once with POST /v1/uploads.',
        { headers },
      );
  }
}
