import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem.js';
import type { IncomingFile } from './incoming-file.js';
import { brokeOff, type Patience, readPieces, waitFor } from './read-pieces.js';

/** One file, and a few short fields before it. The size of the file is limited elsewhere, as for every body. */
const limits = { files: 1, fields: 20, parts: 21, fieldSize: 1_000, fileSize: Number.POSITIVE_INFINITY };

/**
 * Reads a multipart form up to its file.
 *
 * @throws Problem `missing_file`, `invalid_multipart` or `upload_interrupted`
 */
export async function openForm(request: FastifyRequest, patience: Patience): Promise<IncomingFile> {
  const parts = request.parts({ limits });
  const nextPart = () => orProblem(request, () => waitFor(parts.next(), patience.timeoutMs));
  const fields: Record<string, string> = {};
  for (let next = await nextPart(); !next.done; next = await nextPart()) {
    const part: Multipart = next.value;
    if (part.type === 'file') {
      return {
        filename: part.filename || undefined,
        fields,
        pieces: readFilePart(request, part, nextPart, patience),
      };
    }
    if (typeof part.value === 'string') fields[part.fieldname] = part.value;
  }
  throw new Problem(
    'missing_file',
    'The form has no file. Send it in a field named "file", with a file name.',
  );
}

async function* readFilePart(
  request: FastifyRequest,
  { file }: MultipartFile,
  nextPart: () => Promise<IteratorResult<Multipart>>,
  patience: Patience,
): AsyncGenerator<Uint8Array> {
  const pieces = readPieces(file, patience);
  try {
    for (;;) {
      const next = await orProblem(request, () => pieces.next());
      if (next.done) break;
      yield next.value;
    }
    // Reads on to the end of the form, because a form that does not end properly may hold only half a file.
    for (let next = await nextPart(); !next.done; next = await nextPart()) refuseAfterFile(next.value);
  } finally {
    // Detaches the form's parser from the request, so that the rest of the body can be discarded.
    file.destroy();
  }
}

/** Refuses a field after the file: the file has already been read without regard to it. */
function refuseAfterFile(part: Multipart): void {
  throw new Problem(
    'invalid_multipart',
    `The field "${part.fieldname.slice(0, 100)}" comes after the file, when the file has been read already. Send fields before it, and one file in a form.`,
  );
}

/** Turns errors of the form's parser, which have no codes, into a Problem: the request broke off, or the form is bad. */
async function orProblem<T>(request: FastifyRequest, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (request.raw.complete === false && request.raw.destroyed) throw brokeOff(error);
    throw new Problem(
      'invalid_multipart',
      'The form is cut off or malformed. Send one file in a field named "file", and "campaign" and "platform" before it.',
      { cause: error },
    );
  }
}
