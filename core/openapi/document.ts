import type * as z from 'zod';
import { mapValues } from '../kernel/objects.ts';
import { HOPS, MAX_HOPS } from '../model/hops.ts';
import { bodies, type Components, type JsonSchema, views } from './components.ts';
import { type Body, type Query, type RoutedOperation, TAGS } from './operation.ts';
import { operations } from './operations.ts';
import { commonProblems, commonProblemsOf, ownProblemContent, problemContent } from './problems.ts';

/** The parts of OpenAPI 3.1 that the document uses. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: Readonly<Record<string, unknown>> & { readonly title: string; readonly version: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly security: readonly unknown[];
  /** By path and by method in lower case. */
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
  /** Has the scope that a key needs; empty if no key is needed. */
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

const DESCRIPTION = `Webhooks: publish events, subscribe URLs to them, and follow each delivery.

Requests and responses are JSON in UTF-8; times are ISO 8601 UTC. Authenticate with \
\`Authorization: Bearer <key or token>\`. Errors are problem documents (RFC 9457) that list every error of a body in one \
response; unknown fields are rejected. \`PATCH\` merges at the top level. \`DELETE\` returns 204, even if it is repeated. \
Lists return \`{data, cursor}\`. With \`Accept-Language: fr\`, reasons and the descriptions of presets are in French.

In a path, write a name that is \`.\` or \`..\`, or has other characters than \`A-Z a-z 0-9 . _ : @ -\`, as \`~\` and the \
base64url of its UTF-8, without padding: \`order/1042\` as \`~b3JkZXIvMTA0Mg\`. Any name may be written so. A segment that \
begins with \`~\` and is anything else is a 404.`;

/** Return the document of this version. @param serverUrl where the API is; by default next to the document */
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
      responses: mapValues(commonProblems, ({ status, description }) => problemResponse(status, description)),
      securitySchemes: {
        bearerAuth: {
          type: 'http',
          scheme: 'bearer',
          description:
            'An API key (`ancrage_key_…`), or a token that `POST /v1/Authenticate` issued for one. Each operation ' +
            'names the scope that the key needs; `admin` includes everything, and `manage` includes `read`.',
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
    responses,
    once,
    hops,
    problems = {},
  } = operation;
  const parameters = [
    ...pathParameters(path),
    ...(query ? queryParameters(query) : []),
    ...(once ? [IDEMPOTENCY_KEY] : []),
    ...(hops ? [HOPS_PARAMETER] : []),
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
      ...mapValues(responses, ({ description, content }) => ({
        description,
        ...(content && { content: contentOf(views, content) }),
      })),
      ...Object.fromEntries(
        commonProblemsOf(operation).map((name) => [commonProblems[name].status, { $ref: RESPONSES + name }]),
      ),
      ...mapValues(problems, (description, status) =>
        problemResponse(Number(status), description, ownProblemContent(Number(status))),
      ),
    },
  };
}

const RESPONSES = '#/components/responses/';

/** Return a response of an operation, which may be a reference. @throws Error if there is no such response */
export function responseOf(
  { components }: OpenApiDocument,
  response: ResponseObject | Reference,
): ResponseObject {
  if (!('$ref' in response)) return response;
  const found = components.responses[response.$ref.slice(RESPONSES.length)];
  if (found === undefined) throw new Error(`There is no ${response.$ref}.`);
  return found;
}

function problemResponse(
  status: number,
  description: string,
  content: ReturnType<typeof problemContent> = problemContent(status),
): ResponseObject {
  return {
    description,
    ...(status === 401 && {
      headers: { 'WWW-Authenticate': { description: '`Bearer`', schema: { type: 'string' } } },
    }),
    ...(status === 429 &&
      'application/problem+json' in content && {
        headers: {
          'Retry-After': {
            description: 'In seconds, unless it is the gateway’s.',
            schema: { type: 'string' },
          },
        },
      }),
    content: contentOf(views, content, false),
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
  return mapValues(content, (schema) => {
    if (schema === null) return { schema: { type: 'string' } };
    const example = withExample ? components.exampleOf(schema) : undefined;
    return { schema: components.reference(schema), ...(example !== undefined && { example }) };
  });
}

/** Descriptions of path parameters, by their names or by the segments before them. */
const PATH_PARAMETERS: Readonly<Record<string, string>> = {
  project: 'The project’s id.',
  keys: 'The key’s id.',
  events: 'The event’s id, or the `webhook-id` of its requests.',
  subscriptions: 'The subscription’s id.',
  erasures: 'The erasure’s id.',
  job: 'The job’s id.',
  attempt: 'The attempt’s id.',
  type: 'The event type.',
  preset: 'The preset’s name: `weavy`, `dokos` or `hirehop`.',
  doctype: '`Webhook` or `Webhook%20Request%20Log`.',
  method: 'The method’s name: `frappe.client.get_list`.',
  name: 'The document’s name. One that does not decode is taken as it is.',
};

const IDEMPOTENCY_KEY: ParameterObject = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Up to 255 printable ASCII characters, such as a UUID. For 24 hours, a request with the same key gets the response of ' +
    'the first one, with `idempotent-replayed: true`. With a different body the response is 422; while the first request ' +
    'is in progress, or with another API key, 409.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

const HOPS_PARAMETER: ParameterObject = {
  name: HOPS,
  in: 'header',
  required: false,
  description:
    'For events that a webhook of Ancrage caused: pass on its header. Above ' +
    `${MAX_HOPS} the response is a 422 with the title \`Loop detected\`.`,
  schema: { type: 'integer', minimum: 0, maximum: MAX_HOPS },
};

/** A gateway that decodes a path changes none of these characters. */
const SEGMENT = '^[^/?%]+$';

function pathParameters(path: string): ParameterObject[] {
  return [...path.matchAll(/(?<=([^/]+)\/)\{(\w+)\}/g)].map(([, before = '', name = '']) => ({
    name,
    in: 'path',
    required: true,
    description: PATH_PARAMETERS[name] ?? PATH_PARAMETERS[before] ?? '',
    schema: { type: 'string', pattern: SEGMENT },
  }));
}

function queryParameters({ schema, descriptions }: Query): ParameterObject[] {
  const { properties, required = [] } = bodies.inline(schema) as {
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
