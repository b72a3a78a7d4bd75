import type { OpenAPIV3_1 } from 'openapi-types';
import { type Html, html, prose } from './html.js';

/** A schema of the document, or a reference to one. */
export type Schema = OpenAPIV3_1.SchemaObject | OpenAPIV3_1.ReferenceObject;

/** The type of a value in a few words. Schemas with a name are links. */
export function renderType(schema: Schema): Html {
  if ('$ref' in schema) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return html`<a href="#${name}">${name}</a>`;
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return join(choices.map(renderType), html` or `);
  if (schema.enum)
    return join(
      schema.enum.map((value) => html`<code>${JSON.stringify(value)}</code>`),
      html`, `,
    );
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (schema.type === 'array') return html`list of ${renderType(schema.items)}`;
  const type = [schema.type ?? 'any value'].flat().join(' or ');
  return html`${type}${schema.format === undefined ? '' : ` (${schema.format})`}`;
}

/** The members of an object, and those of objects in it that have no name. */
export function renderMembers(schema: Schema): Html {
  const object = findObject(schema);
  if (object === undefined) return html``;
  const members = Object.entries(object.properties ?? {}).map(([name, member]) => {
    const isOptional = !object.required?.includes(name);
    return html`<li><code>${name}</code> <span class="type">${renderType(member)}${isOptional ? ', optional' : ''}</span>
      ${describe(member)}${renderMembers(member)}</li>`;
  });
  return members.length === 0 ? html`` : html`<ul>${members}</ul>`;
}

/** What its description, limits and examples say of a value. */
export function describe(schema: Schema): Html {
  if ('$ref' in schema) return html``;
  const { description, default: usual, minimum, maximum, maxLength, examples } = schema;
  const limits = [
    usual === undefined ? '' : `By default ${JSON.stringify(usual)}.`,
    minimum === undefined ? '' : `From ${minimum}${maximum === undefined ? '' : ` to ${maximum}`}.`,
    maxLength === undefined ? '' : `At most ${maxLength} characters.`,
  ].filter((text) => text !== '');
  const example = Array.isArray(examples) ? examples.slice(0, 1) : [];
  return html`${prose(description)} ${limits.join(' ')}${example.map(
    (value) => html` <span class="example">Such as <code>${JSON.stringify(value)}</code>.</span>`,
  )}`;
}

/** The object that a value is, that its list holds, or that it may be. */
function findObject(schema: Schema): OpenAPIV3_1.SchemaObject | undefined {
  if ('$ref' in schema) return undefined;
  if (schema.properties) return schema;
  if (schema.type === 'array') return findObject(schema.items);
  for (const choice of schema.anyOf ?? schema.oneOf ?? []) {
    const found = findObject(choice);
    if (found) return found;
  }
  return undefined;
}

function join(pieces: readonly Html[], between: Html): Html {
  return html`${pieces.flatMap((piece, at) => (at === 0 ? [piece] : [between, piece]))}`;
}
