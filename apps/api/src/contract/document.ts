import swagger, { type SwaggerTransform } from '@fastify/swagger';
import type { KeyScope } from '@pledgeline/db';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
import { z } from 'zod';
import { neededScope } from '../plugins/needed-scope.js';
import { describeAnswers } from './describe-answers.js';
import { fileBody } from './describe-body.js';
import { tagDescriptions, tags } from './operation.js';
import './problem-answer.js';
import { isVersion31, tidyDocument } from './tidy-document.js';
import { validateInput } from './validate-input.js';

const introduction = `Turns crowdfunding exports into records.

Every answer that is not a success is problem details (RFC 9457) with a \`code\` that never changes its meaning. An address
that does not exist is answered with 404 \`not_found\`, another method than those listed with 405 \`method_not_allowed\` and
\`Allow\`. Unknown query parameters and members are refused, so that no typo is ignored silently. Lists end early when they
are long: go on with \`next\` until it is null.

Limits count what is under way at the same time, and all keys of an account share them. Who has used up a limit waits for a
turn; if none comes in time, the answer is 429 with \`Retry-After\`. \`RateLimit-Policy\` and \`RateLimit\` say what the limit is
and what is left of it.`;

const keyDescription = `A key \`pl_…\`. Its scope says what it may do: \`read\`; \`write\`, which also sends files and changes things; \`admin\`, which
also makes and revokes keys, sees secrets of webhooks, and deletes.`;

/**
 * Makes routes declare their contract: Zod schemas validate requests, and become an OpenAPI document. Answers are not
 * checked or changed on their way, because a page of records is long; tests compare them with the document.
 */
export async function describeApi(app: FastifyInstance): Promise<void> {
  app.setValidatorCompiler(validateInput);
  app.setSerializerCompiler(() => JSON.stringify);
  const optionalBodies = new Set<string>();

  const transform: SwaggerTransform = (options) => {
    const { route, schema: declared } = options;
    const { schema, url } = jsonSchemaTransform(options);
    if (schema.hide) return { schema, url };
    if (schema.operationId !== undefined && isOptional(declared.body)) optionalBodies.add(schema.operationId);
    const headers = route.config?.requestHeaders;
    return {
      // Routes at the root of a prefix are answered with and without a slash.
      url: url.length > 1 ? url.replace(/\/$/, '') : url,
      schema: {
        ...schema,
        ...(headers && { headers: z.toJSONSchema(headers) }),
        ...(route.config?.takesFile && { body: fileBody }),
        ...(url.startsWith('/v1')
          ? describeScope(neededScope(route.method, route.config), schema.description)
          : { security: [] }),
        response: describeAnswers(route, schema.response),
      },
    };
  };

  await app.register(swagger, {
    convertConstToEnum: false,
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Pledgeline',
        version: '1',
        description: introduction,
        license: { name: 'Proprietary', identifier: 'LicenseRef-Pledgeline' },
      },
      servers: [{ url: '/' }],
      tags: Object.values(tags).map((name) => ({ name, description: tagDescriptions[name] })),
      components: {
        securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: keyDescription } },
      },
      security: [{ apiKey: [] }],
    },
    transform,
    transformObject: (document) => tidyDocument(jsonSchemaTransformObject(document), optionalBodies),
  });
}

/** The document of an app that is ready. */
export function readDocument(app: Pick<FastifyInstance, 'swagger'>): OpenAPIV3_1.Document {
  const document = app.swagger();
  if (!isVersion31(document)) throw new Error('The document is not OpenAPI 3.1');
  return document;
}

/** A role of the scheme for programs, and a sentence for people. */
function describeScope(scope: KeyScope, description: string | undefined) {
  const sentence = `Needs a key of the scope \`${scope}\`${scope === 'admin' ? '' : ' or more'}.`;
  return {
    security: [{ apiKey: [scope] }],
    description: description === undefined ? sentence : `${description} ${sentence}`,
  };
}

function isOptional(body: unknown): boolean {
  return body instanceof z.ZodType && body.safeParse(undefined).success;
}
