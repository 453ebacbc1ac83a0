import { Duration, Lazy } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { BATCH_SIZE, ENV, INDEX, MAX_EVENT_RECEIVES } from '../../core/contract.ts';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import { AncrageFunction, type AncrageFunctionProps } from './ancrage-function.ts';
import type { Action, DataTable } from './data-table.ts';
import type { FunctionNetwork } from './function-network.ts';
import type { LargeBodies } from './large-bodies.ts';
import { stackKey } from './stack-key.ts';
import { WorkQueue } from './work-queue.ts';

export interface PipelineProps {
  readonly config: StageConfig;
  readonly data: DataTable;
  readonly bodies: LargeBodies;
  readonly network: FunctionNetwork | undefined;
}

/**
 * The next scheduled sweep takes over the work of a failed one; a retry would run beside it. Without the age, Lambda would keep the
 * sweeps that it throttles for six hours, and run all of them then.
 */
const LIVES_A_MINUTE = { retryAttempts: 0, maxEventAge: Duration.minutes(1) };

const FAN_OUT_TIMEOUT = Duration.seconds(30);
/** A turn begins no request after 20 s, the longest attempt takes 30 s, and an alarm sounds at 85 % of this. */
const PUMP_TIMEOUT = Duration.seconds(75);
/** The longest attempt is 30 s, and an attempt's outcome must still be recorded after it. */
const DELIVER_TIMEOUT = Duration.seconds(60);

/** The actions with which a function makes attempts, records them, and reports evidence about their endpoints. */
const ATTEMPTING: readonly Action[] = ['GetItem', 'Query', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];

/**
 * Events queue and internal queue → fan-out → deliveries queue → deliver → hook URL, with mailboxes, the pumps queue and the pump for what has
 * to wait, and the sweeper for what is due.
 * `docs/architecture.md` has the diagram.
 *
 * It is not a construct, so that the names of queues and functions stay short for operators.
 */
export class Pipeline {
  readonly events: WorkQueue;
  /** Messages of our own functions to fan-out. Nobody else may send there. */
  readonly internal: WorkQueue;
  readonly deliveries: WorkQueue;
  readonly retries: WorkQueue;
  readonly pumps: WorkQueue;
  readonly fanOut: AncrageFunction;
  readonly deliver: AncrageFunction;
  readonly pump: AncrageFunction;
  readonly sweep: AncrageFunction;
  readonly #trusted: AncrageFunction[] = [];

  constructor(scope: Construct, { config, data, bodies, network }: PipelineProps) {
    const lambda = (id: string, given: Omit<AncrageFunctionProps, 'config'>) =>
      new AncrageFunction(scope, id, { config, ...given });

    this.events = new WorkQueue(scope, 'Events', {
      config,
      workerTimeout: FAN_OUT_TIMEOUT,
      maxReceives: MAX_EVENT_RECEIVES,
      publishersKey: { arn: config.eventsQueueKeyArn },
    });
    this.events.allowPublishers(config.publishers);
    this.internal = new WorkQueue(scope, 'Internal', {
      config,
      workerTimeout: FAN_OUT_TIMEOUT,
      maxReceives: MAX_EVENT_RECEIVES,
    });
    this.deliveries = new WorkQueue(scope, 'Deliveries', { config, workerTimeout: DELIVER_TIMEOUT });
    this.retries = new WorkQueue(scope, 'Retries', { config, workerTimeout: DELIVER_TIMEOUT });
    this.pumps = new WorkQueue(scope, 'Pumps', { config, workerTimeout: PUMP_TIMEOUT });

    this.fanOut = lambda('FanOut', {
      name: 'fan-out',
      description: 'Fans events out into deliveries',
      timeout: FAN_OUT_TIMEOUT,
      // Enough for ten large events with hundreds of subscriptions each.
      memorySize: 1024,
      // A chain of messages fans out an event that is large or has thousands of subscriptions. Each of them makes
      // progress.
      sendsToItself: true,
      inCanary: true,
    });
    this.events.addWorker(this.fanOut, { batchSize: BATCH_SIZE.events, lane: config.lanes.events });
    this.internal.addWorker(this.fanOut, { batchSize: BATCH_SIZE.internal, lane: config.lanes.internal });
    data.grant(this.fanOut, 'GetItem', 'Query', 'PutItem', 'UpdateItem');
    bodies.grantSend(this.fanOut);
    bodies.grantReceive(this.fanOut);
    bodies.grantWriteEvents(this.fanOut);
    // A body that no item refers to is deleted at once.
    bodies.grantDeleteEvents(this.fanOut);
    bodies.grantReadEvents(this.fanOut);
    this.deliveries.grantSend(this.fanOut, ENV.deliveriesQueueUrl);
    this.retries.grantSend(this.fanOut, ENV.retriesQueueUrl);
    this.grantSendInternal(this.fanOut);
    this.events.grantSendToDeadLetterQueue(this.fanOut, ENV.eventsDeadLetterQueueUrl);
    this.internal.grantSendToDeadLetterQueue(this.fanOut, ENV.internalDeadLetterQueueUrl);
    this.fanOut.addEnvironment(ENV.stackKey, stackKey());
    this.fanOut.addEnvironment(
      ENV.ownRoleIds,
      Lazy.string({ produce: () => this.#trusted.map(({ roleId }) => roleId).join(',') }),
    );
    if (config.defaultProject !== undefined)
      this.fanOut.addEnvironment(ENV.defaultProject, config.defaultProject);

    this.deliver = lambda('Deliver', {
      name: 'deliver',
      description: 'Sends deliveries to hook URLs',
      timeout: DELIVER_TIMEOUT,
      memorySize: 512,
      // Deliver converts a breaker of version 0.1 in steps, each of which sends the message of the next.
      sendsToItself: true,
      inCanary: true,
      network,
    });
    this.deliveries.addWorker(this.deliver, {
      batchSize: BATCH_SIZE.deliveries,
      lane: config.lanes.deliveries,
    });
    this.retries.addWorker(this.deliver, { batchSize: BATCH_SIZE.retries, lane: config.lanes.retries });
    // A pump has a flow item; deliver may be the first to create one, for a subscription that exists.
    data.grant(this.deliver, ...ATTEMPTING, 'PutItem', 'ConditionCheckItem');
    // Deliver erases the events of an actor, which it finds in the log.
    data.grantIndex(this.deliver, INDEX.log);
    bodies.grantErase(this.deliver);
    this.retries.grantSend(this.deliver, ENV.retriesQueueUrl);
    this.grantSendInternal(this.deliver);
    this.pumps.grantSend(this.deliver, ENV.pumpsQueueUrl);

    this.pump = lambda('Pump', {
      name: 'pump',
      description: 'Sends what waits in mailboxes, at the pace of each endpoint',
      timeout: PUMP_TIMEOUT,
      // With a whole processor, which 300 deliveries a second need:
      // https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
      memorySize: 1769,
      // A pump calls itself from turn to turn until its mailbox is empty.
      sendsToItself: true,
      network,
    });
    this.pumps.addWorker(this.pump, { batchSize: BATCH_SIZE.pumps, lane: config.lanes.pumps });
    data.grant(this.pump, ...ATTEMPTING, 'PutItem');
    data.grantIndex(this.pump, INDEX.log);
    this.pumps.grantSend(this.pump, ENV.pumpsQueueUrl);
    this.grantSendInternal(this.pump);

    for (const fn of [this.deliver, this.pump]) {
      data.grantSecrets(fn);
      bodies.grantReadEvents(fn);
      fn.addEnvironment(ENV.stackKey, stackKey());
      fn.addEnvironment(ENV.destinationPolicy, JSON.stringify(config.destinations));
    }

    this.sweep = lambda('Sweep', {
      name: 'sweep',
      description: 'Calls the pumps and moves the replays that are due',
      timeout: Duration.seconds(55),
    });
    const eachMinute = new Rule(scope, 'EachMinute', {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(this.sweep, LIVES_A_MINUTE)],
    });
    this.sweep.configureAsyncInvoke(LIVES_A_MINUTE);
    const nextMinute =
      'The sweep of the next minute takes over the work of a failed one; an alarm reports missing sweeps.';
    acknowledge(eachMinute, { 'Serverless-EventBusDLQ': nextMinute });
    acknowledge(this.sweep, { 'Serverless-LambdaAsyncFailureDestination': nextMinute });
    // It also repairs the index of unhealthy subscriptions.
    data.grant(
      this.sweep,
      'UpdateItem',
      'GetItem',
      'BatchGetItem',
      'Query',
      'PutItem',
      'DeleteItem',
      'ConditionCheckItem',
    );
    data.grantIndex(this.sweep, INDEX.due);
    this.retries.grantSend(this.sweep, ENV.retriesQueueUrl);
    this.pumps.grantSend(this.sweep, ENV.pumpsQueueUrl);
  }

  /**
   * Allow a function to send messages of our own to fan-out, which trusts it: on the internal queue, and with format 1 on the
   * events queue. Both are allowed, because functions with either format run side by side when the setting changes.
   */
  grantSendInternal(fn: AncrageFunction): void {
    this.internal.grantSend(fn, ENV.internalQueueUrl);
    this.events.grantSend(fn, ENV.eventsQueueUrl);
    this.#trusted.push(fn);
  }
}
