import type { OpenAPIV3_1 } from 'openapi-types';
import { type Html, html, prose } from './html.js';
import { type PlacedOperation, renderOperation } from './render-operation.js';
import { describe, renderMembers, renderType, type Schema } from './render-schema.js';

/** Where the page finds its style. */
export const stylePath = '/docs/style.css';

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Writes an OpenAPI document as a page for people, without any script. */
export function renderPage(document: OpenAPIV3_1.Document): string {
  const { info, tags = [], paths = {}, components = {} } = document;
  const operations = listOperations(paths);
  const groups = tags.map(({ name, description }) => ({
    name,
    description,
    operations: operations.filter(({ operation }) => operation.tags?.includes(name)),
  }));
  const paragraphs = (info.description ?? '').split('\n\n').map((text) => html`<p>${prose(text)}</p>`);
  const page = html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${info.title} API</title>
  <link rel="stylesheet" href="${stylePath}">
</head>
<body>
  <nav aria-label="Operations">${groups.map(
    ({ name, operations: ofGroup }) =>
      html`<h2><a href="#${name}">${name}</a></h2><ul>${ofGroup.map(renderLink)}</ul>`,
  )}<h2><a href="#schemas">Schemas</a></h2></nav>
  <main>
    <h1>${info.title} API</h1>
    ${paragraphs}
    <p>Send your key with every request: <code>Authorization: Bearer pl_…</code>. For programs: <a href="/openapi.json">OpenAPI ${document.openapi}</a>.</p>
    ${groups.map(
      (group) => html`<h2 id="${group.name}">${group.name}</h2><p>${prose(group.description)}</p>
        ${group.operations.map((placed) => renderOperation(placed, components.responses ?? {}))}`,
    )}
    <h2 id="schemas">Schemas</h2>
    ${Object.entries(components.schemas ?? {}).map(renderSchema)}
  </main>
</body>
</html>
`;
  return page.html;
}

function listOperations(paths: OpenAPIV3_1.PathsObject): readonly PlacedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item?.[method];
      return operation === undefined ? [] : [{ method, path, operation }];
    }),
  );
}

function renderLink({ operation }: PlacedOperation): Html {
  return html`<li><a href="#${operation.operationId}">${operation.summary}</a></li>`;
}

function renderSchema([name, schema]: [string, Schema]): Html {
  return html`<section id="${name}"><h3><a href="#${name}">${name}</a></h3>
    <p>${renderType(schema)} ${describe(schema)}</p>${renderMembers(schema)}</section>`;
}
