import type { OpenAPIV3_1 } from 'openapi-types';
import { type Html, html, prose } from './html.js';
import { describe, renderMembers, renderType, type Schema } from './render-schema.js';

/** An operation, and where it is. */
export interface PlacedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: OpenAPIV3_1.OperationObject;
}

/** Answers that several operations have in common. */
export type SharedAnswers = NonNullable<OpenAPIV3_1.ComponentsObject['responses']>;

export function renderOperation({ method, path, operation }: PlacedOperation, shared: SharedAnswers): Html {
  const { operationId, summary, description, responses = {} } = operation;
  return html`<section class="operation" id="${operationId}">
    <h3><a href="#${operationId}">${summary}</a></h3>
    <p class="address"><b class="${method}">${method.toUpperCase()}</b> <code>${path}</code></p>
    <p>${prose(description)}</p>
    ${renderParameters(operation)}${renderBody(operation)}
    <h4>Answers</h4>
    <dl>${Object.entries(responses).map(([status, answer]) => renderAnswer(status, answer, shared))}</dl>
  </section>`;
}

function renderParameters({ parameters = [] }: OpenAPIV3_1.OperationObject): Html {
  const rows = parameters.flatMap((parameter) => {
    if ('$ref' in parameter) return [];
    const schema: Schema = parameter.schema ?? {};
    return [
      html`<tr><th scope="row"><code>${parameter.name}</code></th>
        <td>${parameter.in}${parameter.required ? ', required' : ''}</td>
        <td>${renderType(schema)}</td><td>${prose(parameter.description)} ${describe(schema)}${renderExample(parameter.example)}</td></tr>`,
    ];
  });
  if (rows.length === 0) return html``;
  return html`<h4>Parameters</h4><div class="wide"><table>
    <thead><tr><th scope="col">Name</th><th scope="col">In</th><th scope="col">Type</th><th scope="col">What</th></tr></thead>
    <tbody>${rows}</tbody></table></div>`;
}

function renderBody({ requestBody }: OpenAPIV3_1.OperationObject): Html {
  if (!requestBody || '$ref' in requestBody) return html``;
  return html`<h4>Body${requestBody.required ? '' : ', optional'}</h4>${renderContent(requestBody.content)}`;
}

function renderAnswer(
  status: string,
  answer: OpenAPIV3_1.ResponseObject | OpenAPIV3_1.ReferenceObject,
  shared: SharedAnswers,
): Html {
  if ('$ref' in answer) {
    const found = shared[answer.$ref.split('/').at(-1) ?? ''];
    return found === undefined ? html`` : renderAnswer(status, found, shared);
  }
  const [reason, ...codes] = answer.description.split('\n').filter((line) => line !== '');
  const meanings = codes.map((line) => html`<li>${prose(line.replace(/^- /, ''))}</li>`);
  const isProblem = Number(status) >= 400;
  return html`<dt>${status} ${reason}</dt><dd>${
    isProblem ? html`<ul>${meanings}</ul>` : renderContent(answer.content ?? {})
  }</dd>`;
}

function renderContent(content: Readonly<Record<string, OpenAPIV3_1.MediaTypeObject>>): Html {
  const types = Object.entries(content).map(([type, { schema = {}, example, examples = {} }]) => {
    const values = Object.values(examples).map((named) => ('value' in named ? named.value : undefined));
    return html`<p><code>${type}</code>: ${renderType(schema)}</p>${renderMembers(schema)}${[example, ...values].map(renderSample)}`;
  });
  return html`${types}`;
}

function renderExample(example: unknown): Html {
  if (example === undefined) return html``;
  return html` <span class="example">Such as <code>${String(example)}</code>.</span>`;
}

function renderSample(sample: unknown): Html {
  return sample === undefined ? html`` : html`<pre><code>${JSON.stringify(sample, null, 2)}</code></pre>`;
}
