import type {
  APIGatewayProxyEventV2WithLambdaAuthorizer,
  APIGatewayProxyStructuredResultV2,
} from 'aws-lambda';
import type { AuthorizerContext } from '../../core/contract.ts';
import type { JsonDocument, JsonText } from '../../core/kernel/json-text.ts';
import type { Principal } from '../../core/model/api-key.ts';
import type { Authority } from '../../core/ports/authority-store.ts';
import { type Speech, speechOf } from './languages.ts';

type GatewayEvent = APIGatewayProxyEventV2WithLambdaAuthorizer<AuthorizerContext | null | undefined>;

/** The gateway's event, with the properties that the middlewares of a route's chain add. */
export interface ApiEvent extends Omit<GatewayEvent, 'body'> {
  /** The body's text; behind the parser, its JSON value. */
  body?: unknown;
  /** The body's text. */
  text?: string;
  json?: JsonDocument;
  /** The language that the caller reads. */
  speech?: Speech;
  principal?: Principal;
  /** What the request may change rests on; none if it only reads or publishes. */
  authority?: Authority;
  /** The result of the check of a {@link CheckedRun}. */
  checked?: unknown;
}

/** A request as handlers get it. The row of its route decides whether it has a `principal` and `json`. */
export interface ApiRequest {
  /** The parameters of the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly routeKey: string;
  readonly method: string;
  readonly rawPath: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly principal?: Principal;
  /** The language that the caller reads. */
  readonly speech: Speech;
  /** The body as it was sent. */
  readonly text: string;
  /** The body's JSON, with its text for data that must be kept exactly. */
  readonly json?: JsonDocument;
}

export interface ApiAnswer {
  readonly status: number;
  /** An object, or text that is sent as it is. */
  readonly body?: object | JsonText;
  readonly headers?: Readonly<Record<string, string>>;
}

export function toRequest(event: ApiEvent): ApiRequest {
  const { routeKey, rawPath, headers, queryStringParameters: query = {}, text = '', json, principal } = event;
  const path = (event.pathParameters ?? {}) as ApiRequest['path'];
  return {
    ...{ path, routeKey, method: event.requestContext.http.method, rawPath, query, headers, text },
    speech: speechOf(event),
    ...(principal && { principal }),
    ...(json && { json }),
  };
}

export function toResult({ status, body, headers }: ApiAnswer): APIGatewayProxyStructuredResultV2 {
  if (body === undefined) return { statusCode: status, ...(headers && { headers: { ...headers } }) };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { statusCode: status, headers: { 'content-type': 'application/json', ...headers }, body: text };
}
