import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { OriginCheck } from '../../core/auth/origin-check.ts';
import { NotFoundError } from '../../core/kernel/errors.ts';
import type { AuthorityStore } from '../../core/ports/authority-store.ts';
import { type ApiFunction, ROUTES, type Route, routeKeysOf } from '../../core/routes.ts';
import { type AuthorizationPorts, authorization } from './authorization.ts';
import { bodyText, jsonBody } from './body.ts';
import { type FailureForm, failures } from './failures.ts';
import type { CheckedRun, Handlers, OpenFunction } from './handlers.ts';
import { languages } from './languages.ts';
import type { FunctionLog } from './log.ts';
import type { FunctionMetrics } from './metrics.ts';
import { outsiders } from './outsiders.ts';
import { problemDetails } from './problem-details.ts';
import { knownParameters } from './query.ts';
import { type ApiAnswer, type ApiEvent, type ApiRequest, toRequest, toResult } from './request.ts';
import { securityHeaders } from './security-headers.ts';
import { type Telemetry, writtenAtEnd } from './telemetry.ts';

export interface OpenApiOptions {
  readonly log: FunctionLog;
  /** Written when a request ends. @default the function has no metrics */
  readonly metrics?: FunctionMetrics;
  /** Sent when a request ends. @default the function records no spans */
  readonly tracing?: Telemetry['tracing'];
  /** @default 256 KB */
  readonly maxBodyBytes?: number;
  /** @default problem documents */
  readonly failureForm?: FailureForm;
  /** Runs before the body is read. */
  readonly first?: Middleware;
  /** Checks open routes; the authorizer checks all others. @default requests may come from anywhere */
  readonly cameThroughCloudFront?: OriginCheck | undefined;
}

export type ApiOptions = OpenApiOptions & AuthorizationPorts;

/** Return the handler of a function of the API: one middy chain for each of its rows in `core/routes.ts`. */
export const api = <Name extends ApiFunction>(name: Name, options: ApiOptions, handlers: Handlers<Name>) =>
  gatewayHandler(name, options, handlers, (row) => [authorization(options, row)], options.authorities);

/** Return the handler of a function whose routes need no key. */
export const openApi = <Name extends OpenFunction>(
  name: Name,
  options: OpenApiOptions,
  handlers: Handlers<Name>,
) => gatewayHandler(name, options, handlers, () => []);

type Result = APIGatewayProxyStructuredResultV2;
type Middleware = middy.MiddlewareObj<ApiEvent, Result>;
/** A handler of any route. */
type AnyHandler = ((request: ApiRequest) => Promise<ApiAnswer>) | CheckedRun<ApiRequest, ApiRequest>;

function gatewayHandler(
  name: ApiFunction,
  options: OpenApiOptions,
  handlers: Readonly<Record<string, unknown>>,
  access: (row: Route) => Middleware[],
  authorities?: AuthorityStore,
) {
  const chains = Object.entries<Route>(ROUTES)
    .filter(([, row]) => row.function === name)
    .flatMap(([id, row]) => {
      const handler = handlers[id] as AnyHandler;
      const chain = routeChain(options, row, access(row), handler, authorities);
      return routeKeysOf(row).map((key) => [key, chain] as const);
    });
  const byKey = new Map(chains);
  // During a deployment, a route may exist before its function is updated.
  const unknown = begin(options).handler(async ({ routeKey }) => {
    throw new NotFoundError(`There is no route "${routeKey}".`);
  });
  return (event: ApiEvent, context: Context): Promise<Result> => {
    // A HEAD is answered as the GET, cursors of which are bound to its key. The gateway leaves out the body.
    const routeKey = event.routeKey.replace(/^HEAD /, 'GET ');
    return (byKey.get(routeKey) ?? unknown)({ ...event, routeKey }, context);
  };
}

function routeChain(
  options: OpenApiOptions,
  row: Route,
  access: Middleware[],
  handler: AnyHandler,
  authorities?: AuthorityStore,
) {
  const { check, run } = typeof handler === 'function' ? { check: undefined, run: handler } : handler;
  const chain = begin(options).use(access).use(knownParameters(row));
  if (check !== undefined)
    chain.before(async ({ event }) => {
      event.checked = await check(toRequest(event));
    });
  if (row.body !== undefined) chain.use(jsonBody(row.body));
  return chain.handler(async (event) => {
    const answer = () => run(toRequest(event), event.checked as never);
    const { authority } = event;
    return toResult(await (authority && authorities ? authorities.during(authority, answer) : answer()));
  });
}

const begin = ({
  log,
  metrics,
  tracing,
  failureForm = problemDetails,
  maxBodyBytes = 262_144,
  first,
  cameThroughCloudFront,
}: OpenApiOptions) =>
  middy<ApiEvent, Result>()
    .use(metrics === undefined ? [] : writtenAtEnd<ApiEvent, Result>(metrics, tracing))
    .use(securityHeaders())
    .use(languages())
    .use(failures(log, failureForm, metrics))
    .use(outsiders(cameThroughCloudFront))
    .use(first ?? [])
    .use(bodyText(maxBodyBytes));
