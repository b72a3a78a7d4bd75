import { CsvFileError } from '@pledgeline/csv-core';
import { type Database, UploadError } from '@pledgeline/db';
import { SpoolError, UnpackError } from '@pledgeline/unpack';
import { isDatabaseAway } from './database-reach.js';
import { Problem } from './problem.js';

/** Turns anything thrown into the problem for the client. No other place turns errors into answers. */
export async function toProblem(error: unknown, database: Database): Promise<Problem> {
  if (error instanceof Problem) return error;
  if (error instanceof CsvFileError) {
    return new Problem(error.code, error.message, { members: { line: error.line }, cause: error });
  }
  if (error instanceof UnpackError) {
    return new Problem(error.code, error.message, { members: { file: error.file }, cause: error });
  }
  if (error instanceof SpoolError) {
    return new Problem(
      'storage_unavailable',
      'Archives, workbooks and web pages need room on a disk of ours, and it cannot be written now. Send the file again in a minute, or send its rows as CSV.',
      { headers: { 'retry-after': '60' }, cause: error },
    );
  }
  if (error instanceof UploadError) return new Problem(error.code, error.message, { cause: error });
  const refusal = fastifyRefusal(error);
  if (refusal !== null) return refusal;
  if (await isDatabaseAway(error, database)) {
    return new Problem('database_unavailable', 'Try again in a few seconds.', {
      headers: { 'retry-after': '5' },
      cause: error,
    });
  }
  return new Problem(
    'internal_error',
    'This is not your fault. Try again; if it stays, tell us the request id.',
    {
      cause: error,
    },
  );
}

/** The problem for a request that Fastify itself refuses, such as a header that cannot be read; else null. */
function fastifyRefusal(error: unknown): Problem | null {
  if (!(error instanceof Error && 'code' in error && 'statusCode' in error)) return null;
  if (typeof error.code !== 'string' || !error.code.startsWith('FST_')) return null;
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new Problem(
      'unsupported_media_type',
      'The Content-Type header cannot be read. Send application/json, or a file as text/csv.',
      {
        cause: error,
      },
    );
  }
  if (typeof error.statusCode !== 'number' || error.statusCode >= 500) return null;
  return new Problem('invalid_request', error.message, { cause: error });
}
