import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ENV, INDEX } from '../../core/contract.ts';
import { type ApiFunction, ROUTES } from '../../core/routes.ts';
import type { StageConfig } from '../config.ts';
import { AncrageFunction, type AncrageFunctionProps } from './ancrage-function.ts';
import type { Action, DataTable } from './data-table.ts';
import type { FunctionNetwork } from './function-network.ts';
import { HttpApi } from './http-api.ts';
import type { LargeBodies } from './large-bodies.ts';
import type { OriginSecret } from './origin-secret.ts';
import type { Pipeline } from './pipeline.ts';
import { stackKey } from './stack-key.ts';

export interface ApiProps {
  readonly config: StageConfig;
  readonly data: DataTable;
  readonly bodies: LargeBodies;
  readonly pipeline: Pipeline;
  readonly network: FunctionNetwork | undefined;
  /** @default requests may come from anywhere */
  readonly originSecret: OriginSecret | undefined;
}

/** The actions with which a function that changes something confirms the caller's key and project (`AuthorityStore`). */
const CHANGING: readonly Action[] = ['BatchGetItem', 'ConditionCheckItem'];

/** The API's functions, each with its routes and only the permissions that it needs on the table and the queues. */
export class Api {
  readonly http: HttpApi;
  /** The functions that requests reach first: the authorizer, and those with open routes. */
  readonly entrances: readonly AncrageFunction[];
  /** Serves the description of the API. */
  readonly openApi: AncrageFunction;

  constructor(scope: Construct, { config, data, bodies, pipeline, network, originSecret }: ApiProps) {
    const lambda = (id: string, given: Omit<AncrageFunctionProps, 'config'>) =>
      new AncrageFunction(scope, id, { config, answersRequests: true, ...given });

    const authorize = lambda('Authorize', {
      name: 'authorize',
      description: 'Authorizer: resolves a bearer token to its key, project and scopes',
      reservedConcurrency: config.reservedConcurrency.authorize,
    });
    data.grant(authorize, 'GetItem');
    const http = new HttpApi(scope, 'Http', { config, authorizer: authorize });
    this.http = http;
    const routed = (
      id: string,
      given: Omit<AncrageFunctionProps, 'config'> & { readonly name: ApiFunction },
    ) => {
      const fn = lambda(id, given);
      http.addRoutes(fn, given.name);
      return fn;
    };

    const authenticate = routed('Authenticate', {
      name: 'authenticate',
      description: 'Issues a 12-hour token for an API key',
    });
    data.grant(authenticate, 'GetItem', 'PutItem', 'ConditionCheckItem');

    const projects = routed('Projects', {
      name: 'projects',
      description: 'Manages projects and their API keys',
    });
    data.grant(projects, ...CHANGING, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');

    const eventTypes = routed('EventTypes', {
      name: 'event-types',
      description: 'Manages event types, their schemas, samples and presets',
    });
    data.grant(eventTypes, ...CHANGING, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');
    data.grantIndex(eventTypes, INDEX.log);

    const subscriptions = routed('Subscriptions', {
      name: 'subscriptions',
      description: 'Manages subscriptions and lists their attempts and deliveries',
    });
    data.grant(subscriptions, ...CHANGING, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');
    data.grantIndex(subscriptions, INDEX.log);
    subscriptions.addEnvironment(ENV.destinationPolicy, JSON.stringify(config.destinations));

    const trials = routed('Trials', {
      name: 'trials',
      description: 'Sends test requests and renders previews',
      // An HTTP API waits at most 30 s.
      timeout: Duration.seconds(29),
      network,
    });
    data.grant(trials, ...CHANGING, 'GetItem', 'Query', 'UpdateItem', 'BatchWriteItem');
    data.grantIndex(trials, INDEX.log);
    trials.addEnvironment(ENV.destinationPolicy, JSON.stringify(config.destinations));
    // A test request occupies an instance of the function until the hook URL responds.
    const { testRatePerSecond, testBurst } = config.throttling;
    http.throttle(ROUTES.testSubscription, testRatePerSecond, testBurst);

    for (const fn of [subscriptions, trials]) pipeline.pumps.grantSend(fn, ENV.pumpsQueueUrl);

    const publish = routed('Publish', {
      name: 'publish',
      description: 'Accepts events over HTTPS and sends them to fan-out',
      inCanary: true,
      reservedConcurrency: config.reservedConcurrency.publish,
    });
    data.grant(publish, 'GetItem', 'Query', 'UpdateItem');
    pipeline.grantSendInternal(publish);
    bodies.grantSend(publish);

    const eventLog = routed('EventLog', {
      name: 'event-log',
      description: 'Lists published events, their attempts and traffic',
    });
    data.grant(eventLog, 'GetItem', 'BatchGetItem', 'Query');
    data.grantIndex(eventLog, INDEX.log);

    const replay = routed('Replay', {
      name: 'replay',
      description: 'Starts replays, reports their progress and cancels them',
    });
    data.grant(replay, ...CHANGING, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');
    pipeline.retries.grantSend(replay, ENV.retriesQueueUrl);
    pipeline.grantSendInternal(replay);
    pipeline.pumps.grantSend(replay, ENV.pumpsQueueUrl);

    const erasures = routed('Erasures', {
      name: 'erasures',
      description: 'Erases the data of events, and starts the erasure of an actor',
    });
    data.grant(erasures, ...CHANGING, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'BatchWriteItem');
    bodies.grantErase(erasures);
    pipeline.retries.grantSend(erasures, ENV.retriesQueueUrl);

    this.openApi = routed('OpenApi', {
      name: 'openapi',
      description: 'Serves the OpenAPI document and the API reference',
    });
    this.entrances = [authorize, authenticate, this.openApi];
    for (const fn of this.entrances) originSecret?.guard(fn);

    // Weavy's paths are case-insensitive, which a route key cannot express, so $default routes to its function.
    const entryPoints = routed('EntryPoints', {
      name: 'entry-points',
      description: "Serves Weavy's REST hooks, and 404 or 405 for every other request",
    });
    data.grant(entryPoints, ...CHANGING, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');
    data.grantIndex(entryPoints, INDEX.log);
    entryPoints.addEnvironment(ENV.destinationPolicy, JSON.stringify(config.destinations));

    const frappe = routed('Frappe', {
      name: 'frappe',
      description: "Serves Frappe's REST API for webhooks and their request log",
      // It filters and sorts lists of up to 5000 subscriptions in memory.
      memorySize: 512,
    });
    data.grant(frappe, ...CHANGING, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');
    data.grantIndex(frappe, INDEX.log);
    pipeline.pumps.grantSend(frappe, ENV.pumpsQueueUrl);
    frappe.addEnvironment(ENV.destinationPolicy, JSON.stringify(config.destinations));

    for (const fn of [eventTypes, subscriptions, trials, eventLog, replay, erasures, entryPoints, frappe])
      bodies.grantReadEvents(fn);
    for (const fn of [projects, subscriptions, trials, eventLog, replay, erasures, entryPoints, frappe])
      data.grantSecrets(fn);
    for (const fn of [projects, subscriptions, entryPoints, frappe])
      fn.addEnvironment(ENV.maxSubscriptionsPerProject, String(config.maxSubscriptionsPerProject));
    projects.addEnvironment(ENV.retentionDays, String(config.retentionDays));

    for (const fn of [projects, eventTypes, subscriptions, eventLog, replay, erasures])
      fn.addEnvironment(ENV.stackKey, stackKey());
  }
}
