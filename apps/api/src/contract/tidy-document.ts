import type { OpenAPIV3_1 } from 'openapi-types';

const SCHEMAS = '#/components/schemas/';

/**
 * The document without schemas that nothing refers to: each has a variant for requests and one for answers. And bodies
 * that may be missing are not required.
 */
export function tidyDocument<Other extends object>(
  document: Partial<OpenAPIV3_1.Document> | Other,
  optionalBodies: ReadonlySet<string>,
): Partial<OpenAPIV3_1.Document> {
  if (!isVersion31(document)) throw new Error('The document is not OpenAPI 3.1');
  const { paths = {}, components = {} } = document;
  const schemas = components.schemas ?? {};
  const used = findUsed(paths, schemas);
  return {
    ...document,
    paths: Object.fromEntries(
      Object.entries(paths).map(([path, item]) => [path, item && relaxBodies(item, optionalBodies)]),
    ),
    components: {
      ...components,
      schemas: Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name))),
    },
  };
}

function isVersion31(document: object): document is Partial<OpenAPIV3_1.Document> {
  return 'openapi' in document && document.openapi === '3.1.0';
}

function findUsed(paths: unknown, schemas: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const used = new Set<string>();
  const visit = (part: unknown): void => {
    const text = JSON.stringify(part) ?? '';
    for (const [, name = ''] of text.matchAll(new RegExp(`"${SCHEMAS}([^"]+)"`, 'g'))) {
      if (used.has(name)) continue;
      used.add(name);
      visit(schemas[name]);
    }
  };
  visit(paths);
  return used;
}

const methods = ['post', 'put', 'patch'] as const;

function relaxBodies(
  item: OpenAPIV3_1.PathItemObject,
  optionalBodies: ReadonlySet<string>,
): OpenAPIV3_1.PathItemObject {
  const relaxed = methods.flatMap((method) => {
    const operation = item[method];
    const body = operation?.requestBody;
    if (!optionalBodies.has(operation?.operationId ?? '') || !body || '$ref' in body) return [];
    return [[method, { ...operation, requestBody: { ...body, required: false } }] as const];
  });
  return { ...item, ...Object.fromEntries(relaxed) };
}
