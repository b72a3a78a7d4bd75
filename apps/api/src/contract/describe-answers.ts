import { STATUS_CODES } from 'node:http';
import type { RouteOptions } from 'fastify';
import { neededScope } from '../plugins/needed-scope.js';
import { type ProblemCode, problems } from '../problem.js';

/** A JSON Schema, or a part of the document. */
export type Json = Readonly<Record<string, unknown>>;

type Route = Pick<RouteOptions, 'url' | 'method' | 'config' | 'schema'>;

const requestId = {
  'X-Request-Id': { type: 'string', format: 'uuid', description: 'Names the request in our log.' },
};

const quotas = {
  'RateLimit-Policy': {
    type: 'string',
    description:
      'How much your account may have under way at the same time, in one process of the API: `requests`, `uploads`, `exports`, `streams`.',
    examples: ['"requests";q=30;qu="concurrent-requests"'],
  },
  RateLimit: {
    type: 'string',
    description: 'How much more could begin at this moment.',
    examples: ['"requests";r=29'],
  },
};

const headersOf: Readonly<Record<number, Json>> = {
  401: { 'WWW-Authenticate': { type: 'string', description: 'How to authenticate.' } },
  403: { 'WWW-Authenticate': { type: 'string', description: 'The scope that is needed.' } },
  423: { 'Retry-After': { type: 'integer', description: 'After how many seconds to try again.' } },
  429: { 'Retry-After': { type: 'integer', description: 'After how many seconds to try again.' }, ...quotas },
  503: { 'Retry-After': { type: 'integer', description: 'After how many seconds to try again.' } },
};

/** Every answer of a route, by status: what its schema declares, and its problems. */
export function describeAnswers(route: Route, declared: unknown): Json {
  const answers = Object.entries(toObject(declared)).map(([status, schema]) => [
    status,
    { ...withReason(toObject(schema), reasonOf(Number(status))), headers: successHeaders(route) },
  ]);
  const unchanged =
    route.config?.hasEntityTag && route.method === 'GET'
      ? {
          304: {
            type: 'null',
            description: 'What the client has is current.',
            headers: successHeaders(route),
          },
        }
      : {};
  return { ...Object.fromEntries(answers), ...unchanged, ...describeProblems(problemsOf(route)) };
}

/** The plugin takes the description of an answer from two places, and leaves one of them in the schema. */
function withReason(schema: Json, reason: string): Json {
  const isPlain = !('$ref' in schema || 'content' in schema);
  return { ...schema, [isPlain ? 'x-response-description' : 'description']: reason };
}

function toObject(schema: unknown): Json {
  return typeof schema === 'object' && schema !== null ? { ...schema } : {};
}

function successHeaders({ url, config }: Route): Json {
  return {
    ...requestId,
    ...(url.startsWith('/v1/') && quotas),
    ...(config?.hasLocation && {
      Location: { type: 'string', format: 'uri-reference', description: 'The address of what was made.' },
    }),
    ...(config?.answerHeaders &&
      Object.fromEntries(
        Object.entries(config.answerHeaders).map(([name, description]) => [
          name,
          { type: 'string', description },
        ]),
      )),
    ...(config?.hasEntityTag && {
      ETag: { type: 'string', description: 'Names this state, for If-None-Match and If-Match.' },
    }),
  };
}

function problemsOf({ url, method, config, schema }: Route): readonly ProblemCode[] {
  const own = config?.problems ?? [];
  // Every route refuses parameters that it does not know.
  if (!url.startsWith('/v1/')) return ['invalid_request', ...own];
  const hasBody = method !== 'GET';
  return [
    'invalid_request',
    'missing_key',
    'unknown_key',
    'expired_key',
    'session_ended',
    ...(method === 'GET' ? [] : (['wrong_origin'] as const)),
    // Every key may read.
    ...(neededScope(method, config) === 'read' ? [] : (['insufficient_scope'] as const)),
    // A router cannot read every text as a part of a path.
    ...(url.includes(':') ? (['not_found'] as const) : []),
    ...own,
    ...(schema?.body === undefined ? [] : (['upload_interrupted', 'body_too_large'] as const)),
    ...(hasBody ? (['unsupported_media_type'] as const) : []),
    ...(config?.hasOwnTurns ? [] : (['too_many_requests'] as const)),
    'internal_error',
    'database_unavailable',
  ];
}

function describeProblems(codes: readonly ProblemCode[]): Json {
  const statuses = new Set(codes.map((code) => problems[code][0]));
  const answers = [...statuses].map((status) => {
    const ofStatus = codes.filter((code) => problems[code][0] === status);
    return [status, describeProblem(status, [...new Set(ofStatus)])];
  });
  return Object.fromEntries(answers);
}

function describeProblem(status: number, codes: readonly ProblemCode[]): Json {
  const meanings = codes.map((code) => `- \`${code}\`: ${problems[code][1]}`).join('\n');
  const schema = {
    allOf: [
      { $ref: '#/components/schemas/Problem' },
      { type: 'object', properties: { status: { enum: [status] }, code: { enum: codes } } },
    ],
  };
  return {
    description: `${reasonOf(status)}\n\n${meanings}`,
    headers: { ...requestId, ...headersOf[status] },
    content: { 'application/problem+json': { schema } },
  };
}

function reasonOf(status: number): string {
  return STATUS_CODES[status] ?? String(status);
}
