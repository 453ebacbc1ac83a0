import middy from '@middy/core';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import type {
  APIGatewayProxyEventV2WithLambdaAuthorizer,
  APIGatewayProxyStructuredResultV2,
  Context,
} from 'aws-lambda';
import type { AuthorizerContext } from '../../core/contract.ts';
import {
  ForbiddenError,
  NotFoundError,
  TooLargeError,
  UnauthorizedError,
  UnavailableError,
} from '../../core/kernel/errors.ts';
import type { JsonDocument, JsonText } from '../../core/kernel/json-text.ts';
import { parseStrictJson } from '../../core/kernel/strict-json.ts';
import { hasScope, type Principal, type Scope } from '../../core/model/api-key.ts';
import { projectIdSchema } from '../../core/model/project-id.ts';
import type { ProjectStore } from '../../core/ports/project-store.ts';
import { type FailureForm, failures } from './failures.ts';
import type { FunctionLog } from './log.ts';
import { problemDetails } from './problem-details.ts';

export type ApiEvent = APIGatewayProxyEventV2WithLambdaAuthorizer<AuthorizerContext | null | undefined>;

const PATH_PARAMETERS = ['project', 'id', 'job', 'type', 'preset', 'doctype', 'name'] as const;

export interface ApiRequest {
  /** Parameters of the path. A route's function may rely on those that its key names. */
  readonly path: Readonly<Record<(typeof PATH_PARAMETERS)[number], string>>;
  readonly routeKey: string;
  readonly method: string;
  readonly rawPath: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body's JSON. @throws RequestError if its content type or its text is not JSON's, or not plain enough */
  readonly json: () => Promise<unknown>;
  /** The same with its text, for what is to be kept to the letter. */
  readonly document: () => Promise<JsonDocument>;
  /** The body as it came. */
  readonly text: string;
  readonly principal: Principal;
}

export interface ApiAnswer {
  readonly status: number;
  /** An object, or JSON text that is to arrive as it is. */
  readonly body?: object | JsonText;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  /** What a key must be allowed. `any`: any valid key; the route looks closer. */
  readonly scope: Scope | 'any';
  /** There need be no such project for an admin's key: deleting it again is fine. */
  readonly projectMayBeGone?: boolean;
  readonly run: (request: ApiRequest) => Promise<ApiAnswer>;
}

type Projects = Pick<ProjectStore, 'get'>;

export interface OpenApiOptions {
  readonly log: FunctionLog;
  /** @default 256 KB */
  readonly maxBodyBytes?: number;
  /** @default problem documents */
  readonly failureForm?: FailureForm;
}

export interface ApiOptions extends OpenApiOptions {
  /** Whose existence is checked where an admin's key names another project than its own. */
  readonly projects: Projects;
}

const NO_PARAMETERS = Object.fromEntries(PATH_PARAMETERS.map((name) => [name, ''])) as ApiRequest['path'];

/** No id of ours or of a publisher's is longer; DynamoDB would refuse a key of more than 1 or 2 KB. */
const MAX_ID_LENGTH = 256;

/** The routes of an API function by their route keys, as API Gateway names them: `GET /v1/projects/{project}`. */
export function api(options: ApiOptions, routes: Readonly<Record<string, Route>>) {
  return gatewayHandler(options, async (event, context) => {
    const route = routes[event.routeKey];
    if (route === undefined) throw new NotFoundError(`There is no route "${event.routeKey}".`);
    const principal = await authorize(options.projects, event, route);
    const { rawPath, queryStringParameters: query = {}, headers, requestContext } = event;
    const path = { ...NO_PARAMETERS, ...definedOnly(event.pathParameters) };
    const document = () => jsonDocument(event, context);
    return route.run({
      path,
      routeKey: event.routeKey,
      method: requestContext.http.method,
      rawPath,
      query,
      headers,
      json: async () => (await document()).value,
      document,
      text: bodyText(event),
      principal,
    });
  });
}

/** A route with a JSON body that anyone may call. */
export function openApi(options: OpenApiOptions, run: (body: unknown) => Promise<ApiAnswer>) {
  return gatewayHandler(options, async (event, context) => run((await jsonDocument(event, context)).value));
}

function gatewayHandler(
  { log, maxBodyBytes = 262_144, failureForm = problemDetails }: OpenApiOptions,
  run: (event: ApiEvent, context: Context) => Promise<ApiAnswer>,
) {
  return middy<ApiEvent, APIGatewayProxyStructuredResultV2>()
    .use(failures(log, failureForm))
    .handler(async (event, context) => {
      if (bodyBytes(event) > maxBodyBytes)
        throw new TooLargeError(`The body has more than ${maxBodyBytes} bytes.`);
      return toResult(await run(event, context));
    });
}

/** Whether it is JSON at all, and said to be: the parser looks at the content type and the syntax. */
const refuseOther = middy<ApiEvent, void>()
  .use(httpJsonBodyParser())
  .handler(async () => {});

/** A copy of the event goes in: the parser replaces the body, of which we want the text. */
async function jsonDocument(event: ApiEvent, context: Context): Promise<JsonDocument> {
  try {
    await refuseOther({ ...event }, context);
  } catch (error) {
    // It says that a name is forbidden; ours says where.
    if ((error as { statusCode?: unknown }).statusCode === 422) parseStrictJson(bodyText(event));
    throw error;
  }
  return parseStrictJson(bodyText(event));
}

/** The one place where scopes and projects are enforced. Another project's resource looks as if it did not exist. */
async function authorize(
  projects: Projects,
  event: ApiEvent,
  { scope, projectMayBeGone = false }: Route,
): Promise<Principal> {
  const principal = principalOf(event);
  // What has a name has rules of its own for how long that may be.
  const { project, type: _type, doctype: _doctype, name: _name, ...ids } = event.pathParameters ?? {};
  if (Object.values(ids).some((id) => (id?.length ?? 0) > MAX_ID_LENGTH))
    throw new NotFoundError('There is nothing with so long an id.');
  const mayBeGone = projectMayBeGone && hasScope(principal, 'admin');
  if (project !== undefined && !mayBeGone) await refuseOtherProject(projects, principal, project);
  if (scope !== 'any') refuseWithoutScope(principal, scope);
  return principal;
}

/** @throws NotFoundError if there is no such project, or it is not the principal's */
export async function refuseOtherProject(
  projects: Projects,
  principal: Principal,
  project: string,
): Promise<void> {
  if (principal.project === project) return;
  const exists =
    hasScope(principal, 'admin') &&
    projectIdSchema.safeParse(project).success &&
    (await projects.get(project)) !== null;
  if (!exists) throw new NotFoundError(`There is no project "${project}".`);
}

export function refuseWithoutScope(principal: Principal, scope: Scope): void {
  if (!hasScope(principal, scope)) throw new ForbiddenError(`This needs a key with the scope "${scope}".`);
}

function principalOf({ requestContext }: ApiEvent): Principal {
  const { keyId, project, scopes, unavailable } = requestContext.authorizer?.lambda ?? {};
  if (unavailable) throw new UnavailableError('Your key could not be looked up. Send the request again.');
  if (!keyId || !project || !scopes) {
    throw new UnauthorizedError('Send a valid API key or token: "Authorization: Bearer …".');
  }
  return { keyId, project, scopes: scopes.split(' ') as Scope[] };
}

const definedOnly = (parameters: ApiEvent['pathParameters']) =>
  parameters as Record<string, string> | undefined;
const bodyText = ({ body = '', isBase64Encoded }: ApiEvent) =>
  isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
const bodyBytes = ({ body = '', isBase64Encoded }: ApiEvent) =>
  Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8');

function toResult({ status, body, headers }: ApiAnswer): APIGatewayProxyStructuredResultV2 {
  if (body === undefined) return { statusCode: status, ...(headers && { headers: { ...headers } }) };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { statusCode: status, headers: { 'content-type': 'application/json', ...headers }, body: text };
}
