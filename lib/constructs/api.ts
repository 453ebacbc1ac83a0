import { Aws, Duration, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ENV, INDEX } from '../../core/contract.ts';
import { type ApiFunction, ROUTES } from '../../core/routes.ts';
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

/** The API's functions, each with its routes and just what it needs of the table and the queues. */
export class Api {
  readonly http: HttpApi;

  constructor(scope: Construct, { config, data, pipeline, network }: ApiProps) {
    const lambda = (id: string, given: Omit<AncrageFunctionProps, 'config'>) =>
      new AncrageFunction(scope, id, { config, ...given });

    const authorize = lambda('Authorize', {
      name: 'authorize',
      description: 'Bearer token to key, project and scopes',
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
      description: 'A 12-hour token for a key',
    });
    data.grant(authenticate, 'GetItem', 'PutItem');

    const projects = routed('Projects', { name: 'projects', description: 'Projects and their keys' });
    data.grant(projects, 'GetItem', 'Query', 'PutItem', 'DeleteItem');

    const eventTypes = routed('EventTypes', {
      name: 'event-types',
      description: 'Event types, their schemas and samples',
    });
    data.grant(eventTypes, 'GetItem', 'Query', 'PutItem', 'DeleteItem');
    data.grantIndex(eventTypes, INDEX.log);

    const subscriptions = routed('Subscriptions', {
      name: 'subscriptions',
      description: 'Subscriptions and their attempts',
    });
    data.grant(subscriptions, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');
    data.grantIndex(subscriptions, INDEX.log);
    subscriptions.addEnvironment(ENV.destinationPolicy, JSON.stringify(config.destinations));

    const trials = routed('Trials', {
      name: 'trials',
      description: 'Subscriptions tried: tests and previews',
      // An HTTP API waits for 30 s at most.
      timeout: Duration.seconds(29),
      network,
    });
    data.grant(trials, 'GetItem', 'Query', 'UpdateItem', 'BatchWriteItem');
    data.grantIndex(trials, INDEX.log);
    trials.addEnvironment(ENV.destinationPolicy, JSON.stringify(config.destinations));
    // Each holds a copy of the function for as long as a hook URL takes.
    const { testRatePerSecond, testBurst } = config.throttling;
    http.throttle(ROUTES.testSubscription, testRatePerSecond, testBurst);

    const publish = routed('Publish', {
      name: 'publish',
      description: 'Events over HTTPS to the events queue',
    });
    data.grant(publish, 'GetItem', 'Query');
    pipeline.events.grantSend(publish, ENV.eventsQueueUrl);

    const eventLog = routed('EventLog', {
      name: 'event-log',
      description: 'Published events and their attempts',
    });
    data.grant(eventLog, 'GetItem', 'Query');
    data.grantIndex(eventLog, INDEX.log);

    const replay = routed('Replay', { name: 'replay', description: 'Deliveries made again' });
    data.grant(replay, 'GetItem', 'PutItem');
    pipeline.retries.grantSend(replay, ENV.retriesQueueUrl);
    pipeline.events.grantSend(replay, ENV.eventsQueueUrl);

    routed('OpenApi', {
      name: 'openapi',
      description: 'What the API is, for programs and people',
    });

    const entryPoints = routed('EntryPoints', {
      name: 'entry-points',
      description: "Weavy's REST hooks, and 404 for the rest",
    });
    data.grant(entryPoints, 'GetItem', 'PutItem', 'DeleteItem');
    data.grantIndex(entryPoints, INDEX.log);
    entryPoints.addEnvironment(ENV.destinationPolicy, JSON.stringify(config.destinations));

    const frappe = routed('Frappe', {
      name: 'frappe',
      description: "Frappe's REST API: webhooks and their request log",
      // Its lists are made in memory, of up to 5000 subscriptions.
      memorySize: 512,
    });
    data.grant(frappe, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');
    data.grantIndex(frappe, INDEX.log);
    frappe.addEnvironment(ENV.destinationPolicy, JSON.stringify(config.destinations));

    projects.addEnvironment(ENV.retentionDays, String(config.retentionDays));

    // The UUID in the stack's id: no secret of the repository's, no resource of its own, and another for each stack.
    const stackKey = Fn.select(2, Fn.split('/', Aws.STACK_ID));
    for (const fn of [projects, eventTypes, subscriptions, eventLog])
      fn.addEnvironment(ENV.stackKey, stackKey);
  }
}
