/**
 * Every route of the HTTP API, once, by its `operationId`: the stack creates the routes of this table, and the types of the
 * handlers and of the OpenAPI operations demand exactly these. Plain data without imports.
 */

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As API Gateway writes it: `/v1/projects/{project}`. */
  readonly path: string;
  /** Another spelling of the path. It is not documented. */
  readonly alias?: string;
  /**
   * The route's key if it is not made of method and path: `ANY …` gets each method, and `$default` every request that matches no
   * other route.
   */
  readonly key?: '$default' | `ANY ${string}`;
  /** Whether its function refuses requests without a key. The gateway refuses them elsewhere, in a form that Frappe's clients take for success. */
  readonly refusesStrangers?: true;
  /** The scope that a key needs. `any`: any valid key, and the handler checks the rest. `open`: no key at all. */
  readonly scope: 'admin' | 'manage' | 'publish' | 'read' | 'any' | 'open';
  /** The function behind it: a folder of `lambdas/`. */
  readonly function: string;
  /** Whether an admin's key may name a project that does not exist, so that a repeated deletion succeeds. */
  readonly projectMayBeGone?: true;
  /**
   * How its body is read. `optional-json`: an empty body is `{}`. `fields`: JSON, a form, or the query of a GET. Without this the
   * handler reads the text itself.
   */
  readonly body?: 'json' | 'optional-json' | 'fields';
  /** The parameters that its query may have. `lenient`: others are ignored, as the dialects do. @default none */
  readonly query?: readonly string[] | 'lenient';
}

/** Return the parameters that the query of a route may have. Only Ancrage's own API, which is below `/v1`, refuses others. */
export const parametersOf = ({
  path,
  query = [],
}: Pick<Route, 'path' | 'query'>): readonly string[] | 'lenient' =>
  path.startsWith('/v1/') ? query : 'lenient';

/** Of a list. */
const PAGE = ['limit', 'cursor'] as const;
const RANGE = ['since', 'until'] as const;

/** The methods that a route has: a HEAD gets the headers of the GET. */
export const methodsOf = ({ method }: Pick<Route, 'method'>): readonly string[] =>
  method === 'GET' ? ['GET', 'HEAD'] : [method];

/** The keys under which API Gateway knows a route. */
export const routeKeysOf = ({ key, method, path, alias }: Route): readonly string[] =>
  key === undefined
    ? [path, ...(alias === undefined ? [] : [alias])].flatMap((spelling) =>
        methodsOf({ method }).map((each) => `${each} ${spelling}`),
      )
    : [key];

const PROJECT = '/v1/projects/{project}';
const EVENT_TYPE = `${PROJECT}/event-types/{type}` as const;
const EVENT = `${PROJECT}/events/{id}` as const;
const SUBSCRIPTION = `${PROJECT}/subscriptions/{id}` as const;

/** One row of the table, with the types of its values. */
const route = <
  const Method extends Route['method'],
  const Path extends string,
  const Scope extends Route['scope'],
  const Name extends string,
  const More extends Omit<Partial<Route>, 'method' | 'path' | 'scope' | 'function'> = object,
>(
  method: Method,
  path: Path,
  scope: Scope,
  name: Name,
  more?: More,
) =>
  ({ method, path, scope, function: name, ...more }) as Readonly<
    { method: Method; path: Path; scope: Scope; function: Name } & More
  >;

/** A row of Frappe's API. */
const frappeRoute = <
  const Method extends Route['method'],
  const Path extends string,
  const Scope extends Route['scope'],
  const More extends Pick<Route, 'key'> = object,
>(
  method: Method,
  path: Path,
  scope: Scope,
  more?: More,
) =>
  route(method, path, scope, 'frappe', { refusesStrangers: true, ...more } as {
    refusesStrangers: true;
  } & More);

/** The first route of a function must stay the first: its logical id is part of the integration's. */
export const ROUTES = {
  createToken: route('POST', '/v1/Authenticate', 'open', 'authenticate', {
    alias: '/v1/authenticate',
    body: 'json',
    query: 'lenient',
  }),

  createProject: route('POST', '/v1/projects', 'admin', 'projects', { body: 'json' }),
  listProjects: route('GET', '/v1/projects', 'admin', 'projects', { query: PAGE }),
  getProject: route('GET', PROJECT, 'read', 'projects'),
  changeProject: route('PATCH', PROJECT, 'admin', 'projects', { body: 'json' }),
  deleteProject: route('DELETE', PROJECT, 'admin', 'projects', { projectMayBeGone: true }),
  getProjectUsage: route('GET', `${PROJECT}/usage`, 'read', 'projects'),
  createKey: route('POST', `${PROJECT}/keys`, 'manage', 'projects', { body: 'json' }),
  listKeys: route('GET', `${PROJECT}/keys`, 'manage', 'projects', { query: PAGE }),
  deleteKey: route('DELETE', `${PROJECT}/keys/{id}`, 'manage', 'projects'),
  getOwnKey: route('GET', '/v1/key', 'any', 'projects'),
  revokeToken: route('DELETE', '/v1/token', 'any', 'projects'),

  listEventTypes: route('GET', `${PROJECT}/event-types`, 'read', 'event-types', {
    query: ['includeArchived', ...PAGE],
  }),
  getEventType: route('GET', EVENT_TYPE, 'read', 'event-types'),
  putEventType: route('PUT', EVENT_TYPE, 'manage', 'event-types', { body: 'json' }),
  deleteEventType: route('DELETE', EVENT_TYPE, 'manage', 'event-types'),
  listSamples: route('GET', `${EVENT_TYPE}/samples`, 'read', 'event-types'),
  listPresets: route('GET', `${PROJECT}/presets`, 'read', 'event-types'),
  loadPreset: route('PUT', `${PROJECT}/presets/{preset}`, 'manage', 'event-types'),

  createSubscription: route('POST', `${PROJECT}/subscriptions`, 'manage', 'subscriptions', { body: 'json' }),
  listSubscriptions: route('GET', `${PROJECT}/subscriptions`, 'read', 'subscriptions', {
    query: ['name', 'event', 'enabled', 'state', ...PAGE],
  }),
  getSubscription: route('GET', SUBSCRIPTION, 'read', 'subscriptions'),
  changeSubscription: route('PATCH', SUBSCRIPTION, 'manage', 'subscriptions', { body: 'json' }),
  deleteSubscription: route('DELETE', SUBSCRIPTION, 'manage', 'subscriptions'),
  getSigningSecret: route('GET', `${SUBSCRIPTION}/secret`, 'manage', 'subscriptions'),
  rotateSigningSecret: route('POST', `${SUBSCRIPTION}/rotate-secret`, 'manage', 'subscriptions', {
    body: 'optional-json',
  }),
  resumeSubscription: route('POST', `${SUBSCRIPTION}/resume`, 'manage', 'subscriptions'),
  sendPendingDeliveries: route('POST', `${SUBSCRIPTION}/send-now`, 'manage', 'subscriptions'),
  listAttemptsOfSubscription: route('GET', `${SUBSCRIPTION}/attempts`, 'read', 'subscriptions', {
    query: ['outcome', 'type', ...RANGE, ...PAGE],
  }),
  listPendingDeliveries: route('GET', `${SUBSCRIPTION}/deliveries`, 'read', 'subscriptions', {
    query: ['state', ...PAGE],
  }),
  getSubscriptionStats: route('GET', `${SUBSCRIPTION}/stats`, 'read', 'subscriptions'),

  testSubscription: route('POST', `${SUBSCRIPTION}/test`, 'manage', 'trials', { body: 'optional-json' }),
  // A preview shows the signature, which a key that may only read must not have.
  previewSubscription: route('POST', `${SUBSCRIPTION}/preview`, 'manage', 'trials', {
    body: 'optional-json',
  }),
  previewSubscriptionDraft: route('POST', `${PROJECT}/subscriptions/preview`, 'manage', 'trials', {
    body: 'optional-json',
  }),

  publishEvents: route('POST', `${PROJECT}/events`, 'publish', 'publish', { body: 'json' }),

  listEvents: route('GET', `${PROJECT}/events`, 'read', 'event-log', { query: ['type', ...RANGE, ...PAGE] }),
  getEvent: route('GET', EVENT, 'read', 'event-log'),
  listAttempts: route('GET', `${PROJECT}/attempts`, 'read', 'event-log', {
    query: ['outcome', 'type', 'subscription', ...RANGE, ...PAGE],
  }),
  listAttemptsOfEvent: route('GET', `${EVENT}/attempts`, 'read', 'event-log', {
    query: ['subscription', 'outcome', ...RANGE, ...PAGE],
  }),
  listDeliveriesOfEvent: route('GET', `${EVENT}/deliveries`, 'read', 'event-log', {
    query: ['name', 'state', ...PAGE],
  }),
  getAttempt: route('GET', `${EVENT}/attempts/{attempt}`, 'read', 'event-log'),
  getProjectTraffic: route('GET', `${PROJECT}/traffic`, 'read', 'event-log', { query: RANGE }),
  getProjectSummary: route('GET', `${PROJECT}/summary`, 'read', 'event-log'),

  replaySubscription: route('POST', `${SUBSCRIPTION}/replay`, 'manage', 'replay', { body: 'json' }),
  getReplayJob: route('GET', `${SUBSCRIPTION}/jobs/{job}`, 'read', 'replay'),
  listReplayJobs: route('GET', `${SUBSCRIPTION}/jobs`, 'read', 'replay', { query: PAGE }),
  listJobs: route('GET', `${PROJECT}/jobs`, 'read', 'replay', { query: ['kind', 'state', ...PAGE] }),
  cancelReplayJob: route('DELETE', `${SUBSCRIPTION}/jobs/{job}`, 'manage', 'replay'),
  resendDeliveries: route('POST', `${PROJECT}/deliveries/resend`, 'manage', 'replay', { body: 'json' }),
  replayEvent: route('POST', `${EVENT}/replay`, 'manage', 'replay', { body: 'optional-json' }),

  eraseEventData: route('DELETE', `${EVENT}/data`, 'manage', 'erasures'),
  startErasure: route('POST', `${PROJECT}/erasures`, 'manage', 'erasures', { body: 'json' }),
  listErasures: route('GET', `${PROJECT}/erasures`, 'manage', 'erasures', { query: PAGE }),
  getErasure: route('GET', `${PROJECT}/erasures/{id}`, 'manage', 'erasures'),

  getOpenApiDocument: route('GET', '/openapi.json', 'open', 'openapi'),
  getOpenApi30Document: route('GET', '/openapi-3.0.json', 'open', 'openapi'),
  getReference: route('GET', '/docs', 'open', 'openapi'),

  // Weavy's paths are case-insensitive, which no key of a route can express.
  processEntryPoint: route('POST', '/v1/EntryPoints/{project}/process/', 'any', 'entry-points', {
    key: '$default',
    body: 'fields',
    query: 'lenient',
  }),

  listDocuments: frappeRoute('GET', '/api/resource/{doctype}', 'read'),
  createDocument: frappeRoute('POST', '/api/resource/{doctype}', 'manage'),
  getDocument: frappeRoute('GET', '/api/resource/{doctype}/{name}', 'read'),
  updateDocument: frappeRoute('PUT', '/api/resource/{doctype}/{name}', 'manage'),
  deleteDocument: frappeRoute('DELETE', '/api/resource/{doctype}/{name}', 'manage'),
  // Also Frappe's other versions of the API, and every spelling of its paths.
  callMethod: frappeRoute('POST', '/api/method/{method}', 'any', { key: 'ANY /api/{proxy+}' }),
  callCommand: frappeRoute('POST', '/', 'any', { key: 'ANY /' }),
} satisfies Readonly<Record<string, Route>>;

export type OperationId = keyof typeof ROUTES;

/** The functions behind the API. */
export type ApiFunction = (typeof ROUTES)[OperationId]['function'];
