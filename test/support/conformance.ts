import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import * as z from 'zod';
import { VERSION } from '../../core/kernel/version.ts';
import {
  type OpenApiDocument,
  type OperationObject,
  openApiDocument,
  responseOf,
} from '../../core/openapi/document.ts';
import { decodePath } from '../../local/http/request-path.ts';
import { RouteTable } from '../../local/http/route-table.ts';

export interface Exchange {
  readonly method: string;
  /** The path with its query. */
  readonly path: string;
  readonly request: { readonly contentType: string; readonly body: string | undefined };
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
}

const ID = 'https://ancrage.invalid/openapi.json';
/** The only path of the document that a route key cannot express. */
const WEAVY = /^\/v1\/entrypoints\/[^/]+\/process\/?$/i;
const WEAVY_ROUTE = 'POST /v1/EntryPoints/{project}/process/';
/** Frappe's API takes slashes at the end. */
const FRAPPE = /^\/api\//;

const document = openApiDocument(VERSION);
const routes = new RouteTable(
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, target]) => ({
      routeKey: `${method.toUpperCase()} ${path}`,
      target,
    })),
  ),
);
const answers = validators(document, z.iso.datetime());
const requests = validators(document, z.iso.datetime({ offset: true }));

/**
 * Check an HTTP exchange against the OpenAPI document: the operation must document the response, and an accepted request must
 * satisfy the operation's schemas.
 *
 * @throws Error that names the operation, the status and every fault
 */
export function refuseUndocumented(exchange: Exchange): void {
  const [path = '', query = ''] = exchange.path.split('?');
  const operation = operationAt(exchange.method, path);
  const faults =
    operation === undefined
      ? unknownRouteFaults(exchange)
      : [
          ...answerFaults(operation, exchange),
          ...(accepted(exchange) ? requestFaults(operation, exchange, query) : []),
        ];
  if (faults.length === 0) return;
  const where = `${operation?.operationId ?? 'no operation'} (${exchange.method} ${path}), ${exchange.status}`;
  throw new Error(`Not as the OpenAPI document says: ${where}\n  ${faults.join('\n  ')}\n${exchange.text}`);
}

/** A segment that cannot be decoded stays as it is: the operation documents how it is refused. */
function decoded(path: string): string {
  try {
    return decodePath(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}

const accepted = ({ status }: Exchange) => status >= 200 && status < 300;

function operationAt(method: string, path: string): OperationObject | undefined {
  const known = method === 'POST' && WEAVY.test(path) ? WEAVY_ROUTE.slice('POST '.length) : path;
  const at = decoded(known);
  return routes.match(method, FRAPPE.test(at) ? at.replace(/\/+$/, '') : at)?.target;
}

/** A path outside of the document must not exist, which only those with a key learn. */
function unknownRouteFaults({ path, status, contentType, text }: Exchange): string[] {
  if (![401, 404, 503].includes(status)) return ['the document has no such operation'];
  const body = JSON.parse(text);
  const isGateways = status === 401 && contentType === 'application/json';
  // Frappe's clients get Frappe's errors, also from a path with a doctype "/", which the gateway decodes.
  const isFrappes = FRAPPE.test(path) && 'exc_type' in body;
  const schema = isFrappes ? 'FrappeException' : isGateways ? 'GatewayMessage' : 'Problem';
  return faultsOf(answers, `#/components/schemas/${schema}`, contentType, body);
}

function answerFaults({ responses }: OperationObject, { status, contentType, text }: Exchange): string[] {
  const response = responses[status];
  if (response === undefined) return ['the document has no such status'];
  const { content } = responseOf(document, response);
  if (content === undefined) return text === '' ? [] : ['there is a body'];
  const schema = content[mediaType(contentType)]?.schema;
  if (schema === undefined) return [`the document has no ${contentType} there`];
  if (!mediaType(contentType).endsWith('json')) return [];
  const body = JSON.parse(text);
  const faults = faultsOf(answers, schema.$ref, contentType, body);
  return status >= 400 && 'status' in body && body.status !== status
    ? [...faults, 'status is another']
    : faults;
}

function requestFaults(
  { requestBody, parameters = [] }: OperationObject,
  { request: { contentType, body } }: Exchange,
  query: string,
): string[] {
  const known = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  const unknown = [...new URLSearchParams(query).keys()].filter((name) => !known.includes(name));
  const faults = unknown.map((name) => `the document has no parameter ${name}, which was accepted`);
  if (requestBody === undefined || body === undefined || body === '') return faults;
  const schema = requestBody.content[mediaType(contentType)]?.schema;
  if (schema === undefined) return [...faults, `the document has no ${contentType}, which was accepted`];
  if (!mediaType(contentType).endsWith('json')) return faults;
  return [
    ...faults,
    ...faultsOf(requests, schema.$ref, contentType, sentValue(contentType, body)).map(
      (fault) => `the request was accepted although ${fault}`,
    ),
  ];
}

const sentValue = (contentType: string, body: string): unknown =>
  mediaType(contentType).endsWith('json') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));

const mediaType = (contentType: string | null) => contentType?.split(';')[0]?.trim().toLowerCase() ?? '';

type Validators = (ref: string) => ValidateFunction;

function faultsOf(
  validatorOf: Validators,
  ref: unknown,
  contentType: string | null,
  value: unknown,
): string[] {
  const validate = validatorOf(String(ref));
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath || contentType} ${message} ${JSON.stringify(params)}`,
  );
}

/** Return a function that compiles the validator of a reference once. */
function validators(document: OpenApiDocument, time: z.ZodType): Validators {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    formats: {
      'date-time': (text: string) => time.safeParse(text).success,
      base64: true,
      int64: true,
      uri: URL.canParse,
    },
  });
  ajv.addSchema({ $id: ID, components: document.components });
  const compiled = new Map<string, ValidateFunction>();
  return (ref) => {
    const known = compiled.get(ref) ?? ajv.compile({ $ref: ID + ref });
    compiled.set(ref, known);
    return known;
  };
}
