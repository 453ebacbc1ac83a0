import type { JsonSchema } from '../components.ts';
import { type OpenApiDocument, type OperationObject, type ResponseObject, responseOf } from '../document.ts';
import { jsonView } from './json-view.ts';
import { type Html, html, paragraphs, spans } from './markup.ts';
import { fieldView, type Schemas, schemaView, typeView } from './schema-view.ts';

export interface PlacedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: OperationObject;
}

/** Return every operation, in the order of the document. */
export function placedOperations({ paths }: OpenApiDocument): PlacedOperation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

export const badge = (method: string): Html =>
  html`<span class="method ${method.toLowerCase()}">${method}</span>`;

/** Render a path with line breaks allowed before its slashes. */
const pathView = (path: string): Html[] => path.split(/(?=\/)/).map((segment) => html`<wbr>${segment}`);

/** Render an operation: its description on the left, an example of a request and its response on the right. */
export function operationSection(
  { method, path, operation }: PlacedOperation,
  document: OpenApiDocument,
): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const { schemas } = document.components;
  return html`<section class="operation" id="${operationId}" aria-labelledby="${operationId}-title">
<div class="about">
<h3 id="${operationId}-title"><a href="#${operationId}">${summary}</a></h3>
<p class="route">${badge(method)} <code>${pathView(path)}</code></p>
<p class="scope">${scopeView(operation)}</p>
${description !== undefined && paragraphs(description)}
${(['path', 'query'] as const).map((place) => {
  const placed = parameters.filter((parameter) => parameter.in === place);
  return (
    placed.length > 0 &&
    html`<h4>${place === 'path' ? 'Path' : 'Query'}</h4><ul class="fields">${placed.map(
      ({ name, required, description, schema }) =>
        fieldView({ name, required, schema: { ...schema, description } }),
    )}</ul>`
  );
})}
${requestBody && html`<h4>Body${!requestBody.required && ' (optional)'}</h4>${contentView(requestBody.content, schemas)}`}
<h4>Responses</h4>
<ul class="responses">${Object.entries(responses).map(([status, response]) => responseView(status, responseOf(document, response)))}</ul>
</div>
<div class="examples">${examplesOf({ method, path, operation }, document)}</div>
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

const PATH_EXAMPLES: Readonly<Record<string, string>> = {
  project: 'erp',
  doctype: 'Webhook',
  name: 'Invoices%20to%20accounting',
  type: 'invoice.paid',
  job: 'job_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
};
const ID_EXAMPLES: Readonly<Record<string, string>> = {
  keys: 'key_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
  events: 'invoice-1-paid',
  subscriptions: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
};

function examplesOf({ method, path, operation }: PlacedOperation, document: OpenApiDocument): Html {
  const { security, parameters = [], requestBody, responses } = operation;
  const filled = path.replaceAll(
    /(?<=([^/]+)\/)\{(\w+)\}/g,
    (_, before, name) => PATH_EXAMPLES[name] ?? ID_EXAMPLES[before] ?? name,
  );
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name, schema }) => `?${name}=${Array.isArray(schema.enum) ? schema.enum[0] : ''}`);
  const url = `${document.servers[0]?.url.replace(/\/$/, '') || '$API'}${filled}${query.join('')}`;
  const [type, body] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const lines = [
    `curl ${method === 'GET' || (method === 'POST' && body) ? '' : `-X ${method} `}'${url}'`.replace(
      "'$API",
      "$API'",
    ),
    ...(security.length > 0 ? ['-H "authorization: Bearer $KEY"'] : []),
    ...(type === undefined ? [] : [`-H 'content-type: ${type}'`]),
    ...(body?.example === undefined
      ? []
      : [`-d '${quoted(JSON.stringify(body.example, null, 2)).replaceAll('\n', '\n  ')}'`]),
  ];
  const [status, response] =
    Object.entries(responses)
      .map(([status, response]) => [status, responseOf(document, response)] as const)
      .find(([, { content }]) => exampleOf(content)) ?? [];
  return html`<h4>Request</h4><pre tabindex="0"><code>${lines.join(' \\\n  ')}</code></pre>${
    response && html`<h4>Response ${status}</h4>${jsonView(exampleOf(response.content))}`
  }`;
}

const exampleOf = (content: ResponseObject['content']) =>
  Object.values(content ?? {}).find(({ example }) => example !== undefined)?.example;

/** Escape text between single quotes of the shell. */
const quoted = (text: string) => text.replaceAll("'", "'\\''");
