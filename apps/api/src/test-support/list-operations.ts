import { type KeyScope, keyScopes } from '@pledgeline/db';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

/** An operation of the OpenAPI document that needs a key. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** With parameters such as `{id}`. */
  readonly path: string;
  readonly scope: KeyScope;
  /** The names of its query parameters. */
  readonly query: readonly string[];
  /** Whether it is a list, a page at a time. */
  readonly isList: boolean;
  readonly needsBody: boolean;
}

const operationSchema = z.looseObject({
  operationId: z.string(),
  security: z.tuple([z.strictObject({ apiKey: z.tuple([z.enum(keyScopes)]) })]),
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.string(),
        schema: z.looseObject({ format: z.string().optional() }),
      }),
    )
    .default([]),
  requestBody: z.looseObject({ required: z.boolean().default(false) }).optional(),
});
const documentSchema = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

/** Lists the operations under `/v1`, as the document has them. Each of them must say which scope it needs. */
export function listOperations(app: Pick<FastifyInstance, 'swagger'>): readonly Operation[] {
  const { paths } = documentSchema.parse(app.swagger());
  return Object.entries(paths)
    .filter(([path]) => path.startsWith('/v1/'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, declared]) => {
        const operation = operationSchema.parse(declared);
        const query = operation.parameters.filter((each) => each.in === 'query');
        return {
          id: operation.operationId,
          method: method.toUpperCase(),
          path,
          scope: operation.security[0].apiKey[0],
          query: query.map(({ name }) => name),
          isList: query.some(({ name }) => name === 'limit'),
          needsBody: operation.requestBody?.required ?? false,
        };
      }),
    );
}
