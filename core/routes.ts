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
  /** The route's key if it is not made of method and path: `$default` gets every request that matches no other route. */
  readonly key?: '$default';
  /** The scope that a key needs. `any`: any valid key, and the handler checks the rest. `open`: no key at all. */
  readonly scope: 'admin' | 'manage' | 'publish' | 'read' | 'any' | 'open';
  /** The function behind it: a folder of `lambdas/`. */
  readonly function: string;
  /** Whether an admin's key may name a project that does not exist, so that a repeated deletion succeeds. */
  readonly projectMayBeGone?: true;
  /** How its body is read. `optional-json`: an empty body is `{}`. Without this the handler reads the text itself. */
  readonly body?: 'json' | 'optional-json';
}

/** The keys under which API Gateway knows a route. */
export const routeKeysOf = ({ key, method, path, alias }: Route): readonly string[] =>
  key === undefined
    ? [path, ...(alias === undefined ? [] : [alias])].map((spelling) => `${method} ${spelling}`)
    : [key];

const PROJECT = '/v1/projects/{project}';
const EVENT_TYPE = `${PROJECT}/event-types/{type}` as const;
const EVENT = `${PROJECT}/events/{id}` as const;
const SUBSCRIPTION = `${PROJECT}/subscriptions/{id}` as const;

/** The first route of a function must stay the first: its logical id is part of the integration's. */
export const ROUTES = {
  authenticate: {
    method: 'POST',
    path: '/v1/Authenticate',
    alias: '/v1/authenticate',
    scope: 'open',
    function: 'authenticate',
    body: 'json',
  },

  createProject: { method: 'POST', path: '/v1/projects', scope: 'admin', function: 'projects', body: 'json' },
  listProjects: { method: 'GET', path: '/v1/projects', scope: 'admin', function: 'projects' },
  getProject: { method: 'GET', path: PROJECT, scope: 'read', function: 'projects' },
  changeProject: { method: 'PATCH', path: PROJECT, scope: 'admin', function: 'projects', body: 'json' },
  deleteProject: {
    method: 'DELETE',
    path: PROJECT,
    scope: 'admin',
    function: 'projects',
    projectMayBeGone: true,
  },
  createKey: { method: 'POST', path: `${PROJECT}/keys`, scope: 'manage', function: 'projects', body: 'json' },
  listKeys: { method: 'GET', path: `${PROJECT}/keys`, scope: 'manage', function: 'projects' },
  deleteKey: { method: 'DELETE', path: `${PROJECT}/keys/{id}`, scope: 'manage', function: 'projects' },
  getOwnKey: { method: 'GET', path: '/v1/key', scope: 'any', function: 'projects' },

  listEventTypes: { method: 'GET', path: `${PROJECT}/event-types`, scope: 'read', function: 'event-types' },
  getEventType: { method: 'GET', path: EVENT_TYPE, scope: 'read', function: 'event-types' },
  putEventType: { method: 'PUT', path: EVENT_TYPE, scope: 'manage', function: 'event-types', body: 'json' },
  deleteEventType: { method: 'DELETE', path: EVENT_TYPE, scope: 'manage', function: 'event-types' },
  listSamples: { method: 'GET', path: `${EVENT_TYPE}/samples`, scope: 'read', function: 'event-types' },
  listPresets: { method: 'GET', path: `${PROJECT}/presets`, scope: 'read', function: 'event-types' },
  loadPreset: {
    method: 'PUT',
    path: `${PROJECT}/presets/{preset}`,
    scope: 'manage',
    function: 'event-types',
  },

  createSubscription: {
    method: 'POST',
    path: `${PROJECT}/subscriptions`,
    scope: 'manage',
    function: 'subscriptions',
    body: 'json',
  },
  listSubscriptions: {
    method: 'GET',
    path: `${PROJECT}/subscriptions`,
    scope: 'read',
    function: 'subscriptions',
  },
  getSubscription: { method: 'GET', path: SUBSCRIPTION, scope: 'read', function: 'subscriptions' },
  changeSubscription: {
    method: 'PATCH',
    path: SUBSCRIPTION,
    scope: 'manage',
    function: 'subscriptions',
    body: 'json',
  },
  deleteSubscription: { method: 'DELETE', path: SUBSCRIPTION, scope: 'manage', function: 'subscriptions' },
  getSecret: { method: 'GET', path: `${SUBSCRIPTION}/secret`, scope: 'manage', function: 'subscriptions' },
  rotateSecret: {
    method: 'POST',
    path: `${SUBSCRIPTION}/rotate-secret`,
    scope: 'manage',
    function: 'subscriptions',
    body: 'optional-json',
  },
  listAttemptsOfSubscription: {
    method: 'GET',
    path: `${SUBSCRIPTION}/attempts`,
    scope: 'read',
    function: 'subscriptions',
  },
  listPendingDeliveries: {
    method: 'GET',
    path: `${SUBSCRIPTION}/deliveries`,
    scope: 'read',
    function: 'subscriptions',
  },
  getSubscriptionStats: {
    method: 'GET',
    path: `${SUBSCRIPTION}/stats`,
    scope: 'read',
    function: 'subscriptions',
  },

  testSubscription: {
    method: 'POST',
    path: `${SUBSCRIPTION}/test`,
    scope: 'manage',
    function: 'trials',
    body: 'optional-json',
  },
  // A preview shows the signature, which a key that may only read must not have.
  previewSubscription: {
    method: 'POST',
    path: `${SUBSCRIPTION}/preview`,
    scope: 'manage',
    function: 'trials',
    body: 'optional-json',
  },
  previewDraft: {
    method: 'POST',
    path: `${PROJECT}/subscriptions/preview`,
    scope: 'manage',
    function: 'trials',
    body: 'optional-json',
  },

  publishEvents: {
    method: 'POST',
    path: `${PROJECT}/events`,
    scope: 'publish',
    function: 'publish',
    body: 'json',
  },

  listEvents: { method: 'GET', path: `${PROJECT}/events`, scope: 'read', function: 'event-log' },
  getEvent: { method: 'GET', path: EVENT, scope: 'read', function: 'event-log' },
  listAttemptsOfEvent: { method: 'GET', path: `${EVENT}/attempts`, scope: 'read', function: 'event-log' },
  getTraffic: { method: 'GET', path: `${PROJECT}/traffic`, scope: 'read', function: 'event-log' },

  replaySubscription: {
    method: 'POST',
    path: `${SUBSCRIPTION}/replay`,
    scope: 'manage',
    function: 'replay',
    body: 'json',
  },
  getReplayJob: { method: 'GET', path: `${SUBSCRIPTION}/jobs/{job}`, scope: 'read', function: 'replay' },
  replayEvent: {
    method: 'POST',
    path: `${EVENT}/replay`,
    scope: 'manage',
    function: 'replay',
    body: 'optional-json',
  },

  getOpenApiDocument: { method: 'GET', path: '/openapi.json', scope: 'open', function: 'openapi' },
  getReference: { method: 'GET', path: '/docs', scope: 'open', function: 'openapi' },

  // Weavy's paths are case-insensitive, which no key of a route can express.
  processEntryPoint: {
    method: 'POST',
    path: '/v1/EntryPoints/{project}/process/',
    key: '$default',
    scope: 'any',
    function: 'entry-points',
    body: 'json',
  },

  listDocuments: { method: 'GET', path: '/api/resource/{doctype}', scope: 'read', function: 'frappe' },
  createDocument: { method: 'POST', path: '/api/resource/{doctype}', scope: 'manage', function: 'frappe' },
  getDocument: { method: 'GET', path: '/api/resource/{doctype}/{name}', scope: 'read', function: 'frappe' },
  updateDocument: {
    method: 'PUT',
    path: '/api/resource/{doctype}/{name}',
    scope: 'manage',
    function: 'frappe',
  },
  deleteDocument: {
    method: 'DELETE',
    path: '/api/resource/{doctype}/{name}',
    scope: 'manage',
    function: 'frappe',
  },
} as const satisfies Readonly<Record<string, Route>>;

export type OperationId = keyof typeof ROUTES;

/** The functions behind the API. */
export type ApiFunction = (typeof ROUTES)[OperationId]['function'];
