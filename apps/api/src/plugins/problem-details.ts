import type { Database } from '@pledgeline/db';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problem.js';
import { toProblem } from '../to-problem.js';
import { answerHeaders } from './answer-headers.js';

/** Answers every error, and every unknown address, with RFC 9457 problem details. */
export function answerWithProblems(app: FastifyInstance, database: Database): void {
  app.setErrorHandler(async (error, request, reply) => {
    const problem = await toProblem(error, database);
    if (problem.status >= 500) {
      request.log.error({ err: problem.cause ?? error, code: problem.code }, problem.message);
    }
    return sendProblem(request, reply, problem);
  });
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, noSuchAddress(request)));
}

/** The answer to addresses that the router cannot even read. */
export function refuseAddress(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  // Those to an address that cannot be read pass no hook.
  reply.headers({ ...answerHeaders, 'x-request-id': request.id });
  sendProblem(request, reply, noSuchAddress(request));
}

function noSuchAddress(request: FastifyRequest): Problem {
  const [path = ''] = request.url.split('?');
  return new Problem('not_found', `There is nothing at ${request.method} ${path.slice(0, 200)}.`);
}

/** The id helps to find the request in the log. Of an error of ours the client learns nothing else. */
function sendProblem({ id }: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem.with({ requestId: id })));
}
