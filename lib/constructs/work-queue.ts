import { Duration, Fn, Stack } from 'aws-cdk-lib';
import { AccountPrincipal, AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { MAX_RECEIVES } from '../../core/contract.ts';
import type { LaneConfig, StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import type { AncrageFunction } from './ancrage-function.ts';
import { allowKeyFor, customerKey } from './customer-key.ts';
import { keeping } from './keeping.ts';

export interface WorkQueueProps {
  readonly config: Pick<StageConfig, 'retainData' | 'encryptionKeyArn'>;
  /** A queue that publishers send to is encrypted with this key, if any, instead of the stage's `encryptionKeyArn`. */
  readonly publishersKey?: { readonly arn: string | undefined };
  /** Timeout of the function that processes the queue. */
  readonly workerTimeout: Duration;
  /** @default {@link MAX_RECEIVES} */
  readonly maxReceives?: number;
}

export interface WorkerProps {
  readonly batchSize: number;
  readonly lane: LaneConfig;
}

const RETENTION = Duration.days(14);

/**
 * Permissions that Lambda requires to poll a queue:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
const POLLING = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** `core/receive` postpones messages. */
const POSTPONING = 'sqs:ChangeMessageVisibility';

/** A queue with its dead-letter queue. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  readonly #key: IKey | undefined;
  readonly #deadLetterKey: IKey | undefined;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const { encryptionKeyArn } = props.config;
    this.#deadLetterKey = customerKey(this, encryptionKeyArn);
    this.#key = customerKey(
      this,
      props.publishersKey === undefined ? encryptionKeyArn : props.publishersKey.arn,
    );
    const common = {
      enforceSSL: true,
      retentionPeriod: RETENTION,
      // The queues may contain events that are not delivered yet.
      removalPolicy: keeping(props.config),
    };
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', {
      ...common,
      ...encryptedWith(this.#deadLetterKey),
    });
    acknowledge(this.deadLetterQueue, { 'Serverless-SQSRedrivePolicy': 'It is a dead-letter queue.' });
    this.queue = new Queue(this, 'Queue', {
      ...common,
      ...encryptedWith(this.#key),
      // AWS recommends six times the function's timeout, so that records of a throttled invocation are not received
      // twice: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.seconds(6 * props.workerTimeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: props.maxReceives ?? MAX_RECEIVES },
    });
  }

  /** Invoke a function with the messages of the queue. */
  addWorker(fn: AncrageFunction, { batchSize, lane }: WorkerProps): void {
    fn.allow([...POLLING, POSTPONING], this.queue.queueArn);
    allowKeyFor(fn, 'receiving', this.#key);
    // In the function, not in its alias: with another logical id, CloudFormation would create a second mapping before it deletes this
    // one when `canary` is switched on or off, instead of pointing it to the other.
    const mapping = new EventSourceMapping(fn, `${this.node.id}Worker`, {
      target: fn.invoked,
      eventSourceArn: this.queue.queueArn,
      batchSize,
      reportBatchItemFailures: true,
      ...(lane.maxConcurrency !== undefined && { maxConcurrency: lane.maxConcurrency }),
      ...(lane.pollers && {
        provisionedPollerConfig: {
          minimumPollers: lane.pollers.minimum,
          maximumPollers: lane.pollers.maximum,
        },
      }),
    });
    acknowledge(mapping, {
      'Serverless-LambdaEventSourceMappingDestination':
        'Lambda does not support it for SQS sources; the queue has its own dead-letter queue.',
    });
  }

  /**
   * Allow the topics, the rules of the buses, the accounts and the organisation in the settings to send to the queue.
   * EventBridge rules of another account need a role of that account.
   */
  allowPublishers({ topics, buses, accounts, organization }: StageConfig['publishers']): void {
    const ofTopics = new ServicePrincipal('sns.amazonaws.com');
    if (topics.length > 0) this.#allowSend([ofTopics], { ArnEquals: { 'aws:SourceArn': topics } });
    for (const bus of buses)
      this.#allowSend([new ServicePrincipal('events.amazonaws.com')], conditionOfRules(bus));
    if (accounts.length > 0) {
      // The condition that SNS documents for topics of other accounts:
      // https://docs.aws.amazon.com/sns/latest/dg/SendMessageToSQS.cross.account.html
      const ofThem = accounts.map((account) => `arn:*:sns:*:${account}:*`);
      this.#allowSend([ofTopics], { ArnLike: { 'aws:SourceArn': ofThem } });
      this.#allowSend(accounts.map((account) => new AccountPrincipal(account)));
    }
    if (organization === undefined) return;
    const { account } = Stack.of(this);
    this.#allowSend([ofTopics], {
      StringEquals: { 'aws:SourceOrgID': organization },
      // Of its own topics, the account's settings list those that may.
      StringNotEquals: { 'aws:SourceAccount': account },
    });
    this.#allowSend([new AnyPrincipal()], { StringEquals: { 'aws:PrincipalOrgID': organization } });
  }

  #allowSend(
    principals: (ServicePrincipal | AccountPrincipal | AnyPrincipal)[],
    conditions: Record<string, object> = {},
  ): void {
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions,
      }),
    );
  }

  /** Allow a function to send to the queue, and set the queue's URL in its environment. */
  grantSend(fn: AncrageFunction, environmentName: string): void {
    fn.addEnvironment(environmentName, this.queue.queueUrl);
    fn.allow(['sqs:SendMessage'], this.queue.queueArn);
    allowKeyFor(fn, 'sending', this.#key);
  }

  /** Allow a function to dead-letter messages, and set the URL of the dead-letter queue in its environment. */
  grantSendToDeadLetterQueue(fn: AncrageFunction, environmentName: string): void {
    fn.addEnvironment(environmentName, this.deadLetterQueue.queueUrl);
    fn.allow(['sqs:SendMessage'], this.deadLetterQueue.queueArn);
    allowKeyFor(fn, 'sending', this.#deadLetterKey);
  }
}

const encryptedWith = (key: IKey | undefined) =>
  key === undefined
    ? { encryption: QueueEncryption.SQS_MANAGED }
    : { encryption: QueueEncryption.KMS, encryptionMasterKey: key };

/**
 * Return the condition on the rules of an event bus: `rule/NAME` for the default bus, `rule/BUS/NAME` for any other.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html#amazoneventbridge-resources-for-iam-policies
 */
function conditionOfRules(bus: string): Record<string, object> {
  const [before = '', name = ''] = Fn.split(':event-bus/', bus, 2);
  if (name !== 'default') return { ArnLike: { 'aws:SourceArn': `${before}:rule/${name}/*` } };
  return {
    ArnLike: { 'aws:SourceArn': `${before}:rule/*` },
    ArnNotLike: { 'aws:SourceArn': `${before}:rule/*/*` },
  };
}
