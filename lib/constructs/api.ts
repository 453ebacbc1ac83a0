import { Aws, Duration, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ENV, INDEX } from '../../core/contract.ts';
import type { StageConfig } from '../config.ts';
import { AncrageFunction, type AncrageFunctionProps } from './ancrage-function.ts';
import type { DataTable } from './data-table.ts';
import type { EgressNetwork } from './egress-network.ts';
import { HttpApi } from './http-api.ts';
import type { Pipeline } from './pipeline.ts';

export interface ApiProps {
  readonly config: StageConfig;
  readonly data: DataTable;
  readonly pipeline: Pipeline;
  readonly network: EgressNetwork | undefined;
}

const TEST = 'POST /v1/projects/{project}/subscriptions/{id}/test';

/** The API's functions, each with its routes and only the permissions that it needs on the table and the queues. */
export class Api {
  readonly http: HttpApi;

  constructor(scope: Construct, { config, data, pipeline, network }: ApiProps) {
    const lambda = (id: string, given: Omit<AncrageFunctionProps, 'config'>) =>
      new AncrageFunction(scope, id, { config, ...given });

    const authorize = lambda('Authorize', {
      name: 'authorize',
      description: 'Authorizer: resolves a bearer token to its key, project and scopes',
    });
    data.grant(authorize, 'GetItem');
    const http = new HttpApi(scope, 'Http', { config, authorizer: authorize });
    this.http = http;

    const authenticate = lambda('Authenticate', {
      name: 'authenticate',
      description: 'Issues a 12-hour token for an API key',
    });
    data.grant(authenticate, 'GetItem', 'PutItem');
    http.openRoute(authenticate, 'POST /v1/Authenticate', 'POST /v1/authenticate');

    const projects = lambda('Projects', {
      name: 'projects',
      description: 'Manages projects and their API keys',
    });
    data.grant(projects, 'GetItem', 'Query', 'PutItem', 'DeleteItem');
    http.route(
      projects,
      'POST /v1/projects',
      'GET /v1/projects',
      'GET /v1/projects/{project}',
      'PATCH /v1/projects/{project}',
      'DELETE /v1/projects/{project}',
      'POST /v1/projects/{project}/keys',
      'GET /v1/projects/{project}/keys',
      'DELETE /v1/projects/{project}/keys/{id}',
      'GET /v1/key',
    );

    const eventTypes = lambda('EventTypes', {
      name: 'event-types',
      description: 'Manages event types, their schemas, samples and presets',
    });
    data.grant(eventTypes, 'GetItem', 'Query', 'PutItem', 'DeleteItem');
    data.grantIndex(eventTypes, INDEX.log);
    http.route(
      eventTypes,
      'GET /v1/projects/{project}/event-types',
      'GET /v1/projects/{project}/event-types/{type}',
      'PUT /v1/projects/{project}/event-types/{type}',
      'DELETE /v1/projects/{project}/event-types/{type}',
      'GET /v1/projects/{project}/event-types/{type}/samples',
      'GET /v1/projects/{project}/presets',
      'PUT /v1/projects/{project}/presets/{preset}',
    );

    const subscriptions = lambda('Subscriptions', {
      name: 'subscriptions',
      description: 'Manages subscriptions and lists their attempts and deliveries',
    });
    data.grant(subscriptions, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');
    data.grantIndex(subscriptions, INDEX.log);
    subscriptions.addEnvironment(ENV.destinationPolicy, JSON.stringify(config.destinations));
    http.route(
      subscriptions,
      'POST /v1/projects/{project}/subscriptions',
      'GET /v1/projects/{project}/subscriptions',
      'GET /v1/projects/{project}/subscriptions/{id}',
      'PATCH /v1/projects/{project}/subscriptions/{id}',
      'DELETE /v1/projects/{project}/subscriptions/{id}',
      'GET /v1/projects/{project}/subscriptions/{id}/secret',
      'POST /v1/projects/{project}/subscriptions/{id}/rotate-secret',
      'GET /v1/projects/{project}/subscriptions/{id}/attempts',
      'GET /v1/projects/{project}/subscriptions/{id}/deliveries',
      'GET /v1/projects/{project}/subscriptions/{id}/stats',
    );

    const trials = lambda('Trials', {
      name: 'trials',
      description: 'Sends test requests and renders previews',
      // An HTTP API waits at most 30 s.
      timeout: Duration.seconds(29),
      network,
    });
    data.grant(trials, 'GetItem', 'Query', 'UpdateItem', 'BatchWriteItem');
    data.grantIndex(trials, INDEX.log);
    trials.addEnvironment(ENV.destinationPolicy, JSON.stringify(config.destinations));
    http.route(
      trials,
      TEST,
      'POST /v1/projects/{project}/subscriptions/{id}/preview',
      'POST /v1/projects/{project}/subscriptions/preview',
    );
    // A test request occupies an instance of the function until the hook URL responds.
    const { testRatePerSecond, testBurst } = config.throttling;
    http.throttle(TEST, testRatePerSecond, testBurst);

    const publish = lambda('Publish', {
      name: 'publish',
      description: 'Accepts events over HTTPS and sends them to the events queue',
    });
    data.grant(publish, 'GetItem', 'Query');
    pipeline.events.grantSend(publish, ENV.eventsQueueUrl);
    http.route(publish, 'POST /v1/projects/{project}/events');

    const eventLog = lambda('EventLog', {
      name: 'event-log',
      description: 'Lists published events, their attempts and traffic',
    });
    data.grant(eventLog, 'GetItem', 'Query');
    data.grantIndex(eventLog, INDEX.log);
    http.route(
      eventLog,
      'GET /v1/projects/{project}/events',
      'GET /v1/projects/{project}/events/{id}',
      'GET /v1/projects/{project}/events/{id}/attempts',
      'GET /v1/projects/{project}/traffic',
    );

    const replay = lambda('Replay', {
      name: 'replay',
      description: 'Starts replays and reports their progress',
    });
    data.grant(replay, 'GetItem', 'PutItem');
    pipeline.retries.grantSend(replay, ENV.retriesQueueUrl);
    pipeline.events.grantSend(replay, ENV.eventsQueueUrl);
    http.route(
      replay,
      'POST /v1/projects/{project}/subscriptions/{id}/replay',
      'GET /v1/projects/{project}/subscriptions/{id}/jobs/{job}',
      'POST /v1/projects/{project}/events/{id}/replay',
    );

    const openApi = lambda('OpenApi', {
      name: 'openapi',
      description: 'Serves the OpenAPI document and the API reference',
    });
    http.openRoute(openApi, 'GET /openapi.json', 'GET /docs');

    // Weavy's paths are case-insensitive, which a route key cannot express, so $default routes to its function.
    const entryPoints = lambda('EntryPoints', {
      name: 'entry-points',
      description: "Serves Weavy's REST hooks, and 404 for every unknown path",
    });
    data.grant(entryPoints, 'GetItem', 'PutItem', 'DeleteItem');
    data.grantIndex(entryPoints, INDEX.log);
    entryPoints.addEnvironment(ENV.destinationPolicy, JSON.stringify(config.destinations));
    http.route(entryPoints, '$default');

    const frappe = lambda('Frappe', {
      name: 'frappe',
      description: "Serves Frappe's REST API for webhooks and their request log",
      // It filters and sorts lists of up to 5000 subscriptions in memory.
      memorySize: 512,
    });
    data.grant(frappe, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');
    data.grantIndex(frappe, INDEX.log);
    frappe.addEnvironment(ENV.destinationPolicy, JSON.stringify(config.destinations));
    http.route(
      frappe,
      'GET /api/resource/{doctype}',
      'POST /api/resource/{doctype}',
      'GET /api/resource/{doctype}/{name}',
      'PUT /api/resource/{doctype}/{name}',
      'DELETE /api/resource/{doctype}/{name}',
    );

    projects.addEnvironment(ENV.retentionDays, String(config.retentionDays));

    // The UUID in the stack's id keys the cursors and the stored idempotent responses: it differs for each stack, and
    // needs neither a resource nor a secret in the repository.
    const stackKey = Fn.select(2, Fn.split('/', Aws.STACK_ID));
    for (const fn of [projects, eventTypes, subscriptions, eventLog])
      fn.addEnvironment(ENV.stackKey, stackKey);
  }
}
