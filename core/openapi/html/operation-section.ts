import type { JsonSchema } from '../components.ts';
import { type OpenApiDocument, type OperationObject, type ResponseObject, responseOf } from '../document.ts';
import { examplesView } from './examples-view.ts';
import { type Html, html, paragraphs, spans } from './markup.ts';
import type { PlacedOperation } from './placed-operations.ts';
import { fieldView, type Schemas, schemaView, typeView } from './schema-view.ts';

export const badge = (method: string): Html =>
  html`<span class="method ${method.toLowerCase()}">${method}</span>`;

/** Render a path with line breaks allowed before its slashes. */
const pathView = (path: string): Html[] => path.split(/(?=\/)/).map((segment) => html`<wbr>${segment}`);

/** Where parameters are, in the order in which they are shown. */
const PLACES = [
  ['path', 'Path'],
  ['query', 'Query'],
  ['header', 'Headers'],
] as const;

/** Render an operation: its description on the left, an example of a request and its response on the right. */
export function operationSection(placed: PlacedOperation, document: OpenApiDocument): Html {
  const { method, path, operation } = placed;
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const { schemas } = document.components;
  return html`<section class="operation" id="${operationId}" aria-labelledby="${operationId}-title">
<div class="about">
<h3 id="${operationId}-title"><a href="#${operationId}">${summary}</a></h3>
<p class="route">${badge(method)} <code>${pathView(path)}</code></p>
<p class="scope">${scopeView(operation)}</p>
${description !== undefined && paragraphs(description)}
${PLACES.map(([place, title]) => {
  const parametersThere = parameters.filter((parameter) => parameter.in === place);
  return (
    parametersThere.length > 0 &&
    html`<h4>${title}</h4><ul class="fields">${parametersThere.map(
      ({ name, required, description, schema }) =>
        fieldView({ name, required, schema: { ...schema, description } }),
    )}</ul>`
  );
})}
${requestBody && html`<h4>Body${!requestBody.required && ' (optional)'}</h4>${contentView(requestBody.content, schemas)}`}
<h4>Responses</h4>
<ul class="responses">${Object.entries(responses).map(([status, response]) => responseView(status, responseOf(document, response)))}</ul>
</div>
<div class="examples">${examplesView(placed, document)}</div>
</section>`;
}

function scopeView({ security }: OperationObject): Html {
  const [needed] = security;
  if (needed === undefined) return html`Needs no key`;
  const [scope] = needed.bearerAuth;
  return scope === undefined ? html`Needs a key` : html`Needs a key with the scope <code>${scope}</code>`;
}

function contentView(content: NonNullable<ResponseObject['content']>, schemas: Schemas): Html {
  const types = Object.entries(content);
  const [[, first] = []] = types;
  return html`${types.map(
    ([type, { schema }]) =>
      html`<p>${types.length > 1 && html`<code>${type}</code>: `}${typeView(schema)}</p>`,
  )}${first && schemaView(firstAlternative(resolved(first.schema, schemas), schemas))}`;
}

/** Return the object if the schema allows it or an array of such objects; other alternatives are shown as links. */
function firstAlternative(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const [first, second]: JsonSchema[] = Array.isArray(schema.anyOf) ? schema.anyOf : [];
  return first?.$ref !== undefined && second?.type === 'array' ? resolved(first, schemas) : schema;
}

const resolved = (schema: JsonSchema, schemas: Schemas): JsonSchema =>
  schemas[String(schema.$ref).split('/').at(-1) ?? ''] ?? schema;

function responseView(status: string, { description, content }: ResponseObject): Html {
  const kind = Number(status) < 400 ? 'good' : 'bad';
  const types = Object.values(content ?? {}).map(({ schema }) => schema);
  const named = types.filter(({ $ref }) => $ref !== undefined);
  return html`<li><span class="status ${kind}">${status}</span> <span>${spans(description)}${
    kind === 'good' && named.map((schema) => html` <span class="type">${typeView(schema)}</span>`)
  }</span></li>`;
}
