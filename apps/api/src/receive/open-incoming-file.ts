import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppConfig } from '../context.js';
import { Problem } from '../problem.js';
import { openForm } from './form-file.js';
import type { IncomingFile } from './incoming-file.js';
import { brokeOff, readPieces } from './read-pieces.js';
import { tooLarge } from './receive-file.js';

/** What browsers, curl and spreadsheets call CSV; `curl -T` says nothing at all. */
const csvTypes: readonly string[] = [
  'text/csv',
  'application/csv',
  'text/plain',
  'application/octet-stream',
  'application/vnd.ms-excel',
];

/**
 * Finds the file in a request, or says why its body cannot be taken.
 *
 * @throws Problem `unsupported_media_type`, `unsupported_encoding`, `upload_too_large`, `missing_file`,
 * `invalid_multipart` or `upload_interrupted`
 */
export async function openIncomingFile(
  request: FastifyRequest,
  reply: FastifyReply,
  config: AppConfig,
): Promise<IncomingFile> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  const isForm = type === 'multipart/form-data';
  if (type !== undefined && !isForm && !csvTypes.includes(type)) throw unsupportedType(type);
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity') {
    throw new Problem('unsupported_encoding', 'Send the file as it is, without Content-Encoding.');
  }
  // A form is a little longer than its file, so only the file itself can be refused by its announced length.
  if (!isForm && Number(request.headers['content-length']) > config.MAX_UPLOAD_BYTES) {
    throw tooLarge(config.MAX_UPLOAD_BYTES);
  }
  if (request.headers.expect !== undefined) reply.raw.writeContinue();
  return isForm
    ? openForm(request, config.RECEIVE_TIMEOUT_MS)
    : { filename: undefined, fields: {}, pieces: readBody(request, config.RECEIVE_TIMEOUT_MS) };
}

async function* readBody({ raw }: FastifyRequest, timeoutMs: number): AsyncGenerator<Uint8Array> {
  try {
    yield* readPieces(raw, timeoutMs);
  } catch (error) {
    throw error instanceof Problem ? error : brokeOff(error);
  }
  // Not `!complete`: the requests of inject() do not have the property.
  if (raw.complete === false) throw brokeOff();
}

function unsupportedType(type: string): Problem {
  // What `curl --data-binary` claims when it is not told otherwise.
  const hint = type === 'application/x-www-form-urlencoded' ? ' With curl: -H "Content-Type: text/csv".' : '';
  return new Problem(
    'unsupported_media_type',
    `"${type.slice(0, 100)}" is not accepted. Send the file as text/csv, or in a multipart/form-data form.${hint}`,
    { members: { accepted: [...csvTypes, 'multipart/form-data'] } },
  );
}
