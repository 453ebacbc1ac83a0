import { Duration, Stack } from 'aws-cdk-lib';
import { AccountPrincipal, AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { MAX_RECEIVES } from '../../core/contract.ts';
import type { LaneConfig, StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import type { AncrageFunction } from './ancrage-function.ts';
import { keeping } from './keeping.ts';

export interface WorkQueueProps {
  readonly config: Pick<StageConfig, 'retainData'>;
  /** Timeout of the function that works the queue off. */
  readonly workerTimeout: Duration;
  /** @default {@link MAX_RECEIVES} */
  readonly maxReceives?: number;
}

export interface WorkerProps {
  readonly batchSize: number;
  readonly lane: LaneConfig;
}

const RETENTION = Duration.days(14);

/** What Lambda needs to poll a queue: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const POLLING = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** A queue with its dead-letter queue. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const common = {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: RETENTION,
      // Events that nobody has delivered yet.
      removalPolicy: keeping(props.config),
    };
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', common);
    acknowledge(this.deadLetterQueue, { 'Serverless-SQSRedrivePolicy': 'It is a dead-letter queue.' });
    this.queue = new Queue(this, 'Queue', {
      ...common,
      // AWS asks for six times the function's timeout, so that a throttled batch is not handed out twice:
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.seconds(6 * props.workerTimeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: props.maxReceives ?? MAX_RECEIVES },
    });
  }

  /** Has a function work the queue off. */
  addWorker(fn: AncrageFunction, { batchSize, lane }: WorkerProps): void {
    fn.allow(POLLING, this.queue.queueArn);
    const mapping = fn.addEventSourceMapping(`${this.node.id}Worker`, {
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
        "Lambda sends nothing of SQS's there: the queue has its own dead-letter queue.",
    });
  }

  /**
   * Lets rules of EventBridge and topics of SNS in this account send to the queue, whose own policies say which do; and
   * topics and roles of other accounts where the settings name them. A rule of another account sends by a role of it.
   */
  allowPublishers({ accounts, organization }: StageConfig['publishers']): void {
    const rules = new ServicePrincipal('events.amazonaws.com');
    const topics = new ServicePrincipal('sns.amazonaws.com');
    this.#allowSend([rules, topics], { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } });
    if (accounts.length > 0) {
      // What SNS is documented to tell of a topic: https://docs.aws.amazon.com/sns/latest/dg/SendMessageToSQS.cross.account.html
      const ofThem = accounts.map((account) => `arn:*:sns:*:${account}:*`);
      this.#allowSend([topics], { ArnLike: { 'aws:SourceArn': ofThem } });
      this.#allowSend(accounts.map((account) => new AccountPrincipal(account)));
    }
    if (organization === undefined) return;
    this.#allowSend([topics], { StringEquals: { 'aws:SourceOrgID': organization } });
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

  /** Lets a function send to the queue, and tells it the queue's URL under this name. */
  grantSend(fn: AncrageFunction, environmentName: string): void {
    fn.addEnvironment(environmentName, this.queue.queueUrl);
    fn.allow(['sqs:SendMessage'], this.queue.queueArn);
  }

  /** Lets a function put what can never be processed aside at once, with a reason. */
  grantSendToDeadLetterQueue(fn: AncrageFunction, environmentName: string): void {
    fn.addEnvironment(environmentName, this.deadLetterQueue.queueUrl);
    fn.allow(['sqs:SendMessage'], this.deadLetterQueue.queueArn);
  }
}
