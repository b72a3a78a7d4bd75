import type { OpenAPIV3_1 } from 'openapi-types';
import { shareResponses } from './share-responses.js';

const SCHEMAS = '#/components/schemas/';

/**
 * Makes the document shorter and more exact: without schemas that nothing refers to (each has a variant for requests and
 * one for answers), with answers that many operations have in common written once, and with bodies that may be missing
 * marked as such.
 */
export function tidyDocument<Other extends object>(
  document: Partial<OpenAPIV3_1.Document> | Other,
  optionalBodies: ReadonlySet<string>,
): Partial<OpenAPIV3_1.Document> {
  if (!isVersion31(document)) throw new Error('The document is not OpenAPI 3.1');
  const { paths = {}, components = {} } = document;
  const schemas = components.schemas ?? {};
  const used = findUsed(paths, schemas);
  const shared = shareResponses(Object.values(paths).flatMap((item) => (item ? operationsOf(item) : [])));
  const tidyItem = (item: OpenAPIV3_1.PathItemObject) =>
    mapOperations(item, (operation) => ({
      ...relaxBody(operation, optionalBodies),
      responses: shared.refer(operation.responses),
    }));
  return {
    ...document,
    paths: Object.fromEntries(Object.entries(paths).map(([path, item]) => [path, item && tidyItem(item)])),
    components: {
      ...components,
      responses: shared.responses,
      schemas: Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name))),
    },
  };
}

/** Whether a document is written in the version that we write. */
export function isVersion31(document: object): document is OpenAPIV3_1.Document {
  return 'openapi' in document && document.openapi === '3.1.0';
}

function findUsed(paths: unknown, schemas: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const used = new Set<string>();
  const visit = (part: unknown): void => {
    const text = JSON.stringify(part);
    for (const [, name = ''] of text.matchAll(new RegExp(`"${SCHEMAS}([^"]+)"`, 'g'))) {
      if (used.has(name)) continue;
      used.add(name);
      visit(schemas[name] ?? {});
    }
  };
  visit(paths);
  return used;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

function operationsOf(item: OpenAPIV3_1.PathItemObject): readonly OpenAPIV3_1.OperationObject[] {
  return methods.flatMap((method) => item[method] ?? []);
}

function mapOperations(
  item: OpenAPIV3_1.PathItemObject,
  change: (operation: OpenAPIV3_1.OperationObject) => OpenAPIV3_1.OperationObject,
): OpenAPIV3_1.PathItemObject {
  const changed = methods.flatMap((method) => {
    const operation = item[method];
    return operation === undefined ? [] : [[method, change(operation)] as const];
  });
  return { ...item, ...Object.fromEntries(changed) };
}

function relaxBody(
  operation: OpenAPIV3_1.OperationObject,
  optionalBodies: ReadonlySet<string>,
): OpenAPIV3_1.OperationObject {
  const body = operation.requestBody;
  if (!optionalBodies.has(operation.operationId ?? '') || !body || '$ref' in body) return operation;
  return { ...operation, requestBody: { ...body, required: false } };
}
