import { Aws, CfnOutput, Duration, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { BATCH_SIZE, ENV, INDEX, MAX_EVENT_RECEIVES } from '../core/contract.ts';
import type { StageConfig } from './config.ts';
import { AncrageFunction, type AncrageFunctionProps } from './constructs/ancrage-function.ts';
import { Console } from './constructs/console.ts';
import { DataTable } from './constructs/data-table.ts';
import { HttpApi } from './constructs/http-api.ts';
import { WorkQueue } from './constructs/work-queue.ts';

export interface AncrageStackProps extends StackProps {
  readonly config: StageConfig;
}

/**
 * Publish → events queue → fan-out → deliveries queue → deliver → hook URL, with the retries queue and the sweeper
 * for what must be tried again, and the HTTP API beside it. `docs/architecture.md` has the diagram.
 */
export class AncrageStack extends Stack {
  constructor(scope: Construct, id: string, { config, ...props }: AncrageStackProps) {
    super(scope, id, props);
    const lambda = (id: string, given: Omit<AncrageFunctionProps, 'config'>) =>
      new AncrageFunction(this, id, { config, ...given });
    const fanOutTimeout = Duration.seconds(30);
    // The longest attempt is 30 s, and an attempt's outcome must still be recorded after it.
    const deliverTimeout = Duration.seconds(60);

    const data = new DataTable(this, 'Data', { retain: config.retainData, tableName: config.tableName });
    const events = new WorkQueue(this, 'Events', {
      workerTimeout: fanOutTimeout,
      maxReceives: MAX_EVENT_RECEIVES,
    });
    events.allowAwsPublishers();
    const deliveries = new WorkQueue(this, 'Deliveries', { workerTimeout: deliverTimeout });
    const retries = new WorkQueue(this, 'Retries', { workerTimeout: deliverTimeout });

    // The pipeline
    const fanOut = lambda('FanOut', {
      name: 'fan-out',
      description: 'Events to deliveries',
      timeout: fanOutTimeout,
      // A batch of ten large events with hundreds of subscriptions each.
      memorySize: 1024,
    });
    events.addWorker(fanOut, { batchSize: BATCH_SIZE.events, concurrency: config.concurrency.events });
    data.grant(fanOut, 'GetItem', 'Query', 'PutItem');
    deliveries.grantSend(fanOut, ENV.deliveriesQueueUrl);
    retries.grantSend(fanOut, ENV.retriesQueueUrl);
    events.grantSend(fanOut, ENV.eventsQueueUrl);
    events.grantSendToDeadLetterQueue(fanOut, ENV.eventsDeadLetterQueueUrl);
    if (config.defaultProject !== undefined) fanOut.addEnvironment(ENV.defaultProject, config.defaultProject);

    const deliver = lambda('Deliver', {
      name: 'deliver',
      description: 'Deliveries to hook URLs',
      timeout: deliverTimeout,
      memorySize: 512,
    });
    deliveries.addWorker(deliver, {
      batchSize: BATCH_SIZE.deliveries,
      concurrency: config.concurrency.deliveries,
    });
    retries.addWorker(deliver, { batchSize: BATCH_SIZE.retries, concurrency: config.concurrency.retries });
    data.grant(deliver, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem');
    data.grantIndex(deliver, INDEX.log);
    retries.grantSend(deliver, ENV.retriesQueueUrl);
    events.grantSend(deliver, ENV.eventsQueueUrl);
    deliver.addEnvironment(ENV.destinationPolicy, JSON.stringify(config.destinations));
    // Name look-ups wait for name servers in libuv's threads, of which they get half of four: a few silent name servers
    // would hold up every other delivery.
    deliver.addEnvironment('UV_THREADPOOL_SIZE', '64');

    const sweep = lambda('Sweep', {
      name: 'sweep',
      description: 'Due work to the retries queue',
      timeout: Duration.seconds(55),
    });
    new Rule(this, 'EachMinute', {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(sweep, { retryAttempts: 0 })],
    });
    // A sweep that failed is made good by the next, not by a second one beside it.
    sweep.configureAsyncInvoke({ retryAttempts: 0 });
    data.grant(sweep, 'UpdateItem');
    data.grantIndex(sweep, INDEX.due);
    retries.grantSend(sweep, ENV.retriesQueueUrl);

    // The API
    const authorize = lambda('Authorize', {
      name: 'authorize',
      description: 'Bearer token to key, project and scopes',
    });
    data.grant(authorize, 'GetItem');
    const http = new HttpApi(this, 'Http', { authorizer: authorize });

    const authenticate = lambda('Authenticate', {
      name: 'authenticate',
      description: 'A 12-hour token for a key',
    });
    data.grant(authenticate, 'GetItem', 'PutItem');
    http.openRoute(authenticate, 'POST /v1/Authenticate', 'POST /v1/authenticate');

    const projects = lambda('Projects', { name: 'projects', description: 'Projects and their keys' });
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
      description: 'Event types, their schemas and samples',
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
      description: 'Subscriptions and their attempts',
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
      description: 'Subscriptions tried: tests and previews',
      // An HTTP API waits for 30 s at most.
      timeout: Duration.seconds(29),
    });
    data.grant(trials, 'GetItem', 'Query', 'UpdateItem', 'BatchWriteItem');
    data.grantIndex(trials, INDEX.log);
    trials.addEnvironment(ENV.destinationPolicy, JSON.stringify(config.destinations));
    http.route(
      trials,
      'POST /v1/projects/{project}/subscriptions/{id}/test',
      'POST /v1/projects/{project}/subscriptions/{id}/preview',
      'POST /v1/projects/{project}/subscriptions/preview',
    );

    const publish = lambda('Publish', {
      name: 'publish',
      description: 'Events over HTTPS to the events queue',
    });
    data.grant(publish, 'GetItem', 'Query');
    events.grantSend(publish, ENV.eventsQueueUrl);
    http.route(publish, 'POST /v1/projects/{project}/events');

    const eventLog = lambda('EventLog', {
      name: 'event-log',
      description: 'Published events and their attempts',
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

    const replay = lambda('Replay', { name: 'replay', description: 'Deliveries made again' });
    data.grant(replay, 'GetItem', 'Query', 'PutItem');
    retries.grantSend(replay, ENV.retriesQueueUrl);
    events.grantSend(replay, ENV.eventsQueueUrl);
    http.route(
      replay,
      'POST /v1/projects/{project}/subscriptions/{id}/replay',
      'GET /v1/projects/{project}/subscriptions/{id}/jobs/{job}',
      'POST /v1/projects/{project}/events/{id}/replay',
    );

    const openApi = lambda('OpenApi', {
      name: 'openapi',
      description: 'What the API is, for programs and people',
    });
    http.openRoute(openApi, 'GET /openapi.json', 'GET /docs');

    // Weavy's paths are case-insensitive, which no route key can say, so its function sees whatever is left over.
    const entryPoints = lambda('EntryPoints', {
      name: 'entry-points',
      description: "Weavy's REST hooks, and 404 for the rest",
    });
    data.grant(entryPoints, 'GetItem', 'PutItem', 'DeleteItem');
    data.grantIndex(entryPoints, INDEX.log);
    entryPoints.addEnvironment(ENV.destinationPolicy, JSON.stringify(config.destinations));
    http.route(entryPoints, '$default');

    const frappe = lambda('Frappe', {
      name: 'frappe',
      description: "Frappe's REST API: webhooks and their request log",
      // Its lists are made in memory, of up to 5000 subscriptions.
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

    const console = new Console(this, 'Console', { config, api: http.api });

    // The UUID in the stack's id: no secret of the repository's, no resource of its own, and another for each stack.
    const stackKey = Fn.select(2, Fn.split('/', Aws.STACK_ID));
    for (const fn of [projects, eventTypes, subscriptions, eventLog])
      fn.addEnvironment(ENV.stackKey, stackKey);

    new CfnOutput(this, 'ApiUrl', { value: http.api.apiEndpoint, description: 'Base URL of the API' });
    new CfnOutput(this, 'ConsoleUrl', {
      value: `https://${console.distribution.domainName}`,
      description: 'The web console, and the API behind the same host',
    });
    new CfnOutput(this, 'EventsQueueUrl', { value: events.queue.queueUrl, description: 'Send events here' });
    new CfnOutput(this, 'EventsQueueArn', {
      value: events.queue.queueArn,
      description: 'Grant sqs:SendMessage on this',
    });
    const forAdmin = (name: string, value: string) =>
      new CfnOutput(this, name, { value, description: 'For npm run admin' });
    forAdmin('TableName', data.table.tableName);
    forAdmin('DeliveriesQueueUrl', deliveries.queue.queueUrl);
    forAdmin('RetriesQueueUrl', retries.queue.queueUrl);
    forAdmin('EventsDeadLetterQueueUrl', events.deadLetterQueue.queueUrl);
    forAdmin('DeliveriesDeadLetterQueueUrl', deliveries.deadLetterQueue.queueUrl);
    forAdmin('RetriesDeadLetterQueueUrl', retries.deadLetterQueue.queueUrl);
  }
}
