import type { OpenAPIV3_1 } from 'openapi-types';

type Responses = OpenAPIV3_1.ResponsesObject;

/** Answers of many operations, written once. */
export interface SharedResponses {
  /** The answers by name. */
  readonly responses: NonNullable<OpenAPIV3_1.ComponentsObject['responses']>;
  /** Replaces those answers of an operation by references. */
  refer(responses: Responses | undefined): Responses;
}

/** Answers that fewer operations have stay where they are. */
const MIN_USES = 3;

/** Finds problems that several operations have in common. They are named after their codes. */
export function shareResponses(operations: readonly OpenAPIV3_1.OperationObject[]): SharedResponses {
  const uses = new Map<string, number>();
  for (const [status, response] of operations.flatMap(({ responses = {} }) => Object.entries(responses))) {
    if (Number(status) < 400) continue;
    const key = JSON.stringify(response);
    uses.set(key, (uses.get(key) ?? 0) + 1);
  }
  const shared = new Set([...uses].filter(([, count]) => count >= MIN_USES).map(([key]) => key));
  return {
    responses: Object.fromEntries([...shared].map((key) => [nameOf(key), JSON.parse(key)])),
    refer(responses = {}) {
      return Object.fromEntries(
        Object.entries(responses).map(([status, response]) => {
          const key = JSON.stringify(response);
          return [status, shared.has(key) ? { $ref: `#/components/responses/${nameOf(key)}` } : response];
        }),
      );
    },
  };
}

/** `MissingKeyOrUnknownKey`, by the codes that its description lists. */
function nameOf(response: string): string {
  const codes = [...response.matchAll(/`([a-z_]+)`/g)].map(([, code = '']) => code);
  const inCamelCase = (code: string) =>
    code.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return codes.map(inCamelCase).join('Or');
}
