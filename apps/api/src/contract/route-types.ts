import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyTypeProvider,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { z } from 'zod';

/**
 * What a handler may answer with, where the document promises `T`. `JSON.stringify` writes dates as text, and nothing
 * changes an answer on its way.
 */
export type Answered<T> = string extends T
  ? T | Date
  : T extends readonly (infer Entry)[]
    ? readonly Answered<Entry>[]
    : T extends object
      ? { readonly [Name in keyof T]: Answered<T[Name]> }
      : T;

/** Takes the types of requests and answers from the Zod schemas of a route. */
export interface ContractTypes extends FastifyTypeProvider {
  readonly validator: this['schema'] extends z.ZodType ? z.output<this['schema']> : unknown;
  readonly serializer: this['schema'] extends z.ZodType ? Answered<z.output<this['schema']>> : unknown;
}

/** An app whose routes declare what they take and answer. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ContractTypes
>;
