import type * as z from 'zod';
import { bodies, type Components, inlineSchema, type JsonSchema, views } from './components.ts';
import { type Body, type Query, type RoutedOperation, TAGS } from './operation.ts';
import { operations } from './operations.ts';
import { commonProblems, commonProblemsOf, problemContent } from './problems.ts';

/** OpenAPI 3.1, as far as ours needs it. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: Readonly<Record<string, unknown>> & { readonly title: string; readonly version: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly security: readonly unknown[];
  /** By path and, in lower case, method. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, ResponseObject>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
}

export interface OperationObject {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  /** The scope that a key needs stands in it; empty where no key is needed. */
  readonly security: readonly { readonly bearerAuth: readonly string[] }[];
  readonly parameters?: readonly ParameterObject[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, ResponseObject | Reference>>;
}

interface Reference {
  readonly $ref: string;
}

interface ParameterObject {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description: string;
  readonly schema: JsonSchema;
}

export interface ResponseObject {
  readonly description: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Content;
}

type Content = Readonly<Record<string, { readonly schema: JsonSchema; readonly example?: unknown }>>;

const DESCRIPTION = `Webhooks: publish events, subscribe URLs to them, see what became of each delivery.

JSON in and out, UTF-8; times are ISO 8601 UTC. \`Authorization: Bearer <key or token>\`. Every error is a problem \
document (RFC 9457), with every fault of a body at once; unknown fields are refused. \`PATCH\` merges at the top level, \
\`DELETE\` answers 204, again on a repeat. Lists answer \`{data, cursor}\`.`;

/** The API of this version. `serverUrl`: where it is; next to the document where that is not said. */
export function openApiDocument(version: string, serverUrl = '/'): OpenApiDocument {
  const paths: Record<string, Record<string, OperationObject>> = {};
  for (const operation of operations) {
    const { path, method } = operation;
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationObject(operation) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Ancrage',
      version,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: serverUrl }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    security: [{ bearerAuth: [] }],
    paths,
    components: {
      schemas: byName({ ...bodies.schemas(), ...views.schemas() }),
      responses: Object.fromEntries(
        Object.entries(commonProblems).map(([name, { status, description }]) => [
          name,
          problemResponse(status, description),
        ]),
      ),
      securitySchemes: {
        bearerAuth: {
          type: 'http',
          scheme: 'bearer',
          description:
            'An API key (`ancrage_key_…`), or a token that `POST /v1/Authenticate` gave for one. Each operation names ' +
            'the scope that the key needs; `admin` may do everything, and `manage` may read.',
        },
      },
    },
  };
}

const byName = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

function operationObject(operation: RoutedOperation): OperationObject {
  const {
    operationId,
    tag,
    summary,
    description,
    scope,
    path,
    query,
    body,
    answers,
    once,
    problems = {},
  } = operation;
  const parameters = [
    ...pathParameters(path),
    ...(query ? queryParameters(query) : []),
    ...(once ? [IDEMPOTENCY_KEY] : []),
  ];
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    security: scope === 'open' ? [] : [{ bearerAuth: scope === 'any' ? [] : [scope] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: requestBody(body) }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, { description, content }]) => [
          status,
          { description, ...(content && { content: contentOf(views, content) }) },
        ]),
      ),
      ...Object.fromEntries(
        commonProblemsOf(operation).map((name) => [commonProblems[name].status, { $ref: RESPONSES + name }]),
      ),
      ...Object.fromEntries(
        Object.entries(problems).map(([status, description]) => [
          status,
          problemResponse(Number(status), description),
        ]),
      ),
    },
  };
}

const RESPONSES = '#/components/responses/';

/** An operation's answer, also where the document only refers to it. @throws Error if there is no such */
export function responseOf(
  { components }: OpenApiDocument,
  response: ResponseObject | Reference,
): ResponseObject {
  if (!('$ref' in response)) return response;
  const found = components.responses[response.$ref.slice(RESPONSES.length)];
  if (found === undefined) throw new Error(`There is no ${response.$ref}.`);
  return found;
}

function problemResponse(status: number, description: string): ResponseObject {
  return {
    description,
    ...(status === 401 && {
      headers: { 'WWW-Authenticate': { description: '`Bearer`', schema: { type: 'string' } } },
    }),
    content: contentOf(views, problemContent(status), false),
  };
}

const requestBody = ({ content, optional = false }: Body) => ({
  required: !optional,
  content: contentOf(bodies, content),
});

function contentOf(
  components: Components,
  content: Readonly<Record<string, z.ZodType | null>>,
  withExample = true,
): Content {
  return Object.fromEntries(
    Object.entries(content).map(([type, schema]) => {
      if (schema === null) return [type, { schema: { type: 'string' } }];
      const [example] = withExample ? components.examples(schema) : [];
      return [type, { schema: components.reference(schema), ...(example !== undefined && { example }) }];
    }),
  );
}

/** What a parameter of the path is, by what stands before it, or else by its name. */
const PATH_PARAMETERS: Readonly<Record<string, string>> = {
  project: 'The project’s id.',
  keys: 'The key’s id.',
  events: 'The event’s id, percent-encoded.',
  subscriptions: 'The subscription’s id.',
  job: 'The job’s id.',
  type: 'The event type, percent-encoded: `Sales%20Invoice.on_update`.',
  preset: 'Its name: `weavy`, `dokos` or `hirehop`.',
  doctype: '`Webhook` or `Webhook%20Request%20Log`.',
  name: 'The document’s name, percent-encoded.',
};

const IDEMPOTENCY_KEY: ParameterObject = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Up to 255 printable characters of your own, a UUID say. The same key within 24 hours answers the same resource, ' +
    'with `idempotent-replayed: true`; with another body it is refused, and with 409 while the first is under way.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

function pathParameters(path: string): ParameterObject[] {
  return [...path.matchAll(/(?<=([^/]+)\/)\{(\w+)\}/g)].map(([, before = '', name = '']) => ({
    name,
    in: 'path',
    required: true,
    description: PATH_PARAMETERS[name] ?? PATH_PARAMETERS[before] ?? '',
    schema: { type: 'string' },
  }));
}

function queryParameters({ schema, descriptions }: Query): ParameterObject[] {
  const { properties, required = [] } = inlineSchema(schema) as {
    properties: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    description: descriptions[name] ?? '',
    schema: property,
  }));
}
