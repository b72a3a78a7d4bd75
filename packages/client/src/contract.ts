import type { components, paths } from './generated/contract.js';

/** All types that the API's contract names. */
export type Schemas = components['schemas'];

/** One upload, with its progress, counts and statistics. */
export type Upload = Schemas['Upload'];

/** A code of an error that the API's contract names. A code never changes its meaning. */
export type ProblemCode = Schemas['Problem']['code'];

/** The body of an error (RFC 9457). */
export type Problem = Schemas['Problem'];

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The addresses that have a method. */
export type PathWith<Verb extends Method> = {
  [Path in keyof paths]: paths[Path] extends Record<Verb, object> ? Path : never;
}[keyof paths];

/** What the contract says of one method of one address. */
export type Operation<Path extends keyof paths, Verb extends Method> = paths[Path][Verb];

type ParametersOf<Called> = Called extends { parameters: infer Parameters } ? Parameters : never;

/** The query parameters of an operation. */
export type QueryOf<Called> =
  ParametersOf<Called> extends { query?: infer Query } ? NonNullable<Query> : never;

type PathInput<Called> =
  ParametersOf<Called> extends { path: infer Values } ? { readonly path: Values } : unknown;

type QueryInput<Called> =
  ParametersOf<Called> extends { query: object }
    ? { readonly query: QueryOf<Called> }
    : { readonly query?: QueryOf<Called> };

type BodyOf<Content> = Content extends { 'application/json': infer Json } ? Json : FileBody;

type BodyInput<Called> = Called extends { requestBody: { content: infer Content } }
  ? { readonly body: BodyOf<Content> }
  : Called extends { requestBody?: { content: infer Content } }
    ? { readonly body?: BodyOf<Content> }
    : unknown;

/** The headers that an operation wants, such as `if-match`. Their names are in small letters here; HTTP does not tell them apart. */
type HeadersInput<Called> =
  ParametersOf<Called> extends { header: infer Named }
    ? {
        readonly headers: {
          readonly [Name in keyof Named & string as Lowercase<Name>]: Named[Name];
        } & Readonly<Record<string, string>>;
      }
    : unknown;

/** A body that is not JSON. */
export type FileBody = Blob | Uint8Array<ArrayBuffer> | string;

/** What every call takes. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** More headers, such as `if-none-match`. A 304 is thrown as a `ProblemError` with this status. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Called with the headers of a successful answer, such as the `etag` that `if-match` wants. */
  readonly onHeaders?: (headers: Headers) => void;
}

/** The parameters and the body of an operation. */
export type Input<Called> = PathInput<Called> &
  QueryInput<Called> &
  HeadersInput<Called> &
  BodyInput<Called> &
  CallOptions;

/** The arguments of a call: the input, which may be left out if nothing in it is required. */
export type Arguments<Given> = Record<never, never> extends Given ? [input?: Given] : [input: Given];

type ResponsesOf<Called> = Called extends { responses: infer Responses } ? Responses : never;

type ContentOf<Answer> = Answer extends { content: infer Content } ? Content : never;

type SuccessContent<Called> =
  ResponsesOf<Called> extends infer Responses
    ? ContentOf<Responses[Extract<keyof Responses, 200 | 201 | 202>]>
    : never;

/** What a successful call resolves with: the JSON of the answer, or undefined where there is none. */
export type Output<Called> = [SuccessContent<Called>] extends [never]
  ? undefined
  : SuccessContent<Called> extends { 'application/json': infer Json }
    ? Json
    : undefined;

/** What every page has beside its entries: the cursor of the next one, null on the last. */
export interface AnyPage {
  readonly next: string | number | null;
}

/** The lists that come page by page. */
export type ListPath = {
  [Path in PathWith<'get'>]: Output<Operation<Path, 'get'>> extends AnyPage ? Path : never;
}[PathWith<'get'>];

/** One page of a list. */
export type Page<Path extends ListPath> = Extract<Output<Operation<Path, 'get'>>, AnyPage>;

type Entries<Answer> = {
  [Name in keyof Answer]-?: Answer[Name] extends readonly (infer Entry)[] ? Entry : never;
};

/** One entry of a list. */
export type Entry<Path extends ListPath> = Entries<Page<Path>>[keyof Page<Path>];

/** The addresses whose answer is a file, or can be one. */
export type DownloadPath = {
  [Path in PathWith<'get'>]: 'text/csv' extends keyof SuccessContent<Operation<Path, 'get'>> ? Path : never;
}[PathWith<'get'>];

/** The lists that can be read as one answer, a JSON document in each line. */
export type SnapshotPath = {
  [Path in ListPath]: 'application/x-ndjson' extends keyof SuccessContent<Operation<Path, 'get'>>
    ? Path
    : never;
}[ListPath];

/** The addresses that answer with a stream of events. */
export type EventPath = {
  [Path in PathWith<'get'>]: 'text/event-stream' extends keyof SuccessContent<Operation<Path, 'get'>>
    ? Path
    : never;
}[PathWith<'get'>];
