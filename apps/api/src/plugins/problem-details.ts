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
    // The id helps to find the error in the log. The client learns nothing else about it.
    const members = problem.status >= 500 ? { requestId: request.id } : {};
    return sendProblem(reply, problem.with(members));
  });
  app.setNotFoundHandler((request, reply) => sendProblem(reply, noSuchAddress(request)));
}

/** The answer to addresses that the router cannot even read. */
export function refuseAddress(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  // Those to an address that cannot be read pass no hook.
  sendProblem(reply.headers({ ...answerHeaders, 'x-request-id': request.id }), noSuchAddress(request));
}

function noSuchAddress(request: FastifyRequest): Problem {
  const [path = ''] = request.url.split('?');
  return new Problem('not_found', `There is nothing at ${request.method} ${path.slice(0, 200)}.`);
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
}
