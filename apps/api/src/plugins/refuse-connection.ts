import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyBaseLogger } from 'fastify';
import { Problem } from '../problem.js';
import { answerHeaders } from './answer-headers.js';

/** As Node's HTTP parser throws it. */
interface ParseError extends Error {
  readonly code?: string;
  /** The bytes that could not be read: a Buffer, whatever Fastify's type says. */
  readonly rawPacket?: unknown;
}

/**
 * Answers bytes that are no HTTP request with problem details and closes the connection. Such bytes may be the rest of
 * a body that was longer than its Content-Length.
 */
export function refuseConnections(logger: FastifyBaseLogger) {
  return (error: ParseError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy(error);
      return;
    }
    const problem = explain(error.code);
    const requestId = crypto.randomUUID();
    logger.info({ reqId: requestId, code: error.code, problem: problem.code }, 'A connection was refused');
    socket.end(writeAnswer(problem, requestId, { hasBody: !isHead(error) }));
  };
}

/** By the code of Node's HTTP parser. */
function explain(code: string | undefined): Problem {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new Problem('upload_interrupted', 'The request did not arrive in time. Send it again.');
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new Problem(
      'headers_too_large',
      `The headers of the request are longer than ${maxHeaderSize} bytes. Send fewer or shorter ones.`,
    );
  }
  return new Problem(
    'invalid_request',
    'This is no HTTP request. If it follows an upload, the body was longer than its Content-Length: send the file again.',
  );
}

/** Clients read a body after HEAD as the next answer. Nobody knows the method of a request whose first bytes came before these. */
function isHead({ rawPacket }: ParseError): boolean {
  return Buffer.isBuffer(rawPacket) && rawPacket.toString('latin1', 0, 5) === 'HEAD ';
}

function writeAnswer(
  problem: Problem,
  requestId: string,
  { hasBody }: { readonly hasBody: boolean },
): string {
  const body = JSON.stringify(problem.with({ requestId }));
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(answerHeaders).map(([name, value]) => `${name}: ${value}`),
    `x-request-id: ${requestId}`,
    'Connection: close',
    '',
    hasBody ? body : '',
  ].join('\r\n');
}
